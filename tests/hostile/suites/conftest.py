"""The fixtures that these tests need, and what pytest itself must never import: candidates."""

import time
from pathlib import Path

import pytest
from tests.fixtures.jail_sandbox import sandbox
from tests.fixtures.processes import alive_below_us, below_us
from tests.hostile.suites.asking import judge

from adjudge_verifiers.contract import Outcome

__all__ = ["sandbox"]

collect_ignore_glob = ["attacks/*", "honest/*"]


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_left_behind(sandbox):
    assert judge(sandbox, "x = 1", {"code": "assert x == 1"}).outcome is Outcome.CORRECT
    sandbox.close()  # a keeper of test code rests for a moment
    before, descriptors = alive_below_us(), len(list(Path("/proc/self/fd").iterdir()))
    yield
    sandbox.close()
    give_up = time.monotonic() + 5
    while below_us() != before and time.monotonic() < give_up:
        time.sleep(0.05)
    assert below_us() == before
    assert len(list(Path("/proc/self/fd").iterdir())) <= descriptors
