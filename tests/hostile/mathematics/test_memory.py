"""No input uses more than 512 MiB: measured over every hostile text of this folder at once."""

import json
import subprocess
import sys
from pathlib import Path

from tests.hostile.mathematics import test_attacks

BUDGET_BYTES = 512 << 20
CHILD = Path(__file__).with_name("peak_memory.py")


def test_no_hostile_text_needs_more_than_the_budget(record_property):
    # Given all bombs against references of every shape, themselves and each other
    boxed = [rf"\boxed{{{text}}}" for text in test_attacks.BOMBS.values()]
    pairs = [(reference, one) for reference in ("2", "x+1", r"\sqrt{2}") for one in boxed]
    pairs += [
        (text[:60_000], one) for text, one in zip(test_attacks.BOMBS.values(), boxed, strict=True)
    ]
    pairs += [
        (text[:60_000], other)
        for text, other in zip(test_attacks.BOMBS.values(), boxed[1:], strict=False)
    ]
    # When one process judges them all
    run = subprocess.run(
        [sys.executable, CHILD],
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        check=True,
    )
    before, after, worst = json.loads(run.stdout)
    # Then its peak, libraries and all, stays within the budget of one item
    report = f"{before >> 20} MiB before, {after >> 20} MiB at the peak, worst {pairs[worst]!r:.90}"
    record_property("peak", report)
    print(report)  # noqa: T201 - a measured figure, shown by pytest -s
    assert after < BUDGET_BYTES, report
