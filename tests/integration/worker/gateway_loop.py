"""The least that a gateway must do so that nothing is ever lost: dispatch, look, dispatch again."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import time
from typing import TYPE_CHECKING, Self

from adjudge_worker.queue import JobState, QueueUnavailable, RedisDispatcher

if TYPE_CHECKING:
    from adjudge_worker.queue import Job, Result

LOOK_SECONDS = 0.25


class GatewayLoop:
    """Answers jobs, whatever happens to workers and Redis in the meantime."""

    def __init__(self, redis_url: str, *, signing_key: bytes | None = None) -> None:
        self.dispatcher = RedisDispatcher(redis_url, "g1", signing_key=signing_key)
        self.results: dict[str, Result] = {}
        self.attempts: dict[str, int] = {}
        self.answered_at: dict[str, float] = {}

    async def __aenter__(self) -> Self:
        await self.dispatcher.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.dispatcher.close()

    async def answer(self, jobs: list[Job], *, seconds: float = 30.0) -> list[Result]:
        """The results of all jobs, in order; raises TimeoutError."""
        await self.dispatcher.enqueue(jobs)
        self.attempts |= {job.id: 0 for job in jobs}
        watching = asyncio.ensure_future(self._watch(jobs))
        try:
            async with asyncio.timeout(seconds):
                await self._read(jobs)
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
        return [self.results[job.id] for job in jobs]

    async def _read(self, jobs: list[Job]) -> None:
        wanted = {job.id for job in jobs}
        async with contextlib.aclosing(self.dispatcher.results()) as stream:
            async for batch in stream:
                for result in batch:
                    self.results.setdefault(result.job_id, result)
                    self.answered_at.setdefault(result.job_id, time.monotonic())
                if wanted <= self.results.keys():
                    return

    async def _watch(self, jobs: list[Job]) -> None:
        missed: set[str] = set()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            waiting = [job for job in jobs if job.id not in self.results]
            try:
                states = await self.dispatcher.look("default", [job.id for job in waiting])
                missing = {
                    job.id
                    for job, state in zip(waiting, states, strict=True)
                    if state is JobState.MISSING
                }
                lost = [job for job in waiting if job.id in missing & missed]
                again = []
                for job in lost:
                    self.attempts[job.id] += 1
                    again.append(dataclasses.replace(job, attempt=self.attempts[job.id]))
                await self.dispatcher.enqueue(again, front=True)
                missed = missing - {job.id for job in lost}
            except QueueUnavailable:
                missed = set()
