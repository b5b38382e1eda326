"""Calls while Redis or the workers are away, or nearly full."""

from __future__ import annotations

import asyncio

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from tests.unit.gateway.rig import FakeWorker, Refused, catalogue, request, rig, until

from adjudge_worker.queue import FakeDispatcher


def test_a_full_backlog_is_resource_exhausted_with_a_delay():
    async def scenario():
        async with rig(max_batch=10, tenant_items=10, total_items=20) as it:
            it.worker.paused = True
            first = asyncio.create_task(it.verify(request(*"abcdef")))
            await until(lambda: it.server.quota.total.items == 6)
            with pytest.raises(Refused) as caught:
                await it.verify(request(*"abcdef"))
            assert caught.value.code is grpc.StatusCode.RESOURCE_EXHAUSTED
            (info,) = caught.value.details
            assert isinstance(info, error_details_pb2.RetryInfo)
            assert info.retry_delay.ToMilliseconds() >= 100
            # Another tenant still has room, and so has this one afterwards
            it.worker.paused = False
            assert await it.verify(request("a"), metadata=[("adjudge-tenant", "other")])
            await first
            assert await it.verify(request(*"abcdef"))
            assert it.server.metrics.rejections == {"tenant_items": 1}

    asyncio.run(scenario())


def test_new_work_is_refused_while_redis_is_nearly_full():
    async def scenario():
        async with rig() as it:
            it.dispatcher.used_memory = (80, 100)
            await it.server.board.refresh()
            with pytest.raises(Refused, match="80%") as caught:
                await it.verify(request("a"))
            assert caught.value.code is grpc.StatusCode.RESOURCE_EXHAUSTED

    asyncio.run(scenario())


def test_redis_down_is_unavailable_and_not_serving_until_it_is_back():
    async def scenario():
        dispatcher = FakeDispatcher("g", catalogue=[catalogue("echo")])
        dispatcher.down = True
        async with rig(dispatcher) as it:
            health = health_pb2_grpc.HealthStub(it.channel)
            with pytest.raises(Refused, match="Redis cannot be reached") as caught:
                await it.verify(request("a"))
            assert caught.value.code is grpc.StatusCode.UNAVAILABLE
            answer = await health.Check(health_pb2.HealthCheckRequest())
            assert answer.status == health_pb2.HealthCheckResponse.NOT_SERVING
            dispatcher.down = False
            await until(lambda: it.server.board.redis_gone_since is None)
            assert await it.answers(request("a")) == ["echo {} a"]

    asyncio.run(scenario())


def test_work_under_way_outlives_a_short_outage_of_redis():
    async def scenario():
        async with rig() as it:
            call = asyncio.create_task(it.answers(request(*["hold"] * 10)))
            await until(lambda: it.worker.jobs)
            it.dispatcher.down = True
            await asyncio.sleep(0.3)
            it.dispatcher.down = False
            it.worker.release.set()
            assert await call == ["echo {} hold"] * 10

    asyncio.run(scenario())


def test_work_under_way_fails_when_redis_stays_away():
    async def scenario():
        async with rig(redis_patience_seconds=0.2) as it:
            call = asyncio.create_task(it.verify(request("hold", "hold", request_id="r")))
            await until(lambda: it.worker.jobs)
            it.dispatcher.down = True
            with pytest.raises(Refused, match="away") as caught:
                await call
            assert caught.value.code is grpc.StatusCode.UNAVAILABLE
            assert it.server.quota.total.items == 0
            assert not it.server.dispatch.lives

    asyncio.run(scenario())


def test_without_any_worker_work_waits_and_then_is_unavailable():
    async def scenario():
        dispatcher = FakeDispatcher("g")
        async with rig(dispatcher, worker=FakeWorker(dispatcher, "nowhere"),
                       no_workers_seconds=0.3) as it:  # fmt: skip
            with pytest.raises(Refused, match="no worker has been alive") as caught:
                await it.verify(request("a"))
            assert caught.value.code is grpc.StatusCode.UNAVAILABLE

    asyncio.run(scenario())


def test_work_that_waited_for_its_first_worker_is_done():
    async def scenario():
        dispatcher = FakeDispatcher("g")
        async with rig(dispatcher, worker=FakeWorker(dispatcher)) as it:
            it.worker.paused = True
            call = asyncio.create_task(it.answers(request(*"abc")))
            await asyncio.sleep(0.1)
            dispatcher.catalogue.append(catalogue("echo"))
            it.worker.paused = False
            assert await call == ["echo {} a", "echo {} b", "echo {} c"]

    asyncio.run(scenario())
