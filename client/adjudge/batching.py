"""Micro-batching: single candidates that come within a moment travel as one batch."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TYPE_CHECKING

from adjudge.errors import DeadlineExceededError, InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adjudge.candidate import Candidate
    from adjudge.deadline import Deadline
    from adjudge.verdict import Verdict

MAX_BATCH = 1024
"""A batch that has so many leaves at once."""


class _Batch:
    """Candidates waiting to leave together, and the future of their verdicts.

    The future's result is None when they must go one by one: the batch was refused for the sake
    of one of them, or the thread that carried it was interrupted.
    """

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []
        self.deadlines: list[Deadline] = []
        self.full = threading.Event()
        self.verdicts: Future[list[Verdict] | None] = Future()

    def add(self, candidate: Candidate, deadline: Deadline) -> int:
        self.candidates.append(candidate)
        self.deadlines.append(deadline)
        return len(self.candidates) - 1


class ThreadBatcher:
    """Joins calls of several threads. The first to come waits a moment and carries the others."""

    def __init__(
        self,
        verify: Callable[[list[Candidate], Deadline], list[Verdict]],
        linger_seconds: float,
    ) -> None:
        self._verify = verify
        self._linger_seconds = linger_seconds
        self._lock = threading.Lock()
        self._open: _Batch | None = None

    def verify(self, candidate: Candidate, deadline: Deadline) -> Verdict:
        """The verdict of one candidate, judged in whatever company it finds."""
        with self._lock:
            batch = self._open
            leads = batch is None
            if batch is None:
                batch = self._open = _Batch()
            position = batch.add(candidate, deadline)
            if len(batch.candidates) >= MAX_BATCH:
                self._open = None
                batch.full.set()
        if leads:
            self._carry(batch)
        try:
            verdicts = batch.verdicts.result(deadline.remaining_seconds())
        except FutureTimeoutError:
            raise DeadlineExceededError("the deadline passed before the verdict came") from None
        if verdicts is None:
            return self._verify([candidate], deadline)[0]
        return verdicts[position]

    def _carry(self, batch: _Batch) -> None:
        try:
            batch.full.wait(self._linger_seconds)
            with self._lock:
                if self._open is batch:
                    self._open = None
            batch.verdicts.set_result(self._verify(batch.candidates, max(batch.deadlines)))
        except InvalidArgumentError as error:
            if len(batch.candidates) == 1:
                batch.verdicts.set_exception(error)
            else:
                batch.verdicts.set_result(None)
        except Exception as error:  # noqa: BLE001 - every member of the batch raises it
            batch.verdicts.set_exception(error)
        except BaseException:
            with self._lock:
                if self._open is batch:
                    self._open = None
            batch.verdicts.set_result(None)
            raise


class LoopBatcher:
    """Joins calls of several tasks of one event loop."""

    def __init__(
        self,
        verify: Callable[[list[Candidate], Deadline], Awaitable[list[Verdict]]],
        linger_seconds: float,
    ) -> None:
        self._verify = verify
        self._linger_seconds = linger_seconds
        self._waiting: list[tuple[Candidate, Deadline, asyncio.Future[Verdict | None]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._carriers: set[asyncio.Task[None]] = set()

    async def verify(self, candidate: Candidate, deadline: Deadline) -> Verdict:
        """The verdict of one candidate, judged in whatever company it finds."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Verdict | None] = loop.create_future()
        self._waiting.append((candidate, deadline, future))
        if len(self._waiting) >= MAX_BATCH:
            self._leave()
        elif self._timer is None:
            self._timer = loop.call_later(self._linger_seconds, self._leave)
        try:
            verdict = await asyncio.wait_for(future, deadline.remaining_seconds())
        except asyncio.TimeoutError:
            raise DeadlineExceededError("the deadline passed before the verdict came") from None
        if verdict is None:
            return (await self._verify([candidate], deadline))[0]
        return verdict

    def _leave(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        batch = [each for each in self._waiting if not each[2].done()]
        self._waiting = []
        if batch:
            carrier = asyncio.get_running_loop().create_task(self._carry(batch))
            self._carriers.add(carrier)  # the loop itself keeps only weak references
            carrier.add_done_callback(self._carriers.discard)
            for _, _, future in batch:
                future.add_done_callback(lambda _: _cancel_if_unwanted(carrier, batch))

    async def _carry(
        self, batch: list[tuple[Candidate, Deadline, asyncio.Future[Verdict | None]]]
    ) -> None:
        verdicts: list[Verdict] | list[None]
        try:
            verdicts = await self._verify(
                [candidate for candidate, _, _ in batch], max(deadline for _, deadline, _ in batch)
            )
        except Exception as error:  # noqa: BLE001 - every member of the batch raises it
            if isinstance(error, InvalidArgumentError) and len(batch) > 1:
                verdicts = [None] * len(batch)
            else:
                for _, _, future in batch:
                    if not future.done():
                        future.set_exception(error)
                return
        for (_, _, future), verdict in zip(batch, verdicts, strict=True):
            if not future.done():
                future.set_result(verdict)


def _cancel_if_unwanted(
    carrier: asyncio.Task[None],
    batch: list[tuple[Candidate, Deadline, asyncio.Future[Verdict | None]]],
) -> None:
    if all(future.cancelled() for _, _, future in batch):
        carrier.cancel()
