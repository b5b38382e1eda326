"""What a candidate program costs in the sandbox, against a bare process for each test.

Prints milliseconds of processor time for one candidate with ten tests, everything included: keeper,
candidate, zygote and the slot's own side. The baseline is `subprocess.run([python, file])` for each
test, without any wall, in the same run. Run it as `python benchmarks/sandbox_cost.py [rounds]`.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge_verifiers.sandbox import (
    CallCase,
    CompileFailure,
    Limits,
    Program,
    RunStatus,
    StdinCase,
)
from adjudge_worker.jail.jail import Jail
from adjudge_worker.jail.settings import JailSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge_verifiers.sandbox import Case

TESTS = 10
TICKS = os.sysconf("SC_CLK_TCK")

STDIN = """\
import sys
from collections import deque
n = int(input())
values = list(map(int, input().split()))
print(sum(values) + n)
"""
FRESH = STDIN.replace("import sys", "import sys, signal")
CALL = """\
from typing import List
class Solution:
    def total(self, values: List[int]) -> int:
        return sum(values)
"""
INPUT = b"3\n1 2 3\n"


def main(rounds: int) -> None:
    """Measure and print every row."""
    with Jail.start(JailSettings()) as jail:
        sandbox = jail.sandbox
        stdin: Sequence[Case] = [StdinCase(INPUT)] * TESTS
        call: Sequence[Case] = [CallCase([[1, 2, 3]])] * TESTS
        rows = {
            "sandbox, standard input": (Program("python", STDIN), stdin),
            "sandbox, calls": (Program("python", CALL, "Solution.total"), call),
            "sandbox, a fresh process for each test": (Program("python", FRESH), stdin),
        }

        def judge(program: Program, cases: Sequence[Case]) -> None:
            runs = sandbox.run(program, cases, Limits())
            if isinstance(runs, CompileFailure):
                raise TypeError(f"does not compile: {runs.message}")
            for run in runs:
                if run.status is not RunStatus.EXITED or run.exit_code:
                    raise ValueError(f"went wrong: {run}")

        baseline = measure("a bare process for each test", bare, rounds, spent_by_children)
        for name, (program, cases) in rows.items():
            measure(
                name,
                lambda program=program, cases=cases: judge(program, cases),
                rounds,
                lambda: spent_in_jail(jail.running.process.pid),
                baseline,
            )


def measure(
    name: str,
    work: Callable[[], None],
    rounds: int,
    spent_elsewhere: Callable[[], float],
    baseline: float | None = None,
) -> float:
    """Print one row; returns milliseconds of processor time for one candidate."""
    work()
    before, started = spent_elsewhere() + time.process_time(), time.perf_counter()
    for _ in range(rounds):
        work()
    wall_ms = (time.perf_counter() - started) / rounds * 1000
    time.sleep(0.2)  # the last keeper may still be on its way out
    cpu_ms = (spent_elsewhere() + time.process_time() - before) / rounds * 1000
    ratio = f"{baseline / cpu_ms:5.1f} times cheaper" if baseline else ""
    print(f"{name:40} {cpu_ms:7.1f} ms CPU {wall_ms:7.1f} ms wall  {ratio}")
    return cpu_ms


def bare() -> None:
    """Ten tests as ten processes, with no wall at all."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "solution.py"
        file.write_text(STDIN)
        for _ in range(TESTS):
            subprocess.run([sys.executable, str(file)], input=INPUT, stdout=-3, check=True)


def spent_by_children() -> float:
    """Processor seconds of our children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def spent_in_jail(pid: int) -> float:
    """Processor seconds of nsjail, of the zygote below it and of all that it has buried."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    total = 0
    for one in (str(pid), *children):
        fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += sum(map(int, fields[11:15]))
    return total / TICKS


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
