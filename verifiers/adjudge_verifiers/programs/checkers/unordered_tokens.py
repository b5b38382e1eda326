"""Unordered tokens: the same words in any order, each as often as expected."""

from __future__ import annotations

from collections import Counter

from adjudge_verifiers.programs.checkers import tokens
from adjudge_verifiers.programs.checkers.excerpt import excerpt


def difference(expected: bytes, output: bytes) -> str | None:
    """None when the words agree as a multiset, else the first that is too many."""
    if output == expected:
        return None
    rights = expected.split()
    fault = tokens.count_fault(rights, output)
    if fault:
        return fault
    lacking = Counter(rights)
    for position, came in enumerate(output.split(), 1):
        if not lacking[came]:
            return f"word {position} is wrong or too many: {excerpt(came)}"
        lacking[came] -= 1
    return None
