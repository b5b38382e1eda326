"""A sandbox in a real jail, and what must be true after every attack."""

import os
import sys
import time
from pathlib import Path

import pytest
from tests.fixtures.jail_sandbox import sandbox
from tests.integration.sandbox.conftest import Runs

__all__ = ["sandbox"]

ROOT = Path(__file__).resolve().parents[3]
PACKAGES_BELOW_TMP = {
    path.parts[2] for path in (ROOT, Path(sys.prefix)) if path.parts[:2] == ("/", "tmp")
}
"""Where this checkout lies below /tmp, its packages can be seen (and read) there."""


def descendants(pid):
    """Pids of every process below ``pid``, seen from outside the jail."""
    found, waiting = [], [pid]
    while waiting:
        folder = Path(f"/proc/{waiting.pop()}/task")
        try:
            children = [
                c for task in folder.iterdir() for c in (task / "children").read_text().split()
            ]
        except (FileNotFoundError, ProcessLookupError):
            continue
        found += children
        waiting += children
    return set(map(int, found))


@pytest.fixture(scope="session")
def runs(sandbox):
    return Runs(sandbox)


@pytest.fixture(autouse=True)
def _nothing_is_left(runs):
    """The next candidate runs right, and no process or file of the last one is left."""
    before = descendants(os.getpid())
    yield
    (after,) = runs.program(
        "import os\nprint(int(input()) * 2, sorted(os.listdir('/tmp')), [name for name in os.listdir('/proc') if name.isdigit()], os.getpid())",  # noqa: E501 - one program, one line
        b"21",
    )
    seen = sorted(["solution.py", *PACKAGES_BELOW_TMP])
    assert after.stdout.decode() == f"42 {seen} [] 2\n", after
    give_up = time.monotonic() + 2
    while descendants(os.getpid()) - before and time.monotonic() < give_up:
        time.sleep(0.01)  # the zygote buries its keepers in its own time
    assert descendants(os.getpid()) - before == set()
