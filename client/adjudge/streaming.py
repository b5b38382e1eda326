"""Verdicts as they are made: the StreamVerdicts call, opened again when it breaks."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterable, AsyncIterator, Generator, Iterable, Iterator
from typing import TYPE_CHECKING

import grpc

from adjudge import encoding
from adjudge.errors import CallCancelledError, FailedPreconditionError, StatusError
from adjudge.failures import status_error
from adjudge.feed import Feed
from adjudge.retries import Retries
from adjudge.splitting import split
from adjudge.v1 import verifier_service_pb2

if TYPE_CHECKING:
    from adjudge.candidate import Candidate
    from adjudge.connection import Connection
    from adjudge.deadline import Deadline
    from adjudge.options import Options
    from adjudge.task import Task
    from adjudge.verdict import Verdict

_FULL_POLL_SECONDS = 0.005


def stream_verdicts(
    connection: Connection, candidates: Iterable[Candidate], options: Options, deadline: Deadline
) -> Iterator[tuple[int, Verdict]]:
    """Positions and verdicts as they are made, in any order."""
    feed = Feed()
    threading.Thread(
        target=_read, args=(feed, candidates), name="adjudge-stream-read", daemon=True
    ).start()
    stream = Stream(connection, feed, options, deadline)
    with contextlib.closing(stream.answers()) as answers:
        for some in answers:
            yield from some


async def stream_verdicts_async(
    connection: Connection,
    candidates: Iterable[Candidate] | AsyncIterable[Candidate],
    options: Options,
    deadline: Deadline,
) -> AsyncIterator[tuple[int, Verdict]]:
    """The same for asyncio: the call runs in a thread of its own."""
    loop = asyncio.get_running_loop()
    answers: asyncio.Queue[list[tuple[int, Verdict]] | BaseException | None] = asyncio.Queue()
    feed = Feed()
    stream = Stream(connection, feed, options, deadline)

    def run() -> None:
        outcome: BaseException | None = None
        try:
            for some in stream.answers():
                loop.call_soon_threadsafe(answers.put_nowait, some)
        except BaseException as error:  # noqa: BLE001 - raised again in the waiting task
            outcome = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(answers.put_nowait, outcome)

    reader: asyncio.Future[None] | None = None
    if isinstance(candidates, AsyncIterable):
        reader = asyncio.ensure_future(_read_async(feed, candidates))
    else:
        threading.Thread(
            target=_read, args=(feed, candidates), name="adjudge-stream-read", daemon=True
        ).start()
    threading.Thread(target=run, name="adjudge-stream", daemon=True).start()
    try:
        while (some := await answers.get()) is not None:
            if isinstance(some, BaseException):
                raise some
            for answer in some:
                yield answer
    finally:
        stream.cancel()
        if reader is not None:
            reader.cancel()
            await asyncio.wait([reader])


class Stream:
    """One StreamVerdicts call and its successors."""

    def __init__(
        self, connection: Connection, feed: Feed, options: Options, deadline: Deadline
    ) -> None:
        self._connection = connection
        self._feed = feed
        self._options = options
        self._deadline = deadline
        self._in_full = False
        self._cancelled = threading.Event()
        self._call: grpc.Call | None = None

    def answers(self) -> Generator[list[tuple[int, Verdict]]]:
        """Verdicts with their positions, as the service sends them."""
        retries = Retries(self._deadline, self._options.patience_seconds)
        try:
            while not self._cancelled.is_set():
                call = self._call = self._connection.stream(
                    self._requests(self._feed.connect()), self._deadline.remaining_seconds()
                )
                try:
                    for response in call:
                        retries = Retries(self._deadline, self._options.patience_seconds)
                        yield self._feed.answer(response)
                except grpc.RpcError:
                    self._cancelled.wait(self._after(status_error(call), retries))
                else:
                    self._feed.end()
                    return
            raise CallCancelledError("the stream was cancelled")
        finally:
            self.cancel()

    def cancel(self) -> None:
        """End the stream and the reading of its candidates."""
        self._cancelled.set()
        self._feed.finish()
        if self._call is not None:
            self._call.cancel()

    def _after(self, error: StatusError, retries: Retries) -> float:
        if isinstance(error, FailedPreconditionError) and not self._in_full:
            self._in_full = True  # the service has lost a task that this stream had sent
            return 0.0
        return retries.after(error)

    def _requests(self, number: int) -> Iterator[verifier_service_pb2.StreamVerdictsRequest]:
        """Messages of whatever waits. A long task goes in full once, by digest thereafter."""
        sent: set[Task] = set()
        while candidates := self._feed.take(number):
            for part in split(candidates, self._options):
                message = verifier_service_pb2.StreamVerdictsRequest()
                encoding.add_candidates(message.candidates, part.candidates, part.task_indexes)
                for task in part.tasks:
                    worth = self._connection.known.worth_a_digest(task) and not self._in_full
                    if worth and task in sent:
                        message.tasks.add(digest=task.digest)
                        continue
                    message.tasks.add(verifier=task.verifier, parameters_json=task.parameters_json)
                    if worth:
                        sent.add(task)
                yield message


def _read(feed: Feed, candidates: Iterable[Candidate]) -> None:
    try:
        for candidate in candidates:
            encoding.require_candidates([candidate])
            if not feed.put(candidate):
                return
    except BaseException as error:  # noqa: BLE001 - raised again by the reader of the stream
        feed.finish(error)
    else:
        feed.finish()


async def _read_async(feed: Feed, candidates: AsyncIterable[Candidate]) -> None:
    try:
        async for candidate in candidates:
            encoding.require_candidates([candidate])
            while not feed.offer(candidate):  # noqa: ASYNC110 - a thread makes room, not this loop
                await asyncio.sleep(_FULL_POLL_SECONDS)
    except asyncio.CancelledError:
        raise
    except BaseException as error:  # noqa: BLE001 - raised again by the reader of the stream
        feed.finish(error)
    else:
        feed.finish()
