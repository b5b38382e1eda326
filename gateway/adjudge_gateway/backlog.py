"""Chunks that wait for their turn: deficit round robin over tenants.

Source: Shreedhar and Varghese, "Efficient fair queuing using deficit round robin", 1995.
"""

from __future__ import annotations

import dataclasses
import math
from collections import OrderedDict, deque
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Waiting(Protocol):
    """What can wait in a backlog; compared by identity."""

    @property
    def tenant(self) -> str:
        """Whose share it uses."""
        ...

    @property
    def cost_seconds(self) -> float:
        """How much of it; above 0."""
        ...


@dataclasses.dataclass(slots=True)
class _Share[W]:
    queue: OrderedDict[int, W] = dataclasses.field(default_factory=OrderedDict)
    deficit_seconds: float = 0.0


class Backlog[W: Waiting]:
    """First in, first out within a tenant; equal estimated cost among tenants that wait."""

    def __init__(self, quantum_seconds: float) -> None:
        self._quantum = quantum_seconds
        self._shares: dict[str, _Share[W]] = {}
        self._ring: deque[str] = deque()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def push(self, item: W) -> None:
        """Add ``item`` behind the tenant's others."""
        share = self._shares.get(item.tenant)
        if share is None:
            share = self._shares[item.tenant] = _Share()
            self._ring.append(item.tenant)
        share.queue[id(item)] = item
        self._length += 1

    def remove(self, item: W) -> bool:
        """Take ``item`` out wherever it is; False when it does not wait here."""
        share = self._shares.get(item.tenant)
        if share is None or share.queue.pop(id(item), None) is None:
            return False
        self._length -= 1
        return True

    def pop(self) -> W | None:
        """The next in fairness; None when nothing waits."""
        while self._length:
            for _ in range(len(self._ring)):
                item = self._serve(self._ring[0])
                if item is not None:
                    return item
            self._skip_idle_rounds()
        self._shares.clear()
        self._ring.clear()
        return None

    def __iter__(self) -> Iterator[W]:
        return (item for share in self._shares.values() for item in share.queue.values())

    def _serve(self, tenant: str) -> W | None:
        """An item of the tenant whose turn it is, or its quantum and the next tenant's turn."""
        share = self._shares[tenant]
        if not share.queue:
            del self._shares[tenant]
            self._ring.popleft()
            return None
        cost = next(iter(share.queue.values())).cost_seconds
        if share.deficit_seconds < cost:
            share.deficit_seconds += self._quantum
            self._ring.rotate(-1)
            return None
        share.deficit_seconds -= cost
        self._length -= 1
        return share.queue.popitem(last=False)[1]

    def _skip_idle_rounds(self) -> None:
        """Give all tenants at once the rounds in which none could afford its first item."""
        missing = min(
            (next(iter(share.queue.values())).cost_seconds - share.deficit_seconds)
            for share in self._shares.values()
            if share.queue
        )
        rounds = math.ceil(missing / self._quantum) - 1
        if rounds > 0:
            for share in self._shares.values():
                share.deficit_seconds += rounds * self._quantum
