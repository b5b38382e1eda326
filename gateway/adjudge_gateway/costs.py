"""What an item of each verifier costs: a moving average of what the workers report."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

NAMES_LIMIT: Final = 1_000
"""Verifier names come from callers: only so many are remembered, the least used go first."""
WEIGHT: Final = 0.25
"""Of the newest chunk in the average."""
SHORTEST_SECONDS: Final = 1e-6


class CostModel:
    """Seconds of a worker slot per item, by verifier."""

    def __init__(self, initial_item_seconds: float) -> None:
        self._initial = initial_item_seconds
        self._seconds: OrderedDict[str, float] = OrderedDict()

    def item_seconds(self, verifier: str) -> float:
        """The estimate; the initial one for a verifier of which nothing has come back yet."""
        return self._seconds.get(verifier, self._initial)

    def learn(self, verifier: str, *, items: int, wall_seconds: float) -> None:
        """Take in one chunk: ``items`` took a worker ``wall_seconds``."""
        seen = max(wall_seconds / items, SHORTEST_SECONDS)
        before = self._seconds.get(verifier)
        self._seconds[verifier] = seen if before is None else before + WEIGHT * (seen - before)
        self._seconds.move_to_end(verifier)
        if len(self._seconds) > NAMES_LIMIT:
            self._seconds.popitem(last=False)
