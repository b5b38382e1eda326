"""A gateway on loopback with the queue's fake and a worker whose misbehaviour tests choose."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import grpc
import grpc.aio
from google.rpc import error_details_pb2, status_pb2

from adjudge.v1.outcome_pb2 import (
    OUTCOME_CORRECT,
    OUTCOME_DEADLINE_EXCEEDED,
    OUTCOME_RUNTIME_ERROR,
)
from adjudge.v1.task_pb2 import Task
from adjudge.v1.verdict_pb2 import Verdict
from adjudge.v1.verifier_service_pb2 import (
    ListVerifiersResponse,
    VerifyCandidatesRequest,
    VerifyCandidatesResponse,
)
from adjudge_gateway.server import GatewayServer
from adjudge_gateway.settings import Settings
from adjudge_worker.queue import FakeDispatcher, Job, PoolState, Result

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

SERVICE = "/adjudge.v1.VerifierService/"
PATIENCE_SECONDS = 10.0


def catalogue(*names: str, pool: str = "default", slots: int = 2) -> PoolState:
    """A pool with these verifiers."""
    response = ListVerifiersResponse()
    for name in names:
        response.verifiers.add(name=name, version="1", available=True)
    return PoolState(pool, slots, response.SerializeToString())


def request(
    *completions: str, verifier: str = "echo", tasks: Sequence[Task] = (), **fields: Any
) -> VerifyCandidatesRequest:
    """A batch with one task, or with these tasks used in turn."""
    message = VerifyCandidatesRequest(**fields)
    message.tasks.extend(tasks or [Task(verifier=verifier, parameters_json="{}")])
    for position, completion in enumerate(completions):
        message.candidates.add(task_index=position % len(message.tasks), completion=completion)
    return message


class FakeWorker:
    """Takes jobs as a slot does. A verdict's answer is `<verifier> <parameters> <completion>`.

    A completion that holds "kill" takes the worker down for as long as it is not blamed; jobs with
    "hold" in them wait for ``release``.
    """

    def __init__(self, dispatcher: FakeDispatcher, *pools: str) -> None:
        self.dispatcher = dispatcher
        self.pools = pools or ("default",)
        self.jobs: list[Job] = []
        self.judged: Counter[str] = Counter()
        """Executions by completion."""
        self.release = asyncio.Event()
        self.paused = False
        self.wall_seconds = 1e-4
        """Pretended, for each candidate."""
        self.malformed = 0
        """So many results are sent one verdict short."""
        self.deaths = 0
        self._held: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Work for ever."""
        try:
            while True:
                jobs = [self.dispatcher.take(pool) for pool in self.pools if not self.paused]
                for job in filter(None, jobs):
                    self.jobs.append(job)
                    if b"hold" in job.chunk:
                        task = asyncio.create_task(self._hold(job))
                        self._held.add(task)
                        task.add_done_callback(self._held.discard)
                    else:
                        self.work(job)
                await asyncio.sleep(0 if any(jobs) else 0.001)
        finally:
            for task in self._held:
                task.cancel()

    async def _hold(self, job: Job) -> None:
        while not self.release.is_set() and not self.dispatcher.cancelled(job.id):  # noqa: ASYNC110 - two conditions
            await asyncio.sleep(0.005)
        if self.dispatcher.cancelled(job.id):
            self.dispatcher.die(job.id)
        else:
            self.work(job)

    def work(self, job: Job) -> None:
        """Judge a job, or die of it."""
        chunk = VerifyCandidatesRequest.FromString(job.chunk)
        if b"kill" in job.chunk and not job.blamed:
            self.deaths += 1
            asyncio.get_running_loop().call_later(0.12, self.dispatcher.die, job.id)
            return
        response = VerifyCandidatesResponse()
        for candidate in chunk.candidates:
            task = chunk.tasks[candidate.task_index]
            if not task.verifier:
                task = Task.FromString(self.dispatcher.tasks[task.digest])
            assert task.verifier == job.verifier
            self.judged[candidate.completion] += 1
            response.verdicts.append(_verdict(job, task, candidate.completion, candidate.id))
        if self.malformed:
            self.malformed -= 1
            del response.verdicts[0]
        items = len(chunk.candidates)
        self.dispatcher.finish(
            Result(job.id, response.SerializeToString(), "fake", self.wall_seconds * items, items)
        )


def _verdict(job: Job, task: Task, completion: str, name: str) -> Verdict:
    if job.blamed:
        return Verdict(
            candidate_id=name, outcome=OUTCOME_RUNTIME_ERROR, reward=0, answer=completion
        )
    if "late" in completion:
        return Verdict(candidate_id=name, outcome=OUTCOME_DEADLINE_EXCEEDED, answer=completion)
    answer = f"{task.verifier} {task.parameters_json} {completion}"
    return Verdict(candidate_id=name, outcome=OUTCOME_CORRECT, reward=1, answer=answer)


@dataclasses.dataclass
class Refused(Exception):
    """A call that ended with another status than OK, its details unpacked."""

    code: grpc.StatusCode
    message: str
    details: list[Any]

    @classmethod
    def of(cls, error: grpc.aio.AioRpcError) -> Refused:
        unpacked = []
        for key, value in error.trailing_metadata() or ():
            if key == "grpc-status-details-bin":
                status = status_pb2.Status.FromString(value)
                assert (status.code, status.message) == (error.code().value[0], error.details())
                for detail in status.details:
                    kind = getattr(error_details_pb2, detail.type_url.rpartition(".")[2])
                    unpacked.append(kind.FromString(detail.value))
        return cls(error.code(), error.details() or "", unpacked)


@dataclasses.dataclass
class Rig:
    """What a test has to do with."""

    server: GatewayServer
    dispatcher: FakeDispatcher
    worker: FakeWorker
    channel: grpc.aio.Channel

    async def raw(self, data: bytes, method: str = "VerifyCandidates", **more: Any) -> bytes:
        """One unary call with these bytes. Raises Refused."""
        more.setdefault("timeout", PATIENCE_SECONDS)
        try:
            return await self.channel.unary_unary(SERVICE + method)(data, **more)
        except grpc.aio.AioRpcError as error:
            raise Refused.of(error) from error

    async def verify(self, message: VerifyCandidatesRequest, **more: Any) -> list[Verdict]:
        """One batch. Raises Refused."""
        answer = await self.raw(message.SerializeToString(), **more)
        return list(VerifyCandidatesResponse.FromString(answer).verdicts)

    async def answers(self, message: VerifyCandidatesRequest, **more: Any) -> list[str]:
        """The verdicts' answers. Raises Refused."""
        return [verdict.answer for verdict in await self.verify(message, **more)]


class SharedQueue(FakeDispatcher):
    """One queue for several gateways, each with its own results."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._streams: defaultdict[str, asyncio.Queue[Result]] = defaultdict(asyncio.Queue)

    def finish(self, result: Result) -> None:
        job = self._payloads.get(result.job_id)
        if job is not None:
            self._results = self._streams[job.gateway]
            super().finish(result)

    def of(self, gateway_id: str) -> Any:
        """The queue as one gateway sees it."""
        return _View(self, self._streams[gateway_id])


class _View:
    def __init__(self, queue: SharedQueue, stream: asyncio.Queue[Result]) -> None:
        self._queue, self._stream = queue, stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queue, name)

    async def results(self) -> AsyncIterator[list[Result]]:
        while True:
            yield [await self._stream.get()]


async def until(condition: Any) -> None:
    """Wait until ``condition()`` holds; fails after a while."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - any condition
            await asyncio.sleep(0.002)


@contextlib.asynccontextmanager
async def rig(
    dispatcher: FakeDispatcher | None = None,
    *pools: PoolState,
    worker: FakeWorker | None = None,
    gateway_id: str = "g",
    **settings: Any,
) -> AsyncIterator[Rig]:
    """A gateway that serves, with a worker; ``dispatcher`` may be one that others use too."""
    pools = pools or (catalogue("echo", "other"),)
    dispatcher = dispatcher or FakeDispatcher("g", catalogue=pools)
    settings = {"listen": "127.0.0.1:0", "look_seconds": 0.05} | settings
    server = GatewayServer(Settings(**settings), dispatcher, gateway_id=gateway_id)
    await server.start()
    worker = worker or FakeWorker(dispatcher, *(pool.name for pool in dispatcher.catalogue))
    working = asyncio.create_task(worker.run())
    try:
        if not dispatcher.down:
            await until(lambda: server.board.redis_gone_since is None)
        async with grpc.aio.insecure_channel(server.address) as channel:
            yield Rig(server, dispatcher, worker, channel)
    finally:
        working.cancel()
        await server.close()
        if working.done() and not working.cancelled():
            working.result()
