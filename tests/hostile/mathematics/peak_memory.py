"""Judges what standard input lists, in a process of its own, and prints its peaks in bytes.

In: a JSON list of [reference, completion]. Out: the peak before the first one, the peak after the
last one, and the index of the pair that raised it most.
"""

import json
import sys
from pathlib import Path

from adjudge_verifiers.judging import PreparedTask, judge, prepare
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters


def peak() -> int:
    """The largest resident memory of this program so far, in bytes.

    Not ``ru_maxrss``: that counts what the parent had when it started this process.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def main() -> None:
    """Judge all pairs, with and without the options that cost memory."""
    verifier = Mathematics()
    verifier.warm()
    pairs = json.load(sys.stdin)
    before = last = peak()
    worst, growth = -1, 0
    for index, (reference, completion) in enumerate(pairs):
        for options in ({}, {"explain": True, "rounding": "never"}, {"required_form": "factored"}):
            task = prepare(verifier, MathematicsParameters(reference=reference, **options))
            if isinstance(task, PreparedTask):
                judge(task, completion)
        if peak() - last > growth:
            worst, growth = index, peak() - last
        last = peak()
    sys.stdout.write(json.dumps([before, last, worst]))


if __name__ == "__main__":
    main()
