"""Small calls and streams: chunks are shared, verdicts are not."""

from __future__ import annotations

import asyncio
import time

import grpc
import grpc.aio
import pytest
from tests.unit.gateway.rig import SERVICE, Refused, request, rig, until

from adjudge.v1.task_pb2 import Task
from adjudge.v1.verifier_service_pb2 import (
    StreamVerdictsRequest,
    StreamVerdictsResponse,
    VerifyCandidatesRequest,
)

CHEAP = {"initial_item_seconds": 1e-4}


def test_calls_that_come_together_share_chunks_and_get_their_own_verdicts():
    async def scenario():
        async with rig(**CHEAP, linger_seconds=0.05) as it:
            calls = []
            for number in range(40):
                task = Task(verifier="echo", parameters_json=str(number % 3))
                message = request(f"c{number}", tasks=[task])
                message.candidates[0].id = "the same"
                calls.append(it.answers(message))
            first = asyncio.create_task(it.answers(request("hold")))
            await until(lambda: it.worker.jobs)
            answers = await asyncio.gather(*calls)
            assert answers == [[f"echo {n % 3} c{n}"] for n in range(40)]
            assert len(it.worker.jobs) < 10
            it.worker.release.set()
            assert await first == ["echo {} hold"]
            assert it.server.quota.total.items == 0

    asyncio.run(scenario())


def test_a_lone_call_does_not_wait():
    async def scenario():
        async with rig(linger_seconds=5.0) as it:
            for _ in range(3):
                start = time.monotonic()
                await it.answers(request("a"))
                assert time.monotonic() - start < 2.5

    asyncio.run(scenario())


def test_tenants_do_not_share_chunks():
    async def scenario():
        async with rig(**CHEAP, linger_seconds=0.05) as it:
            await asyncio.gather(
                *(
                    it.answers(request(f"c{n}"), metadata=[("adjudge-tenant", f"t{n % 2}")])
                    for n in range(20)
                )
            )
            for job in it.worker.jobs:
                chunk = VerifyCandidatesRequest.FromString(job.chunk)
                numbers = {int(each.completion[1:]) % 2 for each in chunk.candidates}
                assert numbers == {int(job.tenant[1:])}

    asyncio.run(scenario())


def test_a_caller_that_leaves_a_shared_chunk_costs_the_others_nothing():
    async def scenario():
        async with rig(**CHEAP, linger_seconds=0.05) as it:
            calls = [asyncio.create_task(it.answers(request(f"hold {n}"))) for n in range(10)]
            await until(lambda: len(it.worker.jobs) >= 2)
            for call in calls[::2]:
                call.cancel()
            await asyncio.sleep(0.05)
            it.worker.release.set()
            assert await asyncio.gather(*calls[1::2]) == [
                [f"echo {{}} hold {n}"] for n in range(1, 10, 2)
            ]
            await until(lambda: it.server.quota.total.items == 0)

    asyncio.run(scenario())


def test_a_shared_chunk_nobody_waits_for_is_cancelled():
    async def scenario():
        async with rig(**CHEAP, linger_seconds=0.02) as it:
            calls = [asyncio.create_task(it.answers(request(f"hold {n}"))) for n in range(10)]
            await until(lambda: len(it.worker.jobs) >= 2)
            for call in calls:
                call.cancel()
            await until(lambda: all(it.dispatcher.cancelled(job.id) for job in it.worker.jobs))
            assert not it.server.service._linger._under_way
            # And the next one is alone again
            it.worker.release.set()
            assert await it.answers(request("a")) == ["echo {} a"]

    asyncio.run(scenario())


def test_a_poisonous_call_is_blamed_and_its_neighbours_are_answered():
    async def scenario():
        async with rig(**CHEAP, linger_seconds=0.05) as it:
            texts = ["first", "a", "kill", "b"]
            answers = await asyncio.gather(*(it.answers(request(text)) for text in texts))
            assert answers == [["echo {} first"], ["echo {} a"], ["kill"], ["echo {} b"]]

    asyncio.run(scenario())


def messages(*groups: list[str], verifier: str = "echo") -> list[StreamVerdictsRequest]:
    found = []
    for group in groups:
        message = StreamVerdictsRequest(tasks=[Task(verifier=verifier, parameters_json="{}")])
        for text in group:
            message.candidates.add(completion=text)
        found.append(message)
    return found


async def streamed(channel: grpc.aio.Channel, sent, **more) -> dict[int, str]:
    """Answers by position. Raises Refused."""
    more.setdefault("timeout", 10)
    call = channel.stream_stream(SERVICE + "StreamVerdicts")(
        (each if isinstance(each, bytes) else each.SerializeToString() for each in sent), **more
    )
    found: dict[int, str] = {}
    try:
        async for data in call:
            response = StreamVerdictsResponse.FromString(data)
            for verdict, position in zip(response.verdicts, response.positions, strict=True):
                assert position not in found
                found[position] = verdict.answer
    except grpc.aio.AioRpcError as error:
        raise Refused.of(error) from error
    return found


def test_a_stream_gets_every_verdict_once_with_its_position():
    async def scenario():
        async with rig(**CHEAP, stream_items=50) as it:
            groups = [[f"c{at}.{n}" for n in range(at % 7 + 1)] for at in range(100)]
            flat = [text for group in groups for text in group]
            sent = messages(*groups)
            sent[3].tasks[0].verifier = "other"
            found = await streamed(it.channel, sent)
            assert sorted(found) == list(range(len(flat)))
            assert all(found[at].endswith(f" {text}") for at, text in enumerate(flat))
            assert found[6].startswith("other")
            assert it.server.quota.total.items == 0

    asyncio.run(scenario())


def test_an_empty_stream_ends_well():
    async def scenario():
        async with rig() as it:
            assert await streamed(it.channel, []) == {}

    asyncio.run(scenario())


def test_verdicts_come_while_others_are_still_judged():
    async def scenario():
        async with rig(**CHEAP) as it:
            call = it.channel.stream_stream(SERVICE + "StreamVerdicts")(timeout=10)
            for message in messages(["quick"], ["hold"]):
                await call.write(message.SerializeToString())
                await asyncio.sleep(0.05)
            first = StreamVerdictsResponse.FromString(await call.read())
            assert list(first.positions) == [0]
            it.worker.release.set()
            await call.done_writing()
            second = StreamVerdictsResponse.FromString(await call.read())
            assert list(second.positions) == [1]
            assert await call.read() is grpc.aio.EOF

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (b"\xff\xff", "body"),
        (b"", "tasks"),
        (messages(["Q"])[0].SerializeToString().replace(b"Q", b"\xff"), "candidates[0].completion"),
    ],
)
def test_a_bad_message_ends_the_stream_and_names_the_field(bad, field):
    async def scenario():
        async with rig(**CHEAP) as it:
            with pytest.raises(Refused) as caught:
                await streamed(it.channel, [*messages(["a"], ["b"]), bad, *messages(["c"])])
            assert caught.value.code is grpc.StatusCode.INVALID_ARGUMENT
            fields = [each.field for each in caught.value.details[0].field_violations]
            assert field in fields
            await until(lambda: it.server.quota.total.items == 0)

    asyncio.run(scenario())


def test_a_stream_is_paused_while_too_much_of_it_is_unanswered():
    async def scenario():
        async with rig(**CHEAP, stream_items=5) as it:
            sent = messages(*[[f"hold {n}"] for n in range(30)])
            call = asyncio.create_task(streamed(it.channel, sent))
            await until(lambda: it.server.quota.total.items == 5)
            await asyncio.sleep(0.2)
            assert it.server.quota.total.items == 5
            it.worker.release.set()
            assert len(await call) == 30

    asyncio.run(scenario())


def test_a_message_larger_than_the_pause_is_still_judged():
    async def scenario():
        async with rig(**CHEAP, stream_items=5) as it:
            sent = messages(["a"], [str(n) for n in range(40)], ["b"])
            assert len(await streamed(it.channel, sent)) == 42

    asyncio.run(scenario())


def test_a_stream_that_is_broken_off_takes_its_work_with_it():
    async def scenario():
        async with rig(**CHEAP) as it:
            call = asyncio.create_task(streamed(it.channel, messages(["hold"], ["hold", "hold"])))
            await until(lambda: it.worker.jobs)
            call.cancel()
            await until(lambda: it.server.quota.total.items == 0)
            await until(lambda: all(it.dispatcher.cancelled(job.id) for job in it.worker.jobs))

    asyncio.run(scenario())


def test_a_stream_over_the_tenants_cap_is_resource_exhausted():
    async def scenario():
        async with rig(**CHEAP, max_batch=5, tenant_items=5) as it:
            with pytest.raises(Refused) as caught:
                await streamed(it.channel, messages(["hold"] * 4, ["hold"] * 4))
            assert caught.value.code is grpc.StatusCode.RESOURCE_EXHAUSTED
            await until(lambda: it.server.quota.total.items == 0)

    asyncio.run(scenario())


def test_redis_lost_during_a_stream_is_unavailable():
    async def scenario():
        async with rig(**CHEAP, redis_patience_seconds=0.1) as it:
            call = asyncio.create_task(streamed(it.channel, messages(["hold"])))
            await until(lambda: it.worker.jobs)
            it.dispatcher.down = True
            with pytest.raises(Refused) as caught:
                await call
            assert caught.value.code is grpc.StatusCode.UNAVAILABLE
            assert it.server.quota.total.items == 0

    asyncio.run(scenario())
