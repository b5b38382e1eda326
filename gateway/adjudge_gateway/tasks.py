"""Tasks seen before, so that they can be named by digest."""

from __future__ import annotations

import dataclasses
import hashlib
import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, Self

from google.protobuf.message import DecodeError

from adjudge.v1.task_pb2 import Task
from adjudge_gateway.wire import TASKS_TAG, frame

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge_worker.queue import Dispatcher

_log = logging.getLogger(__name__)

DIGEST_BYTES: Final = 32
_OVERHEAD_BYTES = 400
"""Of a remembered task, beside its text."""


def digest_of(verifier: str, parameters_json: str) -> bytes:
    """SHA-256 as task.proto defines it."""
    return hashlib.sha256(b"%s\0%s" % (verifier.encode(), parameters_json.encode())).digest()


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class KnownTask:
    """A task in the forms in which it travels."""

    verifier: str
    digest: bytes
    entry: bytes
    """One entry of `VerifyCandidatesRequest.tasks`: in full, or by digest when it is large."""
    stored: bytes | None
    """The serialised task that must lie in Redis before it is named; None when sent in full."""

    @classmethod
    def of(cls, task: Task, digest: bytes, *, inline_bytes: int) -> Self:
        """``task`` (in full) as it travels. ``inline_bytes``: above it goes by digest."""
        task.digest = digest
        full = task.SerializeToString()
        if len(full) <= inline_bytes:
            return cls(task.verifier, digest, frame(TASKS_TAG, full), None)
        named = Task(digest=digest).SerializeToString()
        return cls(task.verifier, digest, frame(TASKS_TAG, named), full)

    @property
    def size_bytes(self) -> int:
        """Memory it takes, roughly."""
        return len(self.entry) + len(self.stored or b"") + _OVERHEAD_BYTES


class TaskShelf:
    """The tasks that this gateway has seen, the least used going first."""

    def __init__(self, dispatcher: Dispatcher, *, limit_bytes: int, inline_bytes: int) -> None:
        self._dispatcher = dispatcher
        self._limit_bytes = limit_bytes
        self._inline_bytes = inline_bytes
        self._tasks: OrderedDict[bytes, KnownTask] = OrderedDict()
        self._size_bytes = 0

    def add(self, task: Task, digest: bytes) -> KnownTask:
        """Remember a task sent in full."""
        known = self.get(digest)
        if known is None:
            known = KnownTask.of(task, digest, inline_bytes=self._inline_bytes)
            self._tasks[digest] = known
            self._size_bytes += known.size_bytes
            while self._size_bytes > self._limit_bytes and len(self._tasks) > 1:
                self._size_bytes -= self._tasks.popitem(last=False)[1].size_bytes
        return known

    def get(self, digest: bytes) -> KnownTask | None:
        """The task with that digest, if it is here."""
        known = self._tasks.get(digest)
        if known is not None:
            self._tasks.move_to_end(digest)
        return known

    async def fetch(self, digests: Iterable[bytes]) -> dict[bytes, KnownTask]:
        """Those of the tasks that another gateway has left in Redis. Raises QueueUnavailable."""
        wanted = list(dict.fromkeys(digests))
        found = {}
        for digest, stored in zip(wanted, await self._dispatcher.get_tasks(wanted), strict=True):
            if stored is None:
                continue
            try:
                task = Task.FromString(stored)
            except DecodeError:
                task = Task()
            if digest_of(task.verifier, task.parameters_json) == digest:
                found[digest] = self.add(task, digest)
            else:
                _log.warning("the stored task %s is not what its digest says", digest.hex())
        return found
