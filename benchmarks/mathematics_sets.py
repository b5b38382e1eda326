"""Confusion tables of the verifier ``mathematics`` on the labelled sets, beside Math-Verify's.

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


def table(name: str, rows: list[Row], verdicts: list[bool], seconds: float) -> None:
    counts = collections.Counter(
        (bool(row["label"]), verdict) for row, verdict in zip(rows, verdicts, strict=True)
    )
    right = counts[True, True] + counts[False, False]
    print(
        f"{name:34} {len(rows):5} {right / len(rows):7.1%}   "
        f"{counts[True, True]:5} {counts[True, False]:5} {counts[False, True]:5} "
        f"{counts[False, False]:5}   {len(rows) / max(seconds, 1e-9):10,.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="a Python interpreter with math-verify installed")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--show", action="store_true", help="print every disagreement with a label")
    options = parser.parse_args()
    Mathematics().warm()
    print(
        f"{'set':34} {'rows':>5} {'agree':>7}   {'acc✓':>5} {'rej✓':>5} {'acc✗':>5} {'rej✗':>5}   "
        f"{'pairs/CPU s':>10}   (✓ label right, ✗ label wrong)"
    )
    total: collections.Counter[str] = collections.Counter()
    for name, rows in load(options.data).items():
        verdicts, rungs, seconds = ours(rows)
        total += rungs
        table(name, rows, verdicts, seconds)
        theirs: list[bool] | None = None
        if options.peer:
            theirs, peer_seconds = peer(options.peer, rows)
            table("  Math-Verify", rows, theirs, peer_seconds)
        if options.show:
            for index, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
                if verdict is not bool(row["label"]):
                    also = "" if theirs is None else f" peer={theirs[index]}"
                    print(
                        f"    {row['id']} label={row['label']}{also} "
                        f"{str(row['gold'])[-160:]!r} | {str(row['response'])[-160:]!r}"
                    )
    print("decided by:", ", ".join(f"{rung} {count}" for rung, count in total.most_common()))


if __name__ == "__main__":
    main()
