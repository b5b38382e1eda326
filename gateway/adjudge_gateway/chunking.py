"""How a run of candidates is cut into chunks."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge_gateway.settings import ChunkLimits


def chunk_lengths(
    ends: Sequence[int], *, item_seconds: float, idle_slots: int, limits: ChunkLimits
) -> list[int]:
    """Number of items of each chunk, in order; they add up to the number of items.

    ``ends``: running total of the items' bytes. A chunk takes about ``limits.seconds`` of work. A
    batch that finds ``idle_slots`` free spreads over them, in chunks of at least
    ``limits.spread_seconds``: below that a chunk costs more than it saves. An item larger
    than ``limits.bytes`` is a chunk of its own.
    """
    items = len(ends)
    seconds = limits.seconds
    if idle_slots > 0:
        seconds = min(seconds, max(limits.spread_seconds, items * item_seconds / idle_slots))
    most = max(1, min(limits.items, int(seconds / item_seconds + 1e-9)))
    even = math.ceil(items / math.ceil(items / most))
    lengths = []
    start, sent_bytes = 0, 0
    while start < items:
        stop = min(start + even, items)
        if ends[stop - 1] - sent_bytes > limits.bytes:
            stop = max(start + 1, bisect_right(ends, sent_bytes + limits.bytes, start, stop))
        lengths.append(stop - start)
        start, sent_bytes = stop, ends[stop - 1]
    return lengths
