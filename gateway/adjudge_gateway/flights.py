"""Requests under way by id, so that a repeated one joins its first instead of running again."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from adjudge_gateway.answers import RecentAnswers
from adjudge_gateway.errors import GatewayError, InvalidRequest, Violation, queue_lost
from adjudge_gateway.flight import Flight
from adjudge_gateway.plan import MalformedPlan, Plan, derived_job_id, request_key
from adjudge_worker.queue import Dispatcher, JobState, QueueUnavailable

if TYPE_CHECKING:
    from adjudge_gateway.batch import Batch
    from adjudge_gateway.cutting import Cutter
    from adjudge_gateway.dispatch import Dispatch
    from adjudge_gateway.metrics import Metrics
    from adjudge_gateway.quota import Quota
    from adjudge_gateway.settings import Settings
    from adjudge_gateway.span import Span

PLAN_SECONDS: Final = 600
"""How long Redis keeps a plan at most."""
KEPT_SECONDS: Final = 60
"""How long Redis keeps a result, and so a plan after its deadline."""

_log = logging.getLogger(__name__)


def random_job_id(*_: int) -> str:
    """For work that nobody can ask for again."""
    return uuid.uuid4().hex


class Flights:
    """Judges batches."""

    def __init__(
        self,
        *,
        dispatcher: Dispatcher,
        dispatch: Dispatch,
        cutter: Cutter,
        quota: Quota,
        metrics: Metrics,
        settings: Settings,
    ) -> None:
        self._dispatcher = dispatcher
        self._dispatch = dispatch
        self._cutter = cutter
        self._quota = quota
        self._metrics = metrics
        self._by_key: dict[str, Flight] = {}
        self._answers = RecentAnswers(
            limit_bytes=settings.answer_cache_bytes, seconds=settings.answer_cache_seconds
        )

    async def judge(self, batch: Batch, *, tenant: str, deadline_unix_ms: int) -> bytes:
        """Serialised VerifyCandidatesResponse with a verdict for each candidate, in order.

        ``deadline_unix_ms``: 0 for none. Raises Overloaded, InvalidRequest for a request id that
        was used with other content, QueueLost, NoWorkers, ResultRefused. When cancelled, the
        work is withdrawn unless another caller waits for it.
        """
        if batch.request_id:
            return await self._judge_once(batch, tenant, deadline_unix_ms)
        flight = self._new_flight(batch, tenant, deadline_unix_ms)
        self._submit_fresh(flight, tenant)
        return await flight.wait()

    async def _judge_once(self, batch: Batch, tenant: str, deadline_unix_ms: int) -> bytes:
        key = request_key(tenant, batch.request_id)
        if (answer := self._answers.get(key)) is not None:
            _check_same(batch, answer.content)
            self._metrics.joined += 1
            return answer.response
        flight = self._by_key.get(key)
        if flight is not None:
            _check_same(batch, flight.batch.content)
            self._metrics.joined += 1
            flight.extend(deadline_unix_ms)
            return await flight.wait()
        flight = self._new_flight(batch, tenant, deadline_unix_ms)
        self._by_key[key] = flight
        flight.answer.add_done_callback(lambda _: self._land(key, flight))
        flight.launch = asyncio.create_task(self._launch(flight, key, tenant))
        flight.launch.add_done_callback(flight.launched)
        return await flight.wait()

    def _new_flight(self, batch: Batch, tenant: str, deadline_unix_ms: int) -> Flight:
        self._quota.reserve(tenant, len(batch), batch.size_bytes)
        flight = Flight(batch, deadline_unix_ms, self._dispatch.withdraw)
        size_bytes = batch.size_bytes
        flight.answer.add_done_callback(
            lambda _: self._quota.release(tenant, len(batch), size_bytes)
        )
        return flight

    def _land(self, key: str, flight: Flight) -> None:
        del self._by_key[key]
        answer = flight.answer
        if answer.cancelled() or answer.exception() is not None:
            return
        deadline = flight.deadline_unix_ms
        if not deadline or time.time() * 1000 < deadline:  # else it may hold missed deadlines
            self._answers.add(key, flight.batch.content, answer.result())

    def _submit_fresh(self, flight: Flight, tenant: str) -> None:
        spans = self._cutter.spans(
            flight.batch,
            self._cutter.lengths(flight.batch),
            flight,
            tenant=tenant,
            deadline_unix_ms=flight.deadline_unix_ms,
            job_id=random_job_id,
        )
        flight.take_off(spans)
        self._dispatch.submit(spans)

    async def _launch(self, flight: Flight, key: str, tenant: str) -> None:
        """Carry on with what an earlier call with this id has begun, here or elsewhere."""
        try:
            batch = flight.batch
            plan, earlier = await self._claim(key, flight)
            flight.take_off(
                self._cutter.spans(
                    batch,
                    plan.lanes,
                    flight,
                    tenant=tenant,
                    deadline_unix_ms=flight.deadline_unix_ms,
                    job_id=lambda lane, start: derived_job_id(key, batch.content, lane, start),
                    keep=True,
                )
            )
            if earlier:
                await self._recall(flight.spans)
            else:
                self._dispatch.submit(flight.spans)
        except GatewayError as error:
            flight.fail(error)
        except QueueUnavailable as error:
            flight.fail(queue_lost(error))

    async def _claim(self, key: str, flight: Flight) -> tuple[Plan, bool]:
        """The plan to follow, and whether it is an earlier call's."""
        batch = flight.batch
        plan = Plan(batch.content, self._cutter.lengths(batch))
        seconds = PLAN_SECONDS
        if flight.deadline_unix_ms:
            left = flight.deadline_unix_ms / 1000 - time.time()
            seconds = min(PLAN_SECONDS, max(0, int(left)) + KEPT_SECONDS)
        stored = await self._dispatcher.claim(key, plan.encode(), seconds=seconds)
        if stored is None:
            return plan, False
        try:
            earlier = Plan.decode(stored)
        except MalformedPlan:
            _log.warning("the stored plan of a request is malformed; ignored")
            return plan, False
        _check_same(batch, earlier.content)
        if not earlier.fits([len(lane.positions) for lane in batch.lanes()]):
            _log.warning("the stored plan of a request does not fit it; ignored")
            return plan, False
        return earlier, True

    async def _recall(self, spans: list[Span]) -> None:
        """Use results that are kept, watch jobs that are under way, send the rest."""
        pools: defaultdict[str, list[Span]] = defaultdict(list)
        for span in spans:
            span.renewed = True
            pools[span.pool].append(span)
        for pool, members in pools.items():
            ids = [span.job_id for span in members]
            states = await self._dispatcher.look(pool, ids)
            kept = await self._dispatcher.kept(ids)
            for span, state, result in zip(members, states, kept, strict=True):
                if result is not None and self._dispatch.take(span, result):
                    span.owner.answered(span)
                elif state is JobState.MISSING:
                    self._dispatch.submit([span])
                else:
                    self._dispatch.attach(span)


def _check_same(batch: Batch, content: bytes) -> None:
    if batch.content != content:
        raise InvalidRequest(
            [
                Violation(
                    "request_id",
                    "expected the content of the earlier request with this id, got other tasks or "
                    "candidates; use a new id for new content",
                )
            ]
        )
