"""Throw-away Python environments for contract tests, kept between runs under ``.adjudge/``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CACHE = REPOSITORY / ".adjudge" / "contract"


def missing(reason: str) -> NoReturn:
    """Skip on a laptop, fail in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def interpreter(version: str) -> str:
    """A Python of this version that really runs (a shim may exist and not run)."""
    places = [Path(sys.base_prefix).parent, Path(os.environ.get("PYENV_ROOT", "")) / "versions"]
    found = [path for place in places for path in sorted(place.glob(f"{version}.*/bin/python"))]
    for candidate in [*map(str, found), shutil.which(f"python{version}")]:
        if candidate and not run(candidate, "-c", "import venv, ensurepip").returncode:
            return candidate
    missing(f"needs Python {version}")


def installed(*requirements: str) -> Path:
    """A folder with these packages and nothing else, installed once."""
    folder = CACHE / "-".join(
        [f"py{sys.version_info.major}{sys.version_info.minor}", *requirements]
    )
    if not folder.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=CACHE))
        done = run(
            sys.executable,
            *("-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--target", str(fresh), *requirements),
        )
        if done.returncode:
            shutil.rmtree(fresh)
            missing(f"cannot install {requirements}: {done.stderr[-500:]}")
        try:
            fresh.rename(folder)
        except OSError:  # another test run was faster
            shutil.rmtree(fresh)
    return folder


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run to the end, with output as text."""
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=CACHE if CACHE.exists() else None,
        env={**os.environ, **environment},
    )
