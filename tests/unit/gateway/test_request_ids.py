"""A request that is repeated is not judged again."""

from __future__ import annotations

import asyncio

import grpc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.gateway.rig import (
    FakeWorker,
    Refused,
    SharedQueue,
    catalogue,
    request,
    rig,
    until,
)

from adjudge.v1.task_pb2 import Task
from adjudge_gateway.plan import request_key
from adjudge_worker.queue import FakeDispatcher


def numbered(count: int, *, prefix: str = "c", **more):
    return request(*[f"{prefix}{number}" for number in range(count)], request_id="r", **more)


def test_a_second_call_joins_the_first():
    async def scenario():
        async with rig() as it:
            calls = [asyncio.create_task(it.answers(numbered(50, prefix="hold"))) for _ in range(3)]
            await until(lambda: it.server.metrics.joined == 2)
            await until(lambda: it.worker.jobs)
            it.worker.release.set()
            first, second, third = await asyncio.gather(*calls)
            assert first == second == third
            assert set(it.worker.judged.values()) == {1}
            assert it.server.metrics.items == 150

    asyncio.run(scenario())


def test_a_call_that_comes_later_gets_the_same_answer():
    async def scenario():
        async with rig() as it:
            first = await it.raw(numbered(50).SerializeToString())
            assert await it.raw(numbered(50).SerializeToString()) == first
            assert set(it.worker.judged.values()) == {1}

    asyncio.run(scenario())


@pytest.mark.parametrize("finished", [True, False])
def test_the_same_id_with_other_content_is_refused(finished):
    async def scenario():
        async with rig() as it:
            it.worker.paused = not finished
            first = asyncio.create_task(it.answers(request("a", "b", request_id="r")))
            await until(lambda: first.done() if finished else it.server.dispatch.lives)
            for other in (request("a", "c", request_id="r"), request("a", request_id="r")):
                with pytest.raises(Refused) as caught:
                    await it.answers(other)
                assert caught.value.code is grpc.StatusCode.INVALID_ARGUMENT
                assert caught.value.details[0].field_violations[0].field == "request_id"
            it.worker.paused = False
            assert len(await first) == 2

    asyncio.run(scenario())


def test_the_same_id_of_another_tenant_is_another_request():
    async def scenario():
        async with rig() as it:
            await it.answers(request("a", request_id="r"))
            other = [("adjudge-tenant", "other")]
            assert await it.answers(request("b", request_id="r"), metadata=other) == ["echo {} b"]

    asyncio.run(scenario())


def test_work_goes_on_while_any_caller_waits():
    async def scenario():
        async with rig() as it:
            calls = [asyncio.create_task(it.answers(numbered(20, prefix="hold"))) for _ in range(2)]
            await until(lambda: it.server.metrics.joined and it.worker.jobs)
            calls[0].cancel()
            await asyncio.sleep(0.1)
            it.worker.release.set()
            assert len(await calls[1]) == 20
            assert set(it.worker.judged.values()) == {1}

    asyncio.run(scenario())


def test_the_last_caller_to_leave_takes_the_work_along():
    async def scenario():
        async with rig() as it:
            calls = [asyncio.create_task(it.answers(numbered(20, prefix="hold"))) for _ in range(2)]
            await until(lambda: it.server.metrics.joined and it.worker.jobs)
            for call in calls:
                call.cancel()
            await until(lambda: it.server.quota.total.items == 0)
            await until(lambda: all(it.dispatcher.cancelled(job.id) for job in it.worker.jobs))
            # And a later one starts anew
            it.worker.release.set()
            assert len(await it.answers(numbered(20, prefix="hold"))) == 20

    asyncio.run(scenario())


@given(
    counts=st.lists(st.integers(0, 40), min_size=2, max_size=3).filter(sum),
    seconds=st.sampled_from([1e-4, 0.02, 1.0]),
    other_seconds=st.sampled_from([1e-4, 0.02, 1.0]),
    judged=st.floats(0, 1),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_fresh_gateway_carries_on_where_a_dead_one_was(counts, seconds, other_seconds, judged):
    """Finished chunks are used again, running ones are joined, whatever the gateways' costs."""
    tasks = [Task(verifier=name, parameters_json="{}") for name in ("echo", "other")]
    message = request(*[f"c{n}" for n in range(sum(counts))], tasks=tasks, request_id="r")

    async def scenario():
        dispatcher = FakeDispatcher("g", catalogue=[catalogue("echo", "other")])
        worker = FakeWorker(dispatcher)
        # Given a gateway that dies after some of the work was done
        async with rig(dispatcher, worker=worker, initial_item_seconds=seconds) as dead:
            finish, finished = dispatcher.finish, []

            def finish_some(result):
                if not finished or len(finished) < judged * len(worker.jobs):
                    finished.append(result)
                    finish(result)

            dispatcher.finish = finish_some
            call = asyncio.create_task(dead.answers(message))
            await until(lambda: worker.jobs)
            await asyncio.sleep(0.02)
            # It dies: nothing is cancelled, nobody reads its results
            dead.server.dispatch.withdraw = lambda _: None
            dead.server.dispatch._close = lambda _: []
            call.cancel()
        dispatcher.finish = finish
        for job in worker.jobs:
            dispatcher.die(job.id)
        before = {result.job_id for result in finished}
        # When the same request comes to another one
        async with rig(dispatcher, worker=worker, initial_item_seconds=other_seconds) as fresh:
            answers = await fresh.answers(message)
            # Then everything is answered, and what was finished has not run again
            assert answers == [f"{tasks[n % 2].verifier} {{}} c{n}" for n in range(sum(counts))]
            ids = [job.id for job in worker.jobs]
            assert all(ids.count(job_id) == 1 for job_id in before)

    asyncio.run(scenario())


def test_a_job_that_still_runs_is_joined_by_a_fresh_gateway():
    async def scenario():
        queue = SharedQueue(catalogue=[catalogue("echo")])
        worker = FakeWorker(queue)
        message = numbered(10, prefix="hold")
        async with (
            rig(queue.of("a"), worker=worker, gateway_id="a") as first,
            rig(queue.of("b"), worker=worker, gateway_id="b") as second,
        ):
            calls = [asyncio.create_task(first.answers(message))]
            await until(lambda: worker.jobs)
            calls.append(asyncio.create_task(second.answers(message)))
            await until(lambda: second.server.dispatch.lives and first.server.dispatch.lives)
            await asyncio.sleep(0.2)
            worker.release.set()
            answers = await asyncio.gather(*calls)
            assert answers[0] == answers[1] == [f"echo {{}} hold{n}" for n in range(10)]
            assert set(worker.judged.values()) == {1}

    asyncio.run(scenario())


def test_two_gateways_that_get_a_request_at_once_both_answer_it():
    async def scenario():
        queue = SharedQueue(catalogue=[catalogue("echo")])
        worker = FakeWorker(queue)
        message = numbered(30)
        async with (
            rig(queue.of("a"), worker=worker, gateway_id="a") as first,
            rig(queue.of("b"), worker=worker, gateway_id="b") as second,
        ):
            answers = await asyncio.gather(first.answers(message), second.answers(message))
            assert answers[0] == answers[1] == [f"echo {{}} c{n}" for n in range(30)]
            assert max(worker.judged.values()) <= 2

    asyncio.run(scenario())


def test_other_content_is_refused_by_a_fresh_gateway_too():
    async def scenario():
        dispatcher = FakeDispatcher("g", catalogue=[catalogue("echo")])
        async with rig(dispatcher) as first, rig(dispatcher) as second:
            await first.answers(request("a", request_id="r"))
            with pytest.raises(Refused) as caught:
                await second.answers(request("b", request_id="r"))
            assert caught.value.code is grpc.StatusCode.INVALID_ARGUMENT

    asyncio.run(scenario())


@pytest.mark.parametrize("stored", [b"", b"nonsense", bytes(32) + b"\xff\xff\xff"])
def test_a_stored_plan_that_is_no_good_is_ignored(stored):
    async def scenario():
        async with rig() as it:
            it.dispatcher._claims[request_key("default", "r")] = stored
            assert await it.answers(request("a", request_id="r")) == ["echo {} a"]

    asyncio.run(scenario())


def test_finished_work_is_kept_for_the_retry_when_the_deadline_passes():
    async def scenario():
        async with rig(initial_item_seconds=1.0) as it:
            message = request("quick", "hold", request_id="r")
            with pytest.raises(Refused) as caught:
                await it.verify(message, timeout=0.3)
            assert caught.value.code is grpc.StatusCode.DEADLINE_EXCEEDED
            it.worker.release.set()
            assert await it.answers(message) == ["echo {} quick", "echo {} hold"]
            assert it.worker.judged["quick"] == 1

    asyncio.run(scenario())


def test_a_verdict_that_missed_an_earlier_deadline_is_not_served_to_a_retry():
    async def scenario():
        dispatcher = FakeDispatcher("g", catalogue=[catalogue("echo")])
        worker = FakeWorker(dispatcher)
        message = request("late", "b", request_id="r")
        async with rig(dispatcher, worker=worker, initial_item_seconds=1e-4) as first:
            await first.answers(message)
        async with rig(dispatcher, worker=worker) as second:
            # The kept result says DEADLINE_EXCEEDED: it is judged again, in a new life
            call = asyncio.create_task(second.answers(message, timeout=0.5))
            with pytest.raises(Refused):
                await call
            assert worker.judged["late"] > 1

    asyncio.run(scenario())


def test_a_failed_request_may_be_tried_again():
    async def scenario():
        async with rig(redis_patience_seconds=0.1) as it:
            call = asyncio.create_task(it.answers(request("hold", request_id="r")))
            await until(lambda: it.worker.jobs)
            it.dispatcher.down = True
            with pytest.raises(Refused):
                await call
            it.dispatcher.down = False
            it.worker.release.set()
            await until(lambda: it.server.board.redis_gone_since is None)
            assert await it.answers(request("hold", request_id="r")) == ["echo {} hold"]

    asyncio.run(scenario())


def test_answers_are_forgotten_in_the_end():
    async def scenario():
        async with rig(answer_cache_seconds=0.05) as it:
            await it.answers(request("a", request_id="r"))
            answers = it.server.service._flights._answers
            assert answers._size_bytes > 0
            await asyncio.sleep(0.06)
            await it.answers(request("b", request_id="other"))
            assert set(answers._answers) == {request_key("default", "other")}

    asyncio.run(scenario())
