"""A cache that forgets what was used longest ago, bounded by bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable


class ByteLru[K: Hashable, V]:
    """Keeps values up to ``limit_bytes`` together; the caller says what each one weighs.

    A value heavier than the limit is kept alone, until the next one comes.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: K) -> V | None:
        """The value, now the most recently used; None when it is not kept."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: K, value: V, weight_bytes: int) -> None:
        """Keep a value, and forget others until all fit."""
        old = self._entries.pop(key, None)
        self._bytes += weight_bytes - (old[1] if old is not None else 0)
        self._entries[key] = (value, weight_bytes)
        while self._bytes > self._limit_bytes and len(self._entries) > 1:
            _key, (_value, weight) = self._entries.popitem(last=False)
            self._bytes -= weight
