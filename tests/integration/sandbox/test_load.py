"""The same batch on a quiet and on a busy machine: the outcomes are the same."""

import contextlib
import json
import subprocess
import sys

import pytest

from adjudge_verifiers import judging
from adjudge_verifiers.programs.verifier import Programs

pytestmark = pytest.mark.jail

LIMIT_SECONDS = 0.4
BUSY = "while True: pass"
BURN = """
import time
while time.process_time() < {seconds}: pass
print("done")
"""
SHARES = {0.5: "CORRECT", 0.9: "CORRECT", 1.15: "TIME_LIMIT", 1.5: "TIME_LIMIT", 3: "TIME_LIMIT"}
SLEEPER = "import time\ntime.sleep(60)"


@pytest.fixture(scope="module")
def task():
    verifier = Programs()
    parameters = {
        "language": "python",
        "tests": [{"stdin": "", "expected": "done"}],
        "limits": {"cpu_seconds": LIMIT_SECONDS, "wall_seconds": 1.0},
    }
    return judging.prepare(verifier, judging.read_parameters(verifier, json.dumps(parameters)))


@contextlib.contextmanager
def load(burners):
    """Processes that want a processor all the time, and end with the context."""
    started = [subprocess.Popen([sys.executable, "-S", "-c", BUSY]) for _ in range(burners)]
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.wait()


def outcomes(task, sandbox):
    programs = {share: BURN.format(seconds=share * LIMIT_SECONDS) for share in SHARES}
    return {
        name: judging.judge(task, f"```python\n{source}\n```", sandbox).outcome.name
        for name, source in {**programs, "sleeper": SLEEPER}.items()
    }


@pytest.mark.parametrize("burners", [0, 10])
def test_outcomes_do_not_depend_on_the_load(task, sandbox, burners):
    # Given a wall limit that no program here would keep when it gets a sixth of a processor
    with load(burners):
        found = outcomes(task, sandbox)

    assert found == {**SHARES, "sleeper": "TIME_LIMIT"}
