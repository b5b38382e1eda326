"""What the client believes the service to know: tasks it has taken in full."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge.task import Task

MAX_KNOWN = 65_536
"""Digests remembered; the least recently used go first. About 10 MB when full."""


class KnownTasks:
    """Digests of tasks that the service has seen. Being wrong is harmless: the client resends."""

    def __init__(self, digest_bytes: int) -> None:
        self._digest_bytes = digest_bytes
        self._known: OrderedDict[bytes, None] = OrderedDict()
        self._lock = threading.Lock()

    def worth_a_digest(self, task: Task) -> bool:
        """True when the task is long enough to travel by digest; shorter ones go in full."""
        return len(task.parameters_json) > self._digest_bytes

    def __contains__(self, digest: bytes) -> bool:
        with self._lock:
            if digest not in self._known:
                return False
            self._known.move_to_end(digest)
            return True

    def learn(self, digests: Iterable[bytes]) -> None:
        """Remember that the service knows these."""
        with self._lock:
            for digest in digests:
                self._known[digest] = None
                self._known.move_to_end(digest)
            while len(self._known) > MAX_KNOWN:
                self._known.popitem(last=False)

    def forget(self, digests: Iterable[bytes]) -> None:
        """The service says that it does not know these."""
        with self._lock:
            for digest in digests:
                self._known.pop(digest, None)
