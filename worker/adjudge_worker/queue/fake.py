"""The dispatcher's in-memory twin, for tests of a gateway: it passes the same conformance suite."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from adjudge_worker.queue.codec import Job, Result
from adjudge_worker.queue.dispatcher import JobState, PoolState
from adjudge_worker.queue.errors import QueueUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence


class FakeDispatcher:
    """A queue in this process. Its worker's side is ``take``, ``finish`` and ``die``.

    Set ``down`` to make every call raise QueueUnavailable, as when Redis is away. ``catalogue`` is
    what ``pools`` answers, ``used_memory`` what ``memory`` does.
    """

    def __init__(self, gateway: str = "fake", *, catalogue: Sequence[PoolState] = ()) -> None:
        self.gateway = gateway
        self.catalogue = list(catalogue)
        self.used_memory = (0, 0)
        self.down = False
        self.tasks: dict[bytes, bytes] = {}
        self._waiting: dict[str, deque[str]] = {}
        self._payloads: dict[str, Job] = {}
        self._leased: set[str] = set()
        self._kept: dict[str, Result] = {}
        self._claims: dict[str, bytes] = {}
        self._results: asyncio.Queue[Result] = asyncio.Queue()

    async def start(self) -> None:
        """Connect."""
        self._check()

    async def close(self) -> None:
        """Nothing to let go of."""

    async def enqueue(self, jobs: Sequence[Job], *, front: bool = False) -> None:
        """Put jobs on their pools' queues."""
        self._check()
        for job in reversed(jobs) if front else jobs:
            copy = Job.decode(job.encode())
            self._payloads[job.id] = copy
            queue = self._waiting.setdefault(job.pool, deque())
            (queue.appendleft if front else queue.append)(job.id)

    async def results(self) -> AsyncIterator[list[Result]]:
        """Results as they come, for ever."""
        while True:
            batch = [await self._results.get()]
            while not self._results.empty():
                batch.append(self._results.get_nowait())
            yield batch

    async def look(self, pool: str, job_ids: Sequence[str]) -> list[JobState]:
        """Where each job is."""
        self._check()
        waiting = self._waiting.get(pool, ())
        return [
            JobState.LEASED
            if job_id in self._leased
            else JobState.WAITING
            if job_id in waiting
            else JobState.MISSING
            for job_id in job_ids
        ]

    async def kept(self, job_ids: Sequence[str]) -> list[Result | None]:
        """Results of finished jobs that were to be kept (here: for ever)."""
        self._check()
        return [self._kept.get(job_id) for job_id in job_ids]

    async def cancel(self, job_ids: Sequence[str]) -> None:
        """Delete the payloads."""
        self._check()
        for job_id in job_ids:
            self._payloads.pop(job_id, None)

    async def put_tasks(self, tasks: Mapping[bytes, bytes]) -> None:
        """Store serialised tasks by digest."""
        self._check()
        self.tasks.update(tasks)

    async def get_tasks(self, digests: Sequence[bytes]) -> list[bytes | None]:
        """Stored tasks; None for unknown ones."""
        self._check()
        return [self.tasks.get(digest) for digest in digests]

    async def touch_tasks(self, digests: Sequence[bytes]) -> list[bool]:
        """Whether each task is stored."""
        self._check()
        return [digest in self.tasks for digest in digests]

    async def claim(self, key: str, value: bytes, *, seconds: int) -> bytes | None:  # noqa: ARG002 - nothing expires here
        """Store what a request was cut into unless that is known already; the earlier value."""
        self._check()
        if key in self._claims:
            return self._claims[key]
        self._claims[key] = value
        return None

    async def pools(self) -> list[PoolState]:
        """What the test has put into ``catalogue``."""
        self._check()
        return sorted(self.catalogue, key=lambda pool: pool.name)

    async def memory(self) -> tuple[int, int]:
        """What the test has put into ``used_memory``."""
        self._check()
        return self.used_memory

    # The worker's side.

    def take(self, pool: str) -> Job | None:
        """The next job, now leased; None when nothing waits."""
        queue = self._waiting.get(pool, deque())
        while queue:
            job = self._payloads.get(queue.popleft())
            if job is not None and job.id not in self._leased:
                self._leased.add(job.id)
                return job
        return None

    def cancelled(self, job_id: str) -> bool:
        """True when a leased job has lost its payload."""
        return job_id not in self._payloads

    def finish(self, result: Result) -> None:
        """Answer a job that was taken."""
        job = self._payloads.pop(result.job_id, None)
        self._leased.discard(result.job_id)
        if job is not None and job.keep:
            self._kept[result.job_id] = result
        self._results.put_nowait(Result.decode(result.encode()))

    def die(self, job_id: str) -> None:
        """The worker that had taken the job is gone: its lease ends, nothing is answered."""
        self._leased.discard(job_id)

    def _check(self) -> None:
        if self.down:
            raise QueueUnavailable("the fake queue is down")
