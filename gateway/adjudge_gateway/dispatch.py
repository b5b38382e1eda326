"""Sends spans to the workers and takes their results: one writer, one reader, short queues."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter, OrderedDict, defaultdict
from typing import TYPE_CHECKING, Final

from google.protobuf.message import DecodeError

from adjudge.v1.outcome_pb2 import OUTCOME_DEADLINE_EXCEEDED
from adjudge.v1.verifier_service_pb2 import VerifyCandidatesResponse
from adjudge_gateway.backlog import Backlog
from adjudge_gateway.span import Life, Span
from adjudge_gateway.wire import VERDICTS_TAG, MalformedWire, frame_ends
from adjudge_worker.queue import Dispatcher, Job, QueueUnavailable, Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge_gateway.board import Board
    from adjudge_gateway.costs import CostModel
    from adjudge_gateway.errors import GatewayError
    from adjudge_gateway.metrics import Metrics
    from adjudge_gateway.settings import Settings
    from adjudge_gateway.tasks import KnownTask

STORED_SECONDS: Final = 600.0
"""A task put to Redis is not put again for so long; it stays there for an hour."""
STORED_NAMES: Final = 65_536
"""Tasks remembered as stored."""

_log = logging.getLogger(__name__)


class Dispatch:
    """Owns every span between admission and answer."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        board: Board,
        costs: CostModel,
        metrics: Metrics,
        settings: Settings,
        *,
        gateway_id: str,
    ) -> None:
        self.lives: dict[str, Life] = {}
        """Jobs under way by id."""
        self._dispatcher = dispatcher
        self._board = board
        self._costs = costs
        self._metrics = metrics
        self._settings = settings
        self._gateway_id = gateway_id
        self._backlogs: defaultdict[str, Backlog[Span]] = defaultdict(
            lambda: Backlog(settings.chunk_seconds)
        )
        self._under_way: Counter[str] = Counter()
        self._superseded: dict[str, Life] = {}
        self._urgent: list[Life] = []
        self._cancelled: list[str] = []
        self._stored_at: OrderedDict[bytes, float] = OrderedDict()
        self._work = asyncio.Event()
        board.on_change(self._work.set)

    # Asked by those who wait.

    def submit(self, spans: Iterable[Span]) -> None:
        """Let ``spans`` wait for their turn."""
        for span in spans:
            self._backlogs[span.pool].push(span)
        self._work.set()

    def attach(self, span: Span) -> None:
        """Watch a job that another gateway has sent, instead of sending one."""
        self._register(Life(span, self._job(span, span.job_id), 0, len(span), attached=True))

    def take(self, span: Span, result: Result) -> bool:
        """Use a kept result for ``span``; False when it is no good."""
        life = Life(span, self._job(span, span.job_id), 0, len(span), attached=True)
        return self._accept(life, result)

    def withdraw(self, spans: Iterable[Span]) -> None:
        """Forget ``spans``: nobody waits for them any more. Their jobs are cancelled."""
        for span in spans:
            if not self._backlogs[span.pool].remove(span):
                self._cancelled += self._close(span)
        self._work.set()

    def idle_slots(self, pool: str) -> int:
        """Live slots of ``pool`` that have nothing to do."""
        busy = self._under_way[pool] + len(self._backlogs[pool])
        return max(0, self._board.slots(pool) - busy)

    def busy(self, pool: str) -> bool:
        """Whether anything waits or runs in ``pool``."""
        return bool(self._under_way[pool] or self._backlogs[pool])

    # Asked by the watch.

    def send_again(self, lost: Life, lives: Iterable[Life]) -> None:
        """Replace a lost job by ``lives``, before everything that waits. It may still answer."""
        self._unregister(lost)
        self._superseded[lost.job.id] = lost
        for life in lives:
            self._metrics.redispatches += 1
            self._metrics.blamed += life.job.blamed
            for task in life.span.stored_tasks:
                self._stored_at.pop(task.digest, None)
            self._register(life)
            self._urgent.append(life)
        self._work.set()

    def fail(self, spans: Iterable[Span], error: GatewayError) -> None:
        """Tell the owners that ``spans`` will never be answered."""
        for span in spans:
            self._backlogs[span.pool].remove(span)
            self._cancelled += self._close(span)
            span.owner.failed(span, error)
        self._work.set()

    def waiting(self) -> list[Span]:
        """Every span that waits or runs."""
        waiting = [span for backlog in self._backlogs.values() for span in backlog]
        return [*waiting, *dict.fromkeys(life.span for life in self.lives.values())]

    def take_kept(self, life: Life, result: Result) -> None:
        """A job of another gateway has been answered."""
        self._on_result(life, result)

    def job(self, life: Life, *, offset: int, chunk: bytes, count: int, blamed: bool) -> Job:
        """The job that carries on a part of a lost one."""
        before = life.job
        return Job(
            id=life.next_id(offset, count),
            pool=before.pool,
            verifier=before.verifier,
            gateway=self._gateway_id,
            deadline_unix_ms=life.span.deadline_unix_ms,
            tenant=before.tenant,
            attempt=before.attempt + 1,
            keep=before.keep,
            blamed=blamed,
            chunk=chunk,
        )

    # Tasks for ever.

    async def write(self) -> None:
        """The one writer: cancels, repeats what was lost, and keeps the windows full."""
        while True:
            await self._work.wait()
            self._work.clear()
            urgent, self._urgent = self._urgent, []
            cancelled, self._cancelled = self._cancelled, []
            fresh = [] if self._board.redis_gone_since is not None else self._fill_windows()
            try:
                if cancelled:
                    await self._dispatcher.cancel(cancelled)
                await self._send([life for life in urgent if life.job.id in self.lives], front=True)
                await self._send(fresh, front=False)
            except QueueUnavailable as error:
                # Registered lives are missing from Redis: the watch sends them again.
                self._board.lost(error)

    async def read(self) -> None:
        """The one reader of this gateway's result stream."""
        async for results in self._dispatcher.results():
            for result in results:
                life = self.lives.get(result.job_id) or self._superseded.get(result.job_id)
                if life is None:
                    self._metrics.late += 1
                else:
                    self._on_result(life, result)

    # Inside.

    def _fill_windows(self) -> list[Life]:
        """Spans whose turn it is, registered as lives."""
        lives = []
        for pool, backlog in self._backlogs.items():
            window = self._settings.slot_window * self._board.slots(pool) + 2
            while self._under_way[pool] < window and (span := backlog.pop()):
                life = Life(span, self._job(span, span.job_id), 0, len(span))
                self._register(life)
                lives.append(life)
        return lives

    async def _send(self, lives: Sequence[Life], *, front: bool) -> None:
        if not lives:
            return
        await self._store({task.digest: task for life in lives for task in life.span.stored_tasks})
        self._metrics.chunks += len(lives)
        await self._dispatcher.enqueue([life.job for life in lives], front=front)

    async def _store(self, tasks: dict[bytes, KnownTask]) -> None:
        """Put tasks to Redis that are not known to lie there."""
        now = time.monotonic()
        wanted = [
            digest
            for digest in tasks
            if self._stored_at.get(digest, now - STORED_SECONDS) <= now - STORED_SECONDS
        ]
        if not wanted:
            return
        there = await self._dispatcher.touch_tasks(wanted)
        await self._dispatcher.put_tasks(
            {
                digest: stored
                for digest, found in zip(wanted, there, strict=True)
                if not found and (stored := tasks[digest].stored) is not None
            }
        )
        for digest in wanted:
            self._stored_at[digest] = now
        while len(self._stored_at) > STORED_NAMES:
            self._stored_at.popitem(last=False)

    def _job(self, span: Span, job_id: str) -> Job:
        return Job(
            id=job_id,
            pool=span.pool,
            verifier=span.verifier,
            gateway=self._gateway_id,
            deadline_unix_ms=span.deadline_unix_ms,
            tenant=span.tenant,
            attempt=0,
            keep=span.keep,
            blamed=False,
            chunk=span.chunk,
        )

    def _register(self, life: Life) -> None:
        life.outages = self._board.outages
        self.lives[life.job.id] = life
        life.span.lives.add(life.job.id)
        self._under_way[life.job.pool] += 1

    def _unregister(self, life: Life) -> bool:
        if self.lives.pop(life.job.id, None) is None:
            return False
        self._under_way[life.job.pool] -= 1
        return True

    def _close(self, span: Span) -> list[str]:
        """Forget a span's jobs; returns the ids of those that may still run."""
        running = []
        for job_id in span.lives:
            life = self.lives.get(job_id)
            if (life is not None and self._unregister(life)) or self._superseded.pop(
                job_id, None
            ) is not None:
                running.append(job_id)
        span.lives.clear()
        return running

    def _on_result(self, life: Life, result: Result) -> None:
        was_under_way = self._unregister(life)
        self._metrics.results += 1
        if self._accept(life, result):
            span = life.span
            life.span.lives.discard(life.job.id)
            self._superseded.pop(life.job.id, None)
            if span.response is not None:
                self._cancelled += self._close(span)
                span.owner.answered(span)
        elif was_under_way:
            self._register(life)
        self._work.set()

    def _accept(self, life: Life, result: Result) -> bool:
        """Hand a result's verdicts to the span; False when it is not what was asked for."""
        span = life.span
        try:
            ends = frame_ends(result.response, VERDICTS_TAG)
        except MalformedWire:
            ends = []
        if len(ends) != life.count:
            self._metrics.refused_results += 1
            life.refused = "malformed"
            _log.error(
                "worker %s answered job %s with %d verdicts for %d candidates; refused",
                result.worker,
                life.job.id,
                len(ends),
                life.count,
            )
            return False
        if span.renewed and _expired(result.response) and _before(span.deadline_unix_ms):
            life.refused = "expired"
            return False
        if not life.job.blamed:
            self._costs.learn(span.verifier, items=life.count, wall_seconds=result.wall_seconds)
        span.accept(life.offset, ends, result.response)
        return True


def _before(deadline_unix_ms: int) -> bool:
    return not deadline_unix_ms or time.time() * 1000 < deadline_unix_ms


def _expired(response: bytes) -> bool:
    """Whether any verdict says that the deadline had passed."""
    with contextlib.suppress(DecodeError):
        verdicts = VerifyCandidatesResponse.FromString(response).verdicts
        return any(verdict.outcome == OUTCOME_DEADLINE_EXCEEDED for verdict in verdicts)
    return True
