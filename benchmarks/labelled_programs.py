"""Judges HumanEval, MBPP and HumanEvalPack in the real jail and compares with the labels.

    .venv/bin/python benchmarks/labelled_programs.py [--every 10]

For each file: how label and outcome go together, what was left out and why, every disagreement, and
the cost. A failing candidate whose asserts could not all be read may be CORRECT on those that could
be: such rows are counted apart. A passing candidate that runs out of time is judged once more with
three times as much, since the labels were made on another machine. CPU time is that of everything
below nsjail (keepers, compilers, candidates), less that of a jail which judges nothing; candidates
that ran into their time limit are left out of the cost.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import json
import resource
import sys
import time
from typing import TYPE_CHECKING

from assert_tests import DATA, FILES, labelled_programs

from adjudge_verifiers import judging
from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.programs.verifier import Programs
from adjudge_worker.jail.jail import Jail
from adjudge_worker.jail.sandbox import JailSandbox
from adjudge_worker.jail.settings import JailSettings

if TYPE_CHECKING:
    from assert_tests import LabelledProgram

    from adjudge_verifiers.contract import Verdict
    from adjudge_verifiers.sandbox import Sandbox


@dataclasses.dataclass(slots=True)
class Tally:
    """What the candidates of one file came to."""

    outcomes: collections.Counter[tuple[bool, str]] = dataclasses.field(
        default_factory=collections.Counter
    )
    left_out: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    different: list[str] = dataclasses.field(default_factory=list)
    unread_failures: int = 0
    second_chances: int = 0
    tests: int = 0
    timed_out: int = 0
    timed_out_cpu_seconds: float = 0.0
    timed_out_wall_seconds: float = 0.0

    def add(self, row: LabelledProgram, verdict: Verdict) -> None:
        self.outcomes[row.passes, verdict.outcome.name] += 1
        self.tests += len(verdict.tests)
        if verdict.outcome is Outcome.TIME_LIMIT:
            self.timed_out += 1
            self.timed_out_cpu_seconds += sum(test.cpu_seconds for test in verdict.tests)
            self.timed_out_wall_seconds += sum(test.wall_seconds for test in verdict.tests)
        if (verdict.reward == 1.0) is row.passes:
            return
        if row.unread and not row.passes:
            self.unread_failures += 1
        else:
            said = f"{verdict.outcome.name} {verdict.reason}: {verdict.message}"
            self.different.append(f"{row.id}: {said[:180]}")

    def show(self, wall_seconds: float, worker_seconds: float, jail_seconds: float) -> None:
        judged = sum(self.outcomes.values())
        print(f"  {judged} judged, {sum(self.left_out.values())} left out")
        for (passes, outcome), count in sorted(self.outcomes.items(), reverse=True):
            print(f"  label {'pass' if passes else 'fail'}  {outcome:15} {count:5}")
        for reason, count in self.left_out.most_common():
            print(f"  left out {count:4}: {reason}")
        print(f"  failing only in asserts that were left out: {self.unread_failures}")
        print(f"  given more time: {self.second_chances}")
        print(f"  disagreements: {len(self.different)}")
        for line in self.different:
            print(f"    {line}")
        in_time = judged - self.timed_out
        print(
            f"  {in_time / (wall_seconds - self.timed_out_wall_seconds):.1f} candidates/s; "
            f"{self.tests / judged:.1f} tests, "
            f"{1e3 * (jail_seconds - self.timed_out_cpu_seconds) / in_time:.1f} ms CPU in the jail "
            f"and {1e3 * worker_seconds / judged:.1f} ms in the worker for each"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description="Judge the labelled programs.")
    parser.add_argument("--every", type=int, default=1, help="judge each n-th row only")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"the labelled programs are not there: {DATA}")
    before = _children_seconds()
    Jail.start(JailSettings()).close()
    idle_seconds = _children_seconds() - before
    disagreements = 0
    for name, language in FILES:
        print(f"\n{name}, {language}", flush=True)
        rows = list(labelled_programs(DATA / name, language))[:: arguments.every]
        disagreements += _judge(rows, idle_seconds)
    return 1 if disagreements else 0


def _judge(rows: list[LabelledProgram], idle_seconds: float) -> int:
    """Judge and show one file; returns the number of disagreements."""
    tally = Tally()
    children_seconds = _children_seconds()
    with Jail.start(JailSettings()) as jail:
        sandbox = JailSandbox(jail.spawn_keeper)
        wall, worker = time.monotonic(), time.process_time()
        for row in rows:
            if row.task is None:
                tally.left_out.update(set(row.unread))
                continue
            verdict = judge(row, sandbox)
            if row.passes and verdict.outcome is Outcome.TIME_LIMIT:
                verdict = judge(row, sandbox, patience=3.0)
                tally.second_chances += 1
            tally.add(row, verdict)
        wall, worker = time.monotonic() - wall, time.process_time() - worker
    tally.show(wall, worker, _children_seconds() - children_seconds - idle_seconds)
    return len(tally.different)


def judge(row: LabelledProgram, sandbox: Sandbox, patience: float = 1.0) -> Verdict:
    """The verdict on one labelled program, made the way a worker makes it."""
    verifier = Programs()
    task = dict(row.task or {})
    cpu_seconds = task["limits"]["cpu_seconds"] * patience
    task["limits"] = {"cpu_seconds": cpu_seconds, "wall_seconds": 5 * cpu_seconds}
    prepared = judging.prepare(verifier, judging.read_parameters(verifier, json.dumps(task)))
    if not isinstance(prepared, judging.PreparedTask):
        return prepared
    return judging.judge(prepared, row.completion, sandbox)


def _children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    sys.exit(main())
