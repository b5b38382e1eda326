"""Calls over a real channel, with the queue's fake behind."""

from __future__ import annotations

import asyncio
import random

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.gateway.rig import Refused, catalogue, request, rig, until

from adjudge.v1.outcome_pb2 import OUTCOME_RUNTIME_ERROR
from adjudge.v1.task_pb2 import Task
from adjudge.v1.verifier_service_pb2 import ListVerifiersResponse, VerifyCandidatesRequest
from adjudge_gateway.server import NOTICE_SECONDS
from adjudge_gateway.tasks import digest_of


def test_verdicts_come_in_the_order_of_the_candidates():
    async def scenario():
        async with rig() as it:
            completions = [f"c{number}" for number in range(1_000)]
            assert await it.answers(request(*completions)) == [
                f"echo {{}} {c}" for c in completions
            ]

    asyncio.run(scenario())


TASKS = [
    Task(verifier=name, parameters_json=text)
    for name in ("echo", "other", "third")
    for text in ("1", "2", "x" * 5_000)
]


@given(
    task_of=st.lists(st.integers(0, len(TASKS) - 1), min_size=1, max_size=60),
    slow=st.sampled_from([1e-5, 0.03, 1.0]),
    seed=st.integers(0, 2**32),
    request_id=st.booleans(),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_order_is_kept_for_any_mix_of_verifiers_and_order_of_results(
    task_of, slow, seed, request_id
):
    async def scenario():
        async with rig() as it:
            # Given chunks of some size, answered in any order
            it.worker.wall_seconds = slow
            await it.verify(request("learn the cost", tasks=TASKS[:1]))
            shuffled = random.Random(seed)
            held, finish = [], it.dispatcher.finish
            it.dispatcher.finish = held.append
            message = VerifyCandidatesRequest(tasks=TASKS, request_id="r" * request_id)
            for position, task in enumerate(task_of):
                message.candidates.add(task_index=task, completion=str(position))
            call = asyncio.create_task(it.answers(message))
            while not call.done():
                await asyncio.sleep(0.002)
                shuffled.shuffle(held)
                while held:
                    finish(held.pop())
            # Then every verdict is at its candidate's place
            assert await call == [
                f"{TASKS[task].verifier} {TASKS[task].parameters_json} {position}"
                for position, task in enumerate(task_of)
            ]
            assert max(it.worker.judged.values()) == 1

    asyncio.run(scenario())


def refused(message: VerifyCandidatesRequest | bytes, **more) -> Refused:
    async def scenario():
        async with rig(**more) as it:
            data = message if isinstance(message, bytes) else message.SerializeToString()
            with pytest.raises(Refused) as caught:
                await it.raw(data)
            assert it.server.metrics.items == 0
            return caught.value

    return asyncio.run(scenario())


def test_a_malformed_request_is_invalid_argument_with_the_field_in_the_details():
    message = request("a", "b")
    message.candidates[1].task_index = 5

    found = refused(message)

    assert found.code is grpc.StatusCode.INVALID_ARGUMENT
    (violation,) = found.details[0].field_violations
    assert violation.field == "candidates[1].task_index"
    assert "candidates[1].task_index" in found.message


def test_garbage_is_invalid_argument():
    assert refused(b"\xff\xfe garbage").code is grpc.StatusCode.INVALID_ARGUMENT


def test_an_unknown_digest_is_failed_precondition():
    found = refused(request("a", tasks=[Task(verifier="echo"), Task(digest=bytes(32))]))

    assert found.code is grpc.StatusCode.FAILED_PRECONDITION
    (violation,) = found.details[0].violations
    assert (violation.type, violation.subject) == ("UNKNOWN_TASK_DIGEST", "tasks[1]")


def test_a_message_over_the_limit_is_refused_and_the_next_one_is_answered():
    async def scenario():
        async with rig(max_message_bytes=10_000) as it:
            with pytest.raises(Refused) as caught:
                await it.verify(request("x" * 20_000))
            assert caught.value.code is grpc.StatusCode.RESOURCE_EXHAUSTED
            assert await it.answers(request("x"))

    asyncio.run(scenario())


def test_a_small_message_that_unpacks_to_a_large_one_is_refused():
    async def scenario():
        async with rig(max_message_bytes=100_000) as it:
            bomb = request("x" * 10_000_000).SerializeToString()
            with pytest.raises(Refused) as caught:
                await it.raw(bomb, compression=grpc.Compression.Gzip)
            assert caught.value.code is grpc.StatusCode.RESOURCE_EXHAUSTED
            small = request("x" * 50_000).SerializeToString()
            assert await it.raw(small, compression=grpc.Compression.Gzip)

    asyncio.run(scenario())


def test_a_small_tenant_is_not_kept_waiting_by_a_large_one():
    async def scenario():
        async with rig(initial_item_seconds=1.0) as it:
            it.worker.wall_seconds = 1.0
            it.worker.paused = True
            large = asyncio.create_task(
                it.verify(request(*map(str, range(500))), metadata=[("adjudge-tenant", "large")])
            )
            await until(lambda: it.server.dispatch.lives)
            small = asyncio.create_task(
                it.verify(request(*"abcdefgh"), metadata=[("adjudge-tenant", "small")])
            )
            await until(lambda: it.server.quota.total.items == 508)
            it.worker.paused = False
            await small
            # One of each in turn, behind the six that were on the queue already
            assert len(it.worker.jobs) < 120  # of 508
            await large

    asyncio.run(scenario())


def test_health_and_reflection_know_the_service():
    async def scenario():
        async with rig() as it:
            health = health_pb2_grpc.HealthStub(it.channel)
            serving = health_pb2.HealthCheckResponse.SERVING
            for name in ("", "adjudge.v1.VerifierService"):
                request_ = health_pb2.HealthCheckRequest(service=name)
                assert (await health.Check(request_)).status == serving
            return await asyncio.to_thread(reflected, it.server.address)

    assert {"adjudge.v1.VerifierService", "grpc.health.v1.Health"} <= set(asyncio.run(scenario()))


def reflected(address: str) -> list[str]:
    with grpc.insecure_channel(address) as channel:
        return list(ProtoReflectionDescriptorDatabase(channel).get_services())


def test_the_catalogue_joins_the_pools():
    async def scenario():
        pools = catalogue("echo", "other"), catalogue("other", "special", pool="gpu")
        async with rig(None, *pools) as it:
            answer = ListVerifiersResponse.FromString(await it.raw(b"", "ListVerifiers"))
            return {described.name: list(described.pools) for described in answer.verifiers}

    assert asyncio.run(scenario()) == {
        "echo": ["default"],
        "other": ["default", "gpu"],
        "special": ["gpu"],
    }


def test_a_worker_that_has_just_come_is_listed_at_once():
    async def scenario():
        async with rig() as it:
            await asyncio.sleep(0.15)
            it.dispatcher.catalogue.append(catalogue("new", pool="gpu"))
            answer = ListVerifiersResponse.FromString(await it.raw(b"", "ListVerifiers"))
            return {described.name for described in answer.verifiers}

    assert "new" in asyncio.run(scenario())


def test_work_goes_to_a_pool_that_has_the_verifier_and_else_to_the_default():
    async def scenario():
        pools = catalogue("echo"), catalogue("special", pool="gpu")
        async with rig(None, *pools) as it:
            tasks = [Task(verifier=name) for name in ("echo", "special", "unheard-of")]
            await it.verify(request("a", "b", "c", tasks=tasks))
            return {job.verifier: job.pool for job in it.worker.jobs}

    assert asyncio.run(scenario()) == {
        "echo": "default",
        "special": "gpu",
        "unheard-of": "default",
    }


def test_a_deadline_that_passes_ends_the_call_and_the_work():
    async def scenario():
        async with rig() as it:
            with pytest.raises(Refused) as caught:
                await it.verify(request(*["hold"] * 50), timeout=0.2)
            assert caught.value.code is grpc.StatusCode.DEADLINE_EXCEEDED
            await until(lambda: not it.server.dispatch.lives)
            assert it.worker.jobs[0].deadline_unix_ms > 0
            await until(lambda: it.dispatcher.cancelled(it.worker.jobs[0].id))
            assert it.server.quota.total.items == 0

    asyncio.run(scenario())


def test_a_cancelled_call_takes_its_waiting_and_running_work_with_it():
    async def scenario():
        async with rig() as it:
            it.worker.wall_seconds = 1.0
            await it.verify(request("learn the cost"))
            call = asyncio.create_task(it.verify(request(*[f"hold {n}" for n in range(100)])))
            await until(lambda: len(it.worker.jobs) > 4)
            call.cancel()
            await until(lambda: it.server.quota.total.items == 0)
            await until(lambda: all(it.dispatcher.cancelled(job.id) for job in it.worker.jobs))
            assert len(it.worker.jobs) < 10
            assert not it.server.dispatch.busy("default")
            assert it.server.dispatch.waiting() == []

    asyncio.run(scenario())


def test_a_queue_stays_short_however_much_waits():
    async def scenario():
        async with rig() as it:
            it.worker.wall_seconds = 1.0
            await it.verify(request("learn the cost"))
            it.worker.paused = True
            call = asyncio.create_task(it.verify(request(*map(str, range(300)))))
            await asyncio.sleep(0.3)
            # Two for each of two slots, and two
            assert len(it.server.dispatch.lives) == 6
            it.worker.paused = False
            assert len(await call) == 300

    asyncio.run(scenario())


def test_a_large_task_is_put_to_redis_once():
    async def scenario():
        async with rig() as it:
            task = Task(verifier="echo", parameters_json="x" * 10_000)
            puts, put_tasks = [], it.dispatcher.put_tasks

            async def put(tasks):
                puts.extend(tasks)
                await put_tasks(tasks)

            it.dispatcher.put_tasks = put
            for _ in range(3):
                await it.verify(request(*map(str, range(50)), tasks=[task]))
            named = Task(digest=digest_of("echo", "x" * 10_000))
            (answer,) = await it.answers(request("last", tasks=[named]))
            assert answer == f"echo {'x' * 10_000} last"
            assert puts == [named.digest]
            assert all(len(job.chunk) < 5_000 for job in it.worker.jobs)

    asyncio.run(scenario())


def test_tokens_are_asked_for_and_decide_the_tenant(tmp_path):
    path = tmp_path / "tokens"
    path.write_text("lab a-token-of-some-length\n")

    async def scenario():
        async with rig(tokens_file=path) as it:
            for metadata in ([], [("authorization", "Bearer wrong")]):
                with pytest.raises(Refused) as caught:
                    await it.verify(request("a"), metadata=metadata)
                assert caught.value.code is grpc.StatusCode.UNAUTHENTICATED
            said = [("authorization", "Bearer a-token-of-some-length"), ("adjudge-tenant", "x")]
            await it.verify(request("a"), metadata=said)
            assert it.worker.jobs[0].tenant == "lab"
            with pytest.raises(Refused) as caught:
                await it.raw(b"", "ListVerifiers")
            assert caught.value.code is grpc.StatusCode.UNAUTHENTICATED

    asyncio.run(scenario())


def test_no_candidate_text_is_logged(caplog):
    caplog.set_level("DEBUG")

    async def scenario():
        async with rig() as it:
            await it.verify(request("a secret completion", request_id="r"))
            with pytest.raises(Refused):
                await it.raw(request("a secret completion").SerializeToString()[:-2])
            await it.verify(request("kill the secret"))

    asyncio.run(scenario())

    assert "secret" not in caplog.text


def test_a_bug_of_ours_is_internal_and_tells_nothing(monkeypatch, caplog):
    async def scenario():
        async with rig() as it:

            async def fail(*_, **__):
                raise ZeroDivisionError("inner workings")

            monkeypatch.setattr(it.server.service._flights, "judge", fail)
            with pytest.raises(Refused) as caught:
                await it.verify(request("a", "b"))
            assert caught.value.code is grpc.StatusCode.INTERNAL
            assert "inner" not in caught.value.message

    asyncio.run(scenario())

    assert "ZeroDivisionError" in caplog.text


def test_a_drain_finishes_what_is_under_way_and_refuses_what_comes():
    async def scenario():
        async with rig() as it:
            health = health_pb2_grpc.HealthStub(it.channel)
            call = asyncio.create_task(it.answers(request("hold", "b")))
            await until(lambda: it.worker.jobs)
            stop = asyncio.Event()
            running = asyncio.create_task(it.server.run(stop))
            stop.set()
            # For a moment it only says that it goes
            await asyncio.sleep(NOTICE_SECONDS / 3)
            answer = await health.Check(health_pb2.HealthCheckRequest())
            assert answer.status == health_pb2.HealthCheckResponse.NOT_SERVING
            assert await it.answers(request("still")) == ["echo {} still"]
            # Then it takes nothing new, and finishes the rest
            await asyncio.sleep(NOTICE_SECONDS)
            with pytest.raises(Refused) as caught:
                await it.verify(request("late"), timeout=1)
            assert caught.value.code is grpc.StatusCode.UNAVAILABLE
            assert not running.done()
            it.worker.release.set()
            assert await call == ["echo {} hold", "echo {} b"]
            await running

    asyncio.run(scenario())


def test_only_the_candidate_that_kills_workers_is_blamed():
    async def scenario():
        async with rig(initial_item_seconds=1e-4) as it:
            completions = [f"c{number}" for number in range(64)]
            completions[17] = "kill"
            verdicts = await it.verify(request(*completions))
            assert [
                position
                for position, verdict in enumerate(verdicts)
                if verdict.outcome == OUTCOME_RUNTIME_ERROR
            ] == [17]
            assert [v.answer for v in verdicts if v.answer != "kill"] == [
                f"echo {{}} {c}" for c in completions if c != "kill"
            ]
            # Whole, in eighths, alone, alone once more
            assert it.worker.deaths == 4
            assert it.server.metrics.blamed == 1

    asyncio.run(scenario())
