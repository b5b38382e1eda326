"""A sandbox in a real jail, and what must be true after every attack."""

import sys
import time
from pathlib import Path

import pytest
from tests.fixtures.jail_sandbox import sandbox
from tests.fixtures.processes import below_us
from tests.integration.sandbox.conftest import Runs

__all__ = ["sandbox"]

ROOT = Path(__file__).resolve().parents[3]
PACKAGES_BELOW_TMP = {
    path.parts[2] for path in (ROOT, Path(sys.prefix)) if path.parts[:2] == ("/", "tmp")
}
"""Where this checkout lies below /tmp, its packages can be seen (and read) there."""


@pytest.fixture(scope="session")
def runs(sandbox):
    return Runs(sandbox)


@pytest.fixture(autouse=True)
def _nothing_is_left(runs):
    """The next candidate runs right, and no process or file of the last one is left."""
    before = below_us()
    yield
    (after,) = runs.program(
        "import os\nprint(int(input()) * 2, sorted(os.listdir('/tmp')), [name for name in os.listdir('/proc') if name.isdigit()], os.getpid())",  # noqa: E501 - one program, one line
        b"21",
    )
    seen = sorted(["solution.py", *PACKAGES_BELOW_TMP])
    assert after.stdout.decode() == f"42 {seen} [] 2\n", after
    give_up = time.monotonic() + 2
    while below_us() - before and time.monotonic() < give_up:
        time.sleep(0.01)  # the zygote buries its keepers in its own time
    assert below_us() - before == set()
