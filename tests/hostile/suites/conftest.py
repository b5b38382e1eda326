"""The fixtures that these tests need, and what pytest itself must never import: candidates."""

import os
import time
from pathlib import Path

import pytest
from tests.fixtures.jail_sandbox import sandbox
from tests.hostile.suites.asking import judge

from adjudge_verifiers.contract import Outcome

__all__ = ["sandbox"]

collect_ignore_glob = ["attacks/*", "honest/*"]


def children():
    """The processes below this one."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
    found, ours = set(), {os.getpid()}
    while ours:
        ours = {pid for pid, parent in parents.items() if parent in ours}
        found |= ours
    return found


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_left_behind(sandbox):
    assert judge(sandbox, "x = 1", {"code": "assert x == 1"}).outcome is Outcome.CORRECT
    sandbox.close()  # a keeper of test code rests for a moment
    before, descriptors = children(), len(list(Path("/proc/self/fd").iterdir()))
    yield
    sandbox.close()
    give_up = time.monotonic() + 5
    while children() != before and time.monotonic() < give_up:
        time.sleep(0.05)
    assert children() == before
    assert len(list(Path("/proc/self/fd").iterdir())) <= descriptors
