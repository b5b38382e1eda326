"""Unordered lines: the same lines in any order, each as often as expected.

Blanks at the ends of lines and blank lines at the end of the output do not count.
"""

from __future__ import annotations

from collections import Counter

from adjudge_verifiers.programs.checkers.excerpt import excerpt


def difference(expected: bytes, output: bytes) -> str | None:
    """None when the lines agree as a multiset, else one line that is too many or how many lack."""
    if output == expected:
        return None
    expected, output = expected.rstrip(), output.rstrip()
    lines, wanted = output.count(b"\n"), expected.count(b"\n")
    if lines != wanted:  # also bounds the memory below by the expected output
        return (
            f"the output has {lines + 1} lines, which is too {'many' if lines > wanted else 'few'}"
        )
    lacking = Counter(line.rstrip() for line in expected.split(b"\n"))
    for number, line in enumerate(output.split(b"\n"), 1):
        came = line.rstrip()
        if not lacking[came]:
            return f"line {number} is wrong or too many: {excerpt(came)}"
        lacking[came] -= 1
    return None
