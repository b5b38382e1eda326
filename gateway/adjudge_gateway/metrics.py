"""Cheap counters of what the gateway does: read by tests, logged at the end."""

from __future__ import annotations

import dataclasses
from collections import Counter


@dataclasses.dataclass(slots=True)
class Metrics:
    """Counters since the start. Items by outcome are not among them: verdicts are not parsed."""

    requests: int = 0
    """Calls and stream messages that were admitted."""
    items: int = 0
    """Candidates in them."""
    joined: int = 0
    """Calls answered with another call's verdicts because the request id was the same."""
    chunks: int = 0
    """Jobs put on the queue, later lives included."""
    results: int = 0
    """Results taken in."""
    redispatches: int = 0
    """Jobs sent again because they were lost."""
    blamed: int = 0
    """Candidates that went to a worker to be blamed."""
    late: int = 0
    """Results of jobs that nobody waits for any more."""
    refused_results: int = 0
    """Results that were not one verdict for each candidate."""
    rejections: Counter[str] = dataclasses.field(default_factory=Counter)
    """Calls refused, by the error's name."""

    def summary(self) -> str:
        """All counters in one line."""
        fields = (field.name for field in dataclasses.fields(self))
        return " ".join(f"{name}={getattr(self, name)!r}" for name in fields)
