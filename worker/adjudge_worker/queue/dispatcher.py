"""The contract between a gateway and the queue: what `RedisDispatcher` and `FakeDispatcher` do."""

from __future__ import annotations

import dataclasses
import enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from adjudge_worker.queue.codec import Job, Result


class JobState(enum.Enum):
    """Where a job is, as far as Redis knows."""

    WAITING = "waiting"
    """In the queue's list."""
    LEASED = "leased"
    """A worker is at it, or was less than 3 s ago."""
    MISSING = "missing"
    """Neither: finished, between two of these places, or lost. Missing in two looks 0.5 s apart
    with no result in between means lost: dispatch it again, at the front."""


@dataclasses.dataclass(frozen=True, slots=True)
class PoolState:
    """One pool with live workers."""

    name: str
    workers: int
    """Live slots."""
    verifiers: bytes
    """Serialised ListVerifiersResponse; empty until the first slot has published it."""


class Dispatcher(Protocol):
    """A gateway's side of the queue.

    Execution is at least once: a job may run twice and its result may come twice. Every method but
    ``results`` raises QueueUnavailable when Redis cannot be reached; repeating the call is safe.
    """

    async def start(self) -> None:
        """Connect. Raises QueueUnavailable when Redis is not there or older than 6.2."""
        ...

    async def close(self) -> None:
        """Let go of the connections. Idempotent."""
        ...

    async def enqueue(self, jobs: Sequence[Job], *, front: bool = False) -> None:
        """Put jobs on their pools' queues, all or none, in order; ``front``: before all others."""
        ...

    def results(self) -> AsyncIterator[list[Result]]:
        """Results as they come, for ever. Outlives restarts of Redis and never raises for them."""
        ...

    async def look(self, pool: str, job_ids: Sequence[str]) -> list[JobState]:
        """Where each job is. One round trip."""
        ...

    async def kept(self, job_ids: Sequence[str]) -> list[Result | None]:
        """Results of finished jobs that were to be kept, while they are (60 s)."""
        ...

    async def cancel(self, job_ids: Sequence[str]) -> None:
        """Delete the payloads: waiting jobs never run, running ones stop within a second or so."""
        ...

    async def put_tasks(self, tasks: Mapping[bytes, bytes]) -> None:
        """Store serialised tasks in full by digest; they stay an hour after their last use."""
        ...

    async def get_tasks(self, digests: Sequence[bytes]) -> list[bytes | None]:
        """Stored tasks; None for unknown ones. Counts as a use."""
        ...

    async def touch_tasks(self, digests: Sequence[bytes]) -> list[bool]:
        """Whether each task is (still) stored, without fetching it. Counts as a use."""
        ...

    async def claim(self, key: str, value: bytes, *, seconds: int) -> bytes | None:
        """Store what a request was cut into, for ``seconds``, unless that is known already.

        Returns the earlier value, or None when ``value`` is the first. One round trip.
        """
        ...

    async def pools(self) -> list[PoolState]:
        """Pools with at least one live slot, by name."""
        ...

    async def memory(self) -> tuple[int, int]:
        """Bytes that Redis uses and may use (0: no limit)."""
        ...
