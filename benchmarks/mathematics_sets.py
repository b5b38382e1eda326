"""Agreement of the verifier ``mathematics`` with the labelled sets, beside Math-Verify's.

python benchmarks/mathematics_sets.py [--peer PYTHON_WITH_MATH_VERIFY] [--show] [--data FOLDER]
"""

from __future__ import annotations

import argparse
import collections
import json
import subprocess
import time
from pathlib import Path

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.judging import PreparedTask, judge, prepare
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "mathematics"
LISTED = ROOT / "tests" / "corpus" / "mathematics" / "label_errors.jsonl"
PEER = Path(__file__).resolve().parent / "mathematics_peer.py"

Row = dict[str, object]


def load(folder: Path) -> dict[str, list[Row]]:
    """All labelled sets: name to rows of reference, response and label."""
    return {
        path.stem: [json.loads(line) for line in path.read_text().splitlines()]
        for path in sorted(folder.glob("*.jsonl"))
    }


def ours(rows: list[Row]) -> tuple[list[bool], collections.Counter[str], float]:
    """Verdicts of our verifier, the rungs that decided, CPU seconds."""
    verifier = Mathematics()
    verdicts: list[bool] = []
    rungs: collections.Counter[str] = collections.Counter()
    start = time.process_time()
    for row in rows:
        try:
            parameters = MathematicsParameters(reference=str(row["gold"]))
        except ValueError:
            verdicts.append(False)
            rungs["bad_task"] += 1
            continue
        task = prepare(verifier, parameters)
        verdict = judge(task, str(row["response"])) if isinstance(task, PreparedTask) else task
        verdicts.append(verdict.outcome is Outcome.CORRECT)
        rungs[verdict.decided_by or verdict.outcome.name.lower()] += 1
    return verdicts, rungs, time.process_time() - start


def peer(python: str, rows: list[Row]) -> tuple[list[bool], float]:
    """Verdicts of Math-Verify run by another interpreter, and its CPU seconds."""
    lines = "\n".join(json.dumps([row["gold"], row["response"]]) for row in rows)
    run = subprocess.run(
        [python, str(PEER)], input=lines, capture_output=True, text=True, check=True
    )
    answer = json.loads(run.stdout.splitlines()[-1])
    return answer["verdicts"], answer["cpu_seconds"]


class Tally:
    """Agreement with labels: rows, rows agreed with, false positives, false negatives."""

    def __init__(self) -> None:
        self.rows = self.false_positives = self.false_negatives = 0

    def add(self, *, label: bool, verdict: bool) -> None:
        self.rows += 1
        self.false_positives += verdict and not label
        self.false_negatives += label and not verdict

    def __str__(self) -> str:
        agreed = 1 - (self.false_positives + self.false_negatives) / max(self.rows, 1)
        return f"{self.rows:5} {agreed:7.1%} {self.false_positives:5} {self.false_negatives:5}"


def listed_rows() -> frozenset[str]:
    """Rows whose label is listed, with the reason, as wrong, corrupt or of another policy.

    Not those that are only listed because the verifier cannot decide them.
    """
    lines = map(json.loads, LISTED.read_text().splitlines())
    return frozenset(line["id"] for line in lines if line["kind"] != "unsupported")


def tallies(
    rows: list[Row], verdicts: list[bool], listed: frozenset[str], *totals: Tally
) -> tuple[Tally, Tally]:
    """Over all rows and over those that are not listed; both are added to ``totals`` too."""
    every, sound = Tally(), Tally()
    for row, verdict in zip(rows, verdicts, strict=True):
        for tally in (every, *totals[:1]):
            tally.add(label=bool(row["label"]), verdict=verdict)
        if row["id"] not in listed:
            for tally in (sound, *totals[1:]):
                tally.add(label=bool(row["label"]), verdict=verdict)
    return every, sound


def show(rows: list[Row], verdicts: list[bool], theirs: list[bool] | None) -> None:
    """Print every disagreement with a label."""
    for index, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
        if verdict is not bool(row["label"]):
            also = "" if theirs is None else f" peer={theirs[index]}"
            print(
                f"    {row['id']} label={row['label']}{also} "
                f"{str(row['gold'])[-160:]!r} | {str(row['response'])[-160:]!r}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="a Python interpreter with math-verify installed")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--show", action="store_true", help="print every disagreement with a label")
    options = parser.parse_args()
    Mathematics().warm()
    listed = listed_rows()
    print(f"{'':26}all rows                  without {len(listed)} listed labels")
    columns = f"{'rows':>5} {'agree':>7} {'FP':>5} {'FN':>5}"
    print(f"{'set':26}{columns}   {columns}   {'pairs/CPU s':>11}")
    decided: collections.Counter[str] = collections.Counter()
    totals = {"all sets": (Tally(), Tally()), "  Math-Verify": (Tally(), Tally())}
    for name, rows in load(options.data).items():
        verdicts, rungs, seconds = ours(rows)
        decided += rungs
        every, sound = tallies(rows, verdicts, listed, *totals["all sets"])
        print(f"{name:26}{every}   {sound}   {len(rows) / max(seconds, 1e-9):11,.0f}")
        theirs: list[bool] | None = None
        if options.peer:
            theirs, seconds = peer(options.peer, rows)
            every, sound = tallies(rows, theirs, listed, *totals["  Math-Verify"])
            print(
                f"{'  Math-Verify':26}{every}   {sound}   {len(rows) / max(seconds, 1e-9):11,.0f}"
            )
        if options.show:
            show(rows, verdicts, theirs)
    for name, (every, sound) in totals.items():
        if every.rows:
            print(f"{name:26}{every}   {sound}")
    print("FP: accepted, labelled wrong. FN: refused, labelled right.")
    print("decided by:", ", ".join(f"{rung} {count}" for rung, count in decided.most_common()))


if __name__ == "__main__":
    main()
