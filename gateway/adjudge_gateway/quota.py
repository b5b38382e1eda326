"""How much may wait: caps in candidates and bytes, for each tenant and for all."""

from __future__ import annotations

import dataclasses
import math
import time
from typing import TYPE_CHECKING, Final

from adjudge_gateway.errors import Overloaded

if TYPE_CHECKING:
    from adjudge_gateway.board import Board
    from adjudge_gateway.settings import Settings

MEMORY_SECONDS: Final = 10.0
"""Over which the throughput is averaged."""
SOONEST_SECONDS: Final = 0.1
LATEST_SECONDS: Final = 60.0


class Throughput:
    """Candidates per second, forgetting exponentially."""

    def __init__(self, now: float) -> None:
        self._items = 0.0
        self._at = now
        self._start = now

    def add(self, items: int, now: float) -> None:
        """``items`` have left."""
        self._items = self._items * math.exp((self._at - now) / MEMORY_SECONDS) + items
        self._at = now

    def per_second(self, now: float) -> float:
        """The average, right from the start on."""
        kept = self._items * math.exp((self._at - now) / MEMORY_SECONDS)
        seen = 1.0 - math.exp((self._start - now) / MEMORY_SECONDS)
        return kept / (MEMORY_SECONDS * seen) if seen > 0 else 0.0


@dataclasses.dataclass(slots=True)
class Load:
    """What waits or runs."""

    items: int = 0
    bytes: int = 0


class Quota:
    """Lets work in while there is room; says otherwise when to come back."""

    def __init__(self, settings: Settings, board: Board) -> None:
        self._settings = settings
        self._board = board
        self._tenants: dict[str, Load] = {}
        self._throughput = Throughput(time.monotonic())
        self.total = Load()
        """Of all tenants."""

    def reserve(self, tenant: str, items: int, size_bytes: int) -> None:
        """Take room. Raises Overloaded when there is none."""
        settings = self._settings
        share = self._board.memory_share
        if share > settings.redis_memory_share:
            raise self._overloaded(
                f"Redis is at {share:.0%} of its memory; new work stops at "
                f"{settings.redis_memory_share:.0%}",
                max(1, self.total.items),
                "redis_memory",
            )
        load = self._tenants.get(tenant, Load())
        for who, reason, now, more, most in (
            ("this tenant's", "tenant_items", load.items, items, settings.tenant_items),
            ("the", "total_items", self.total.items, items, settings.total_items),
            ("this tenant's", "tenant_bytes", load.bytes, size_bytes, settings.tenant_bytes),
            ("the", "total_bytes", self.total.bytes, size_bytes, settings.total_bytes),
        ):
            excess = now + more - most
            if excess > 0 and now:
                unit = "candidates" if reason.endswith("items") else "bytes"
                share_of_items = excess / now * self.total.items if unit == "bytes" else excess
                raise self._overloaded(
                    f"{who} backlog is full: {now:,} {unit} wait, {more:,} more came, "
                    f"at most {most:,}",
                    share_of_items,
                    reason,
                )
        self._tenants[tenant] = load
        load.items += items
        load.bytes += size_bytes
        self.total.items += items
        self.total.bytes += size_bytes

    def release(self, tenant: str, items: int, size_bytes: int) -> None:
        """Give room back."""
        load = self._tenants[tenant]
        load.items -= items
        load.bytes -= size_bytes
        if not load.items:
            del self._tenants[tenant]
        self.total.items -= items
        self.total.bytes -= size_bytes
        self._throughput.add(items, time.monotonic())

    def _overloaded(self, message: str, excess_items: float, reason: str) -> Overloaded:
        rate = self._throughput.per_second(time.monotonic())
        delay = excess_items / rate if rate > 0 else LATEST_SECONDS
        delay = min(max(delay, SOONEST_SECONDS), LATEST_SECONDS)
        return Overloaded(message, retry_seconds=delay, reason=reason)
