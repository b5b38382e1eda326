# A future import behind a docstring, as the first statement must be.
"""The answer."""

from __future__ import annotations


def answer(a: int, b: Missing) -> AlsoMissing:
    return (a * 7919 + b * 104729) % 1000003


print(answer(*map(int, input().split())))
