"""The gateway as a whole: wires its parts, serves, drains."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from typing import TYPE_CHECKING, Final

import grpc.aio
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from adjudge_gateway.admission import Admission
from adjudge_gateway.board import Board
from adjudge_gateway.costs import CostModel
from adjudge_gateway.credentials import server_credentials
from adjudge_gateway.cutting import Cutter
from adjudge_gateway.dispatch import Dispatch
from adjudge_gateway.flights import Flights
from adjudge_gateway.identity import Identity
from adjudge_gateway.linger import Linger
from adjudge_gateway.metrics import Metrics
from adjudge_gateway.quota import Quota
from adjudge_gateway.service import SERVICE, VerifierService
from adjudge_gateway.tasks import TaskShelf
from adjudge_gateway.watch import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from adjudge_gateway.settings import Settings
    from adjudge_worker.queue import Dispatcher

NOTICE_SECONDS: Final = 0.5
"""Between saying NOT_SERVING and refusing calls: time for clients to look elsewhere."""

_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING

_log = logging.getLogger(__name__)


class CannotListen(OSError):
    """Raised when the address to serve on cannot be had."""


class GatewayServer:
    """One gateway process. ``gateway_id`` names its result stream and must be fresh."""

    def __init__(self, settings: Settings, dispatcher: Dispatcher, *, gateway_id: str) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.address = ""
        """HOST:PORT once serving."""
        self._dispatcher = dispatcher
        self.board = Board(dispatcher, default_pool=settings.default_pool)
        self.costs = CostModel(settings.initial_item_seconds)
        self.dispatch = Dispatch(
            dispatcher, self.board, self.costs, self.metrics, settings, gateway_id=gateway_id
        )
        self.quota = Quota(settings, self.board)
        cutter = Cutter(self.board, self.costs, self.dispatch, settings)
        shelf = TaskShelf(
            dispatcher,
            limit_bytes=settings.task_cache_bytes,
            inline_bytes=settings.inline_task_bytes,
        )
        self._watch = Watch(self.dispatch, dispatcher, self.board, settings)
        self.service = VerifierService(
            admission=Admission(shelf, max_batch=settings.max_batch),
            flights=Flights(
                dispatcher=dispatcher,
                dispatch=self.dispatch,
                cutter=cutter,
                quota=self.quota,
                metrics=self.metrics,
                settings=settings,
            ),
            linger=Linger(cutter, self.dispatch, settings),
            quota=self.quota,
            board=self.board,
            identity=Identity.from_file(settings.tokens_file)
            if settings.tokens_file
            else Identity(),
            metrics=self.metrics,
            settings=settings,
        )
        self._health = health.aio.HealthServicer()
        self._health_said = health_pb2.HealthCheckResponse.UNKNOWN
        self._health_changed = asyncio.Event()
        self._server = grpc.aio.server(
            options=[
                ("grpc.max_receive_message_length", settings.max_message_bytes),
                ("grpc.max_send_message_length", -1),
                ("grpc.so_reuseport", 0),
                ("grpc.http2.min_ping_interval_without_data_ms", 5_000),
                ("grpc.keepalive_permit_without_calls", 1),
            ]
        )
        self._leaving = False
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Listen and work; health says NOT_SERVING until Redis is there. Raises CannotListen."""
        self._server.add_generic_rpc_handlers((self.service.handler(),))
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        described = (
            SERVICE,
            health_pb2.DESCRIPTOR.services_by_name["Health"].full_name,
            reflection.SERVICE_NAME,
        )
        reflection.enable_server_reflection(described, self._server)
        self.address = self._listen()
        await self._say(_NOT_SERVING)
        self.board.on_change(self._health_changed.set)
        await self._server.start()
        self._tasks = [
            asyncio.create_task(work, name=name)
            for name, work in (
                ("board", self.board.run()),
                ("writer", self.dispatch.write()),
                ("reader", self.dispatch.read()),
                ("watch", self._watch.run()),
                ("health", self._tell_health()),
            )
        ]

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``; then drain. Raises what ended one of the tasks by our fault."""
        stopping = asyncio.create_task(stop.wait())
        try:
            done, _ = await asyncio.wait(
                [stopping, *self._tasks], return_when=asyncio.FIRST_COMPLETED
            )
            for task in done - {stopping}:
                task.result()
                raise RuntimeError(f"the task {task.get_name()} has ended by itself")
            await self.drain()
        finally:
            stopping.cancel()
            await self.close()

    async def drain(self) -> None:
        """Say NOT_SERVING, give clients a moment, finish what is under way."""
        _log.info("draining: %d candidates under way", self.quota.total.items)
        self._leaving = True
        await self._say(_NOT_SERVING)
        await asyncio.sleep(NOTICE_SECONDS)
        self.service.draining = True
        await self._server.stop(self.settings.drain_seconds)

    async def close(self) -> None:
        """End everything at once. Idempotent."""
        await self._server.stop(None)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._dispatcher.close()
        _log.info("counters: %s", self.metrics.summary())

    def _listen(self) -> str:
        host, _, _ = self.settings.listen.rpartition(":")
        credentials = server_credentials(self.settings)
        try:
            if credentials is None:
                port = self._server.add_insecure_port(self.settings.listen)
            else:
                port = self._server.add_secure_port(self.settings.listen, credentials)
        except RuntimeError as error:
            raise CannotListen(f"cannot listen on {self.settings.listen}: {error}") from error
        if not port:
            raise CannotListen(f"cannot listen on {self.settings.listen}")
        return f"{host}:{port}"

    async def _tell_health(self) -> None:
        while True:
            await self._health_changed.wait()
            self._health_changed.clear()
            gone = self.board.redis_gone_since is not None
            await self._say(_NOT_SERVING if gone or self._leaving else _SERVING)

    async def _say(self, status: health_pb2.HealthCheckResponse.ServingStatus.ValueType) -> None:
        if status == self._health_said:
            return
        self._health_said = status
        await self._health.set("", status)
        await self._health.set(SERVICE, status)
        if status == _SERVING:
            _log.info("serving on %s", self.address)
            if self.settings.ready_file is not None:
                write_ready_file(self.settings.ready_file, self.address)


def write_ready_file(path: Path, address: str) -> None:
    """Tell the parent where we serve, all at once."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps({"address": address}) + "\n", "utf-8")
    draft.replace(path)


def fresh_gateway_id() -> str:
    """An id that no gateway has had before, readable by a person."""
    host = "".join(c if c.isalnum() else "-" for c in socket.gethostname())[:40].strip("-")
    return f"{host or 'gateway'}-{os.getpid()}-{os.urandom(6).hex()}"
