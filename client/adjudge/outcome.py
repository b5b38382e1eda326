"""The closed list of what can become of a candidate."""

from __future__ import annotations

import enum


class Outcome(enum.IntEnum):
    """What became of one candidate. Names and numbers are those of ``adjudge.v1.Outcome``."""

    CORRECT = 1
    PARTIAL = 2
    INCORRECT = 3
    NO_ANSWER = 4
    INVALID_ANSWER = 5
    COMPILE_ERROR = 6
    RUNTIME_ERROR = 7
    TIME_LIMIT = 8
    MEMORY_LIMIT = 9
    OUTPUT_LIMIT = 10
    BAD_TASK = 11
    UNAVAILABLE = 12
    DEADLINE_EXCEEDED = 13
    INTERNAL_ERROR = 14

    @property
    def bears_reward(self) -> bool:
        """True when a trainer may learn from it: judged, or the candidate's own fault."""
        return self <= Outcome.OUTPUT_LIMIT
