"""What a candidate program costs in the sandbox, against a bare process for each test.

Prints milliseconds of processor time for one candidate with ten tests, everything included: the
keeper, the candidate, the zygote and the slot's own side. The baselines, in the same run: for each
test a process of its own without any wall, and with an nsjail of its own; for compilation, plain
`g++ -O2`. Run it as `python benchmarks/sandbox_cost.py [rounds]`.
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
from adjudge_worker.jail import precompiled
from adjudge_worker.jail.binary import find_nsjail
from adjudge_worker.jail.jail import Jail
from adjudge_worker.jail.sandbox import JailSandbox
from adjudge_worker.jail.settings import JailSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge_verifiers.sandbox import Case

TESTS = 10
TICKS = os.sysconf("SC_CLK_TCK")
_BURIAL_SECONDS = 0.2
"""A keeper counts when the zygote has buried it: the last one may still be on its way out."""

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
CPP = """\
#include <bits/stdc++.h>
using namespace std;
int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n;
    cin >> n;
    vector<long long> values(n);
    for (auto &value : values) cin >> value;
    map<long long, int> seen;
    for (auto value : values) seen[value]++;
    sort(values.begin(), values.end());
    priority_queue<long long> heap(values.begin(), values.end());
    long long total = 0;
    while (!heap.empty()) { total += heap.top() * seen[heap.top()]; heap.pop(); }
    cout << total << "\\n";
}
"""
CPP_IN_PARTS = CPP.replace(
    "#include <bits/stdc++.h>",
    "".join(f"#include <{name}>\n" for name in ("iostream", "vector", "map", "queue", "algorithm")),
)
INPUT = b"3\n1 2 3\n"


def main(rounds: int) -> None:
    """Measure and print every row."""
    with Jail.start(JailSettings()) as jail, tempfile.TemporaryDirectory() as folder:
        measure_python(jail, rounds)
        maker = precompiled.begin(jail.workshop)
        if maker is None:
            print("no C++ here, or no room for its headers")
            return
        maker.wait()
        measure_cpp(jail, Path(folder), rounds)


def measure_python(jail: Jail, rounds: int) -> None:
    """Ten tests of one Python program."""
    stdin: Sequence[Case] = [StdinCase(INPUT)] * TESTS
    call: Sequence[Case] = [CallCase([[1, 2, 3]])] * TESTS
    rows = {
        "sandbox, standard input": (Program("python", STDIN), stdin),
        "sandbox, calls": (Program("python", CALL, "Solution.total"), call),
        "sandbox, a fresh process for each test": (Program("python", FRESH), stdin),
    }
    baseline = measure("a bare process for each test", bare, rounds, spent_by_children)
    for name, (program, cases) in rows.items():
        measure(
            name,
            lambda program=program, cases=cases: judge(jail.sandbox, program, cases),
            rounds,
            lambda: spent_in_jail(jail.running.process.pid),
            baseline,
        )


def measure_cpp(jail: Jail, folder: Path, rounds: int) -> None:
    """Compiling one C++ program, then ten tests of it."""
    compiling = JailSandbox(jail.spawn_keeper)
    plainly = max(1, rounds // 10)
    for header, source in (("<bits/stdc++.h>", CPP), ("<iostream>, <vector>", CPP_IN_PARTS)):
        file, binary = folder / "solution.cpp", folder / "solution"
        file.write_text(source)
        plain = ["g++", "-std=gnu++17", "-O2", "-pipe", "-o", str(binary), str(file)]
        print(f"\ncompiling a program with {header}")
        baseline = measure(
            "plain g++ -O2", lambda plain=plain: run_all([plain]), plainly, spent_by_children
        )
        for name, sandbox, times in (
            ("sandbox", compiling, plainly),
            ("sandbox, an equal source before", jail.sandbox, rounds),
        ):
            measure(
                name,
                lambda sandbox=sandbox, source=source: judge(sandbox, Program("cpp", source), []),
                times,
                lambda: spent_in_jail(jail.running.process.pid),
                baseline,
            )
    print("\nten tests of a compiled program")
    for part in (folder, binary):
        part.chmod(0o755)
    shown = [option for path in ("/usr", "/lib", "/lib64") for option in ("-R", path)]
    jailed = [str(find_nsjail()), "-Mo", "-Q", "-R", str(folder), *shown, "--", str(binary)]
    bare_ms = measure(
        "a bare process for each test",
        lambda: run_all([[str(binary)]] * TESTS),
        rounds,
        spent_by_children,
    )
    measure(
        "an nsjail for each test",
        lambda: run_all([jailed] * TESTS),
        plainly,
        spent_by_children,
        bare_ms,
    )
    measure(
        "sandbox",
        lambda: judge(jail.sandbox, Program("cpp", CPP_IN_PARTS), [StdinCase(INPUT)] * TESTS),
        rounds,
        lambda: spent_in_jail(jail.running.process.pid),
        bare_ms,
    )


def judge(sandbox: JailSandbox, program: Program, cases: Sequence[Case]) -> None:
    """Run the program on all cases; it must end well on each."""
    runs = sandbox.run(program, cases, Limits())
    if isinstance(runs, CompileFailure):
        raise TypeError(f"does not compile: {runs.message}")
    for run in runs:
        if run.status is not RunStatus.EXITED or run.exit_code:
            raise ValueError(f"went wrong: {run}")


def measure(
    name: str,
    work: Callable[[], None],
    rounds: int,
    spent_elsewhere: Callable[[], float],
    baseline: float | None = None,
) -> float:
    """Print one row; returns milliseconds of processor time for one candidate."""
    work()
    time.sleep(_BURIAL_SECONDS)
    before, started = spent_elsewhere() + time.process_time(), time.perf_counter()
    for _ in range(rounds):
        work()
    wall_ms = (time.perf_counter() - started) / rounds * 1000
    time.sleep(_BURIAL_SECONDS)
    cpu_ms = (spent_elsewhere() + time.process_time() - before) / rounds * 1000
    ratio = f"{baseline / cpu_ms:5.1f} times cheaper" if baseline else ""
    print(f"{name:40} {cpu_ms:7.1f} ms CPU {wall_ms:7.1f} ms wall  {ratio}")
    return cpu_ms


def bare() -> None:
    """Ten tests as ten processes, with no wall at all."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "solution.py"
        file.write_text(STDIN)
        run_all([[sys.executable, str(file)]] * TESTS)


def run_all(commands: Sequence[list[str]]) -> None:
    """Run commands one after the other; each must succeed."""
    for command in commands:
        subprocess.run(command, input=INPUT, stdout=subprocess.DEVNULL, check=True)


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
