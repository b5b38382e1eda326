"""Speed of the verifier ``mathematics`` beside Math-Verify's, on the same pairs, one core.

python benchmarks/mathematics.py [--peer PYTHON_WITH_MATH_VERIFY] [--groups 60] [--unique 500]

Two sets (``mathematics_rollouts.py``): groups of eight completions of 1 to 3 kB per reference, the
reference prepared once per group by both; and unique short pairs, a new reference each. All times
are of the processor, for other work shares the machine. Ours is the best of ``--repeat`` runs, each
of which prepares, reads and judges everything anew.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import json
import subprocess
import time
from pathlib import Path

from mathematics_rollouts import Pair, rollouts, unique_pairs

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.judging import PreparedTask, judge, prepare
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters
from adjudge_verifiers.mathematics.reading import text as reading

PEER = Path(__file__).resolve().parent / "mathematics_peer.py"


@dataclasses.dataclass(frozen=True)
class Run:
    """What one grader said of a set, and how long it took."""

    verdicts: list[bool]
    cpu_seconds: float
    seconds: list[float]
    rungs: collections.Counter[str]

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the pairs was judged."""
        return (
            sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * share))] * 1e3
        )


def ours(pairs: list[Pair]) -> Run:
    """One run of our verifier."""
    verifier = Mathematics()
    verdicts: list[bool] = []
    seconds: list[float] = []
    rungs: collections.Counter[str] = collections.Counter()
    known, task = "", None
    parameters = [MathematicsParameters(reference=pair.reference) for pair in pairs]
    reading.forget()
    start = time.process_time()
    for pair, given in zip(pairs, parameters, strict=True):
        began = time.thread_time()
        if pair.reference != known or task is None:
            known, task = pair.reference, prepare(verifier, given)
        verdict = judge(task, pair.completion) if isinstance(task, PreparedTask) else task
        seconds.append(time.thread_time() - began)
        verdicts.append(verdict.outcome is Outcome.CORRECT)
        rungs[verdict.decided_by or verdict.outcome.name.lower()] += 1
    return Run(verdicts, time.process_time() - start, seconds, rungs)


def peer(python: str, pairs: list[Pair]) -> Run:
    """One run of Math-Verify by another interpreter."""
    lines = "\n".join(json.dumps([f"${pair.reference}$", pair.completion]) for pair in pairs)
    run = subprocess.run(
        [python, str(PEER)], input=lines, capture_output=True, text=True, check=True
    )
    said = json.loads(run.stdout.splitlines()[-1])
    return Run(said["verdicts"], said["cpu_seconds"], said["seconds"], collections.Counter())


def line(name: str, pairs: list[Pair], run: Run) -> float:
    """Print one row of the table; pairs per CPU second."""
    speed = len(pairs) / max(run.cpu_seconds, 1e-9)
    said = collections.Counter((p.right, v) for p, v in zip(pairs, run.verdicts, strict=True))
    print(
        f"{name:24} {len(pairs):6} {speed:12,.0f} {run.percentile(0.5):9.3f} "
        f"{run.percentile(0.99):9.3f} {said[True, False]:8} {said[False, True]:8}"
    )
    return speed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--peer", help="a Python interpreter with math-verify installed")
    parser.add_argument("--groups", type=int, default=60, help="groups of eight completions")
    parser.add_argument("--unique", type=int, default=500, help="unique pairs")
    parser.add_argument("--repeat", type=int, default=5, help="runs of ours; the best counts")
    options = parser.parse_args()
    Mathematics().warm()
    print(
        f"{'set':24} {'pairs':>6} {'pairs/CPU s':>12} {'p50 ms':>9} {'p99 ms':>9} "
        f"{'missed':>8} {'wrongly':>8}   (right but rejected, wrong but accepted)"
    )
    for name, pairs in (
        ("rollouts", rollouts(options.groups)),
        ("unique pairs", unique_pairs(options.unique)),
    ):
        best = min((ours(pairs) for _ in range(options.repeat)), key=lambda run: run.cpu_seconds)
        speed = line(name, pairs, best)
        if options.peer:
            theirs = line("  Math-Verify", pairs, peer(options.peer, pairs))
            print(f"  ratio {speed / theirs:,.0f} x")
        undecided = best.rungs["undecided"]
        without = 1 - (best.rungs["sympy"] + undecided) / len(pairs)
        print(f"  decided without SymPy {without:.1%}, undecided {undecided}")
        print("  by", ", ".join(f"{rung} {count}" for rung, count in best.rungs.most_common()))


if __name__ == "__main__":
    main()
