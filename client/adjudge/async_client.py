"""The client for asyncio.

Calls run on the process's one gRPC channel and wake the event loop that waits for them, whichever
it is. So nothing is bound to a loop: ``asyncio.run`` for each batch, several loops in several
threads, a fork, all work with one client (a ``grpc.aio`` channel dies with its loop and does not
survive a fork).
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

import grpc

from adjudge import decoding
from adjudge.batching import LoopBatcher
from adjudge.connection import Connection
from adjudge.encoding import require_candidates
from adjudge.errors import CallCancelledError
from adjudge.exchange import Exchange
from adjudge.failures import status_error
from adjudge.group_exchange import GroupExchange, group_parts
from adjudge.retries import Retries
from adjudge.session import Session
from adjudge.splitting import split
from adjudge.streaming import stream_verdicts_async

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Mapping, Sequence
    from types import TracebackType

    from typing_extensions import Self

    from adjudge.candidate import Candidate
    from adjudge.deadline import Deadline
    from adjudge.errors import StatusError
    from adjudge.exchange import Inquiry
    from adjudge.grouping import AnswerGroup, GroupedAnswers
    from adjudge.options import Options
    from adjudge.v1 import task_pb2
    from adjudge.verdict import Verdict
    from adjudge.verifier import VerifierDescription

R = TypeVar("R")


class AsyncClient(Session["_Process"]):
    """Asks a running service what completions are worth, from asyncio.

    The same verbs as ``Client``. One client serves every event loop of the process, survives a fork
    and can be pickled. Cancelling a task that waits cancels the call, and the service drops its
    work.
    """

    def __init__(self, address: str, options: Options | None = None) -> None:
        """Nothing is connected before the first call. Raises ValueError for a malformed address."""
        super().__init__(address, options, _Process)

    async def verify(
        self, candidates: Iterable[Candidate], *, deadline_seconds: float | None = None
    ) -> list[Verdict]:
        """One verdict for each candidate, in order; see ``Client.verify``."""
        process = self._process()
        deadline = self._deadline(deadline_seconds)
        batch = list(candidates)
        require_candidates(batch)
        return await process.verify(batch, deadline)

    async def verify_one(
        self, candidate: Candidate, *, deadline_seconds: float | None = None
    ) -> Verdict:
        """One verdict. Calls that other tasks make within 2 ms travel in the same request."""
        process = self._process()
        deadline = self._deadline(deadline_seconds)
        require_candidates([candidate])
        batcher = process.batcher()
        if not candidate.id:
            return await batcher.verify(candidate, deadline)
        # Callers that know nothing of each other may use the same id.
        verdict = await batcher.verify(replace(candidate, id=""), deadline)
        return replace(verdict, candidate_id=candidate.id)

    def stream(
        self,
        candidates: Iterable[Candidate] | AsyncIterable[Candidate],
        *,
        deadline_seconds: float | None = None,
    ) -> AsyncIterator[tuple[int, Verdict]]:
        """Positions and verdicts as they are made, in any order; see ``Client.stream``."""
        process = self._process()
        return stream_verdicts_async(
            process.connection, candidates, self.options, self._deadline(deadline_seconds)
        )

    async def group(
        self,
        verifier: str,
        groups: Iterable[AnswerGroup],
        options: Mapping[str, Any] = MappingProxyType({}),
        *,
        deadline_seconds: float | None = None,
    ) -> list[GroupedAnswers]:
        """Which completions of each group give the same answer; see ``Client.group``."""
        process = self._process()
        deadline = self._deadline(deadline_seconds)
        parts = list(group_parts(verifier, groups, options, self.options))
        make = [partial(GroupExchange, part, self.options, deadline) for part in parts]
        return await process.answers(make, deadline)

    async def verifiers(
        self, *, deadline_seconds: float | None = None
    ) -> list[VerifierDescription]:
        """Every verifier that the live workers know, available or not."""
        connection = self._process().connection
        deadline = self._deadline(deadline_seconds)
        retries = Retries(deadline, self.options.patience_seconds)
        response = await _attempt(
            lambda: connection.verifiers(deadline.remaining_seconds()), retries.after
        )
        return decoding.read_descriptions(response.verifiers)

    async def close(self) -> None:
        """Close this process's connection; calls under way are cancelled. Twice does no harm."""
        self._closed = True
        process = self._processes.pop()
        if process is not None:
            process.connection.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()


class _Process:
    """What the client holds in one process."""

    def __init__(self, address: str, options: Options) -> None:
        self._options = options
        self.connection = Connection(address, options)
        self._batchers: WeakKeyDictionary[asyncio.AbstractEventLoop, LoopBatcher] = (
            WeakKeyDictionary()
        )
        self._lock = threading.Lock()

    def batcher(self) -> LoopBatcher:
        """The running loop's own."""
        loop = asyncio.get_running_loop()
        with self._lock:
            batcher = self._batchers.get(loop)
            if batcher is None:
                batcher = self._batchers[loop] = LoopBatcher(
                    self.verify, self._options.linger_seconds
                )
        return batcher

    async def verify(self, candidates: list[Candidate], deadline: Deadline) -> list[Verdict]:
        known, options = self.connection.known, self._options
        parts = split(candidates, options)
        make = [partial(Exchange, part, known, options, deadline) for part in parts]
        return await self.answers(make, deadline)

    async def answers(
        self, make: Sequence[Callable[[], Inquiry[R]]], deadline: Deadline
    ) -> list[R]:
        """The answers of requests sent side by side; the first failure ends them all."""
        if len(make) == 1:
            return await self._answers(make[0], deadline)
        gate = asyncio.Semaphore(self._options.concurrent_requests)

        async def answers(one: Callable[[], Inquiry[R]]) -> list[R]:
            async with gate:
                return await self._answers(one, deadline)

        tasks = [asyncio.ensure_future(answers(one)) for one in make]
        try:
            answered = await asyncio.gather(*tasks)
        except BaseException:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            raise
        return [answer for some in answered for answer in some]

    async def _answers(self, make: Callable[[], Inquiry[R]], deadline: Deadline) -> list[R]:
        exchange = make()
        response = await _attempt(
            lambda: exchange.begin(self.connection, deadline.remaining_seconds()),
            exchange.after,
            exchange.tasks,
        )
        return exchange.answers(response)


async def _attempt(
    begin: Callable[[], Any],
    after: Callable[[StatusError], float],
    tasks: Sequence[task_pb2.Task] = (),
) -> Any:
    """The response. ``after`` says how long to wait after a failure, or raises."""
    while True:
        call = begin()
        try:
            await _done(call)
            return call.result()
        except grpc.FutureCancelledError:
            raise CallCancelledError("the call was cancelled") from None
        except grpc.RpcError:
            delay_seconds = after(status_error(call, tasks))
        await asyncio.sleep(delay_seconds)


async def _done(call: Any) -> None:
    """Wait for a call that another thread completes. Being cancelled cancels the call."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def wake() -> None:
        if not done.done():
            done.set_result(None)

    def completed(_: Any) -> None:
        try:
            loop.call_soon_threadsafe(wake)
        except RuntimeError:  # the loop was closed without waiting: nobody is left to wake
            return

    call.add_done_callback(completed)
    try:
        await done
    except BaseException:
        call.cancel()
        raise
