"""The example plugin, installed as a user installs it, is found and passes its own tests."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PARITY = HERE.parents[2] / "examples/parity_verifier"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder into which pip has installed the example, without its dependencies."""
    folder = tmp_path_factory.mktemp("plugin")
    source = shutil.copytree(PARITY, folder / "source")  # a build must leave no trace here
    target = folder / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "--no-deps", "--target", str(target), str(source)],
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
    )
    if done.returncode:
        reason = f"pip could not install the example: {done.stderr[-500:]}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return target


def run_with(site, *arguments):
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "PYTHONPATH": str(site)},
    )


def test_it_is_found_by_its_entry_point_and_available(site):
    listing = run_with(site, str(HERE / "describe_registry.py"))
    assert json.loads(listing.stdout)["verifiers"]["parity"] == "", listing.stderr


def test_its_own_tests_pass(site, tmp_path):
    tests = shutil.copytree(PARITY / "tests", tmp_path / "tests")
    done = run_with(site, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests))
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


def test_it_is_about_fifty_lines():
    code = (PARITY / "adjudge_parity/verifier.py").read_text(encoding="utf-8").splitlines()
    assert len([line for line in code if line.strip()]) <= 60
