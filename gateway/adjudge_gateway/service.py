"""The calls of `adjudge.v1.VerifierService`."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING, Final, NoReturn

import grpc
import grpc.aio

from adjudge.v1 import verifier_service_pb2
from adjudge_gateway.errors import Draining, Expired, GatewayError, queue_lost, status_of
from adjudge_gateway.grouping import Groups
from adjudge_gateway.linger import Linger, Member
from adjudge_gateway.stream import VerdictStream
from adjudge_worker.queue import QueueUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from adjudge_gateway.admission import Admission
    from adjudge_gateway.batch import Batch
    from adjudge_gateway.board import Board
    from adjudge_gateway.flights import Flights
    from adjudge_gateway.identity import Identity
    from adjudge_gateway.metrics import Metrics
    from adjudge_gateway.quota import Quota
    from adjudge_gateway.settings import Settings

SERVICE: Final = verifier_service_pb2.DESCRIPTOR.services_by_name["VerifierService"].full_name
FOREVER_SECONDS: Final = 10 * 365 * 86_400.0
"""A deadline further away is none."""

type Context = grpc.aio.ServicerContext[bytes, bytes]

_log = logging.getLogger(__name__)


class VerifierService:
    """Requests and responses pass as bytes; a request is parsed once, a response never."""

    def __init__(
        self,
        *,
        admission: Admission,
        flights: Flights,
        linger: Linger,
        quota: Quota,
        board: Board,
        identity: Identity,
        metrics: Metrics,
        settings: Settings,
    ) -> None:
        self._admission = admission
        self._flights = flights
        self._linger = linger
        self._quota = quota
        self._board = board
        self._identity = identity
        self._metrics = metrics
        self._stream_items = settings.stream_items
        self._max_batch = settings.max_batch
        self.draining = False
        """True from SIGTERM on: new calls are refused."""

    def handler(self) -> grpc.GenericRpcHandler:
        """The service for a grpc.aio server."""
        return grpc.method_handlers_generic_handler(
            SERVICE,
            {
                "VerifyCandidates": grpc.unary_unary_rpc_method_handler(self.verify_candidates),
                "StreamVerdicts": grpc.stream_stream_rpc_method_handler(self.stream_verdicts),
                "GroupAnswers": grpc.unary_unary_rpc_method_handler(self.group_answers),
                "ListVerifiers": grpc.unary_unary_rpc_method_handler(self.list_verifiers),
            },
        )

    async def verify_candidates(self, data: bytes, context: Context) -> bytes:
        """Judge a batch."""
        async with self._statuses(context):
            tenant, deadline_unix_ms = self._begin(context)
            batch = await self._admission.batch(data)
            self._metrics.requests += 1
            self._metrics.items += len(batch)
            if len(batch) == 1 and not batch.request_id:
                return await self._judge_one(batch, tenant, deadline_unix_ms)
            return await self._flights.judge(
                batch, tenant=tenant, deadline_unix_ms=deadline_unix_ms
            )

    async def stream_verdicts(
        self, messages: AsyncIterator[bytes], context: Context
    ) -> AsyncIterator[bytes]:
        """Judge candidates as they come."""
        async with self._statuses(context):
            tenant, deadline_unix_ms = self._begin(context)
            stream = VerdictStream(
                self._admission,
                self._linger,
                self._quota,
                self._metrics,
                tenant=tenant,
                deadline_unix_ms=deadline_unix_ms,
                most_items=self._stream_items,
            )
            async with contextlib.aclosing(stream.serve(messages)) as responses:
                async for response in responses:
                    yield response

    async def group_answers(self, data: bytes, context: Context) -> bytes:
        """Tell which completions of a group give the same answer."""
        async with self._statuses(context):
            tenant, deadline_unix_ms = self._begin(context)
            groups = Groups(data, max_batch=self._max_batch)
            batch = groups.batch()
            self._metrics.requests += 1
            self._metrics.items += len(batch)
            return groups.answer(
                await self._flights.judge(batch, tenant=tenant, deadline_unix_ms=deadline_unix_ms)
            )

    async def list_verifiers(self, _: bytes, context: Context) -> bytes:
        """List what the live workers know."""
        async with self._statuses(context):
            self._begin(context)
            try:
                catalogue = await self._board.fresh_catalogue()
            except QueueUnavailable as error:
                raise queue_lost(error) from error
            return catalogue.SerializeToString()

    async def _judge_one(self, batch: Batch, tenant: str, deadline_unix_ms: int) -> bytes:
        """A single candidate, which may share a chunk with those of other calls."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

        def deliver(_: int, verdict: bytes) -> None:
            if not answer.done():
                answer.set_result(verdict)

        def fail(error: GatewayError) -> None:
            if not answer.done():
                answer.set_exception(error)

        with self._reserved(tenant, batch):
            member = Member(batch, tenant, deadline_unix_ms, deliver, fail)
            self._linger.join(member)
            try:
                return await answer
            finally:
                if answer.cancelled():
                    self._linger.leave(member)

    @contextlib.contextmanager
    def _reserved(self, tenant: str, batch: Batch) -> Iterator[None]:
        size_bytes = batch.size_bytes
        self._quota.reserve(tenant, len(batch), size_bytes)
        try:
            yield
        finally:
            self._quota.release(tenant, len(batch), size_bytes)

    def _begin(self, context: Context) -> tuple[str, int]:
        """Tenant and deadline in Unix milliseconds (0 for none) of a call that may go on."""
        tenant = self._identity.tenant(context.invocation_metadata() or ())
        if self.draining:
            raise Draining("this gateway shuts down; retry with the same request_id")
        if self._board.redis_gone_since is not None:
            raise queue_lost(self._board.redis_trouble)
        left = context.time_remaining()
        if left is None or left > FOREVER_SECONDS:
            return tenant, 0
        if left <= 0:
            raise Expired("the deadline had passed before the call was read")
        return tenant, int((time.time() + left) * 1000)

    @contextlib.asynccontextmanager
    async def _statuses(self, context: Context) -> AsyncIterator[None]:
        """End the call with the status that belongs to what went wrong."""
        try:
            yield
        except GatewayError as error:
            self._metrics.rejections[getattr(error, "reason", type(error).__name__)] += 1
            await _abort(context, error)
        except (grpc.aio.AbortError, asyncio.CancelledError, GeneratorExit):
            raise
        except Exception:  # noqa: BLE001 - the boundary: logged here, told as INTERNAL
            _log.exception("a call failed by our fault")
            await context.abort(
                grpc.StatusCode.INTERNAL, "adjudge failed; the gateway's log says more"
            )


async def _abort(context: Context, error: GatewayError) -> NoReturn:
    status = status_of(error)
    await context.abort(status.code, status.message, status.trailing_metadata)
