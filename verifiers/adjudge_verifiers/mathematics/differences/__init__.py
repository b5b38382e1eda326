"""Where a wrong answer differs from the reference."""

from adjudge_verifiers.mathematics.differences.search import Difference, find_difference

__all__ = ["Difference", "find_difference"]
