"""Streams: verdicts as they are made, whatever breaks on the way."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from adjudge import AsyncClient, Candidate, Options, Task, UnavailableError
from adjudge.feed import MAX_WAITING

TASK = Task("echo", {"reference": "42"})


def numbers(count):
    return (Candidate(str(number), TASK) for number in range(count))


@pytest.fixture
def async_client(address):
    client = AsyncClient(address, Options(patience_seconds=5))
    yield client
    asyncio.run(client.close())


def test_a_verdict_comes_before_the_next_candidate_is_made(client):
    answered = threading.Event()

    def candidates():
        yield Candidate("42", TASK)
        assert answered.wait(10)
        yield Candidate("43", TASK)

    rewards = []
    for _, verdict in client.stream(candidates()):
        rewards.append(verdict.reward)
        answered.set()
    assert rewards == [1.0, 0.0]


def test_the_same_from_an_async_generator(async_client):
    async def main():
        answered = asyncio.Event()

        async def candidates():
            yield Candidate("42", TASK)
            await asyncio.wait_for(answered.wait(), 10)
            yield Candidate("43", TASK)

        rewards = []
        async for _, verdict in async_client.stream(candidates()):
            rewards.append(verdict.reward)
            answered.set()
        return rewards

    assert asyncio.run(main()) == [1.0, 0.0]


def test_a_broken_stream_is_opened_again_for_what_is_unanswered(client, service):
    service.stream_breaks_after = 700
    answers = list(client.stream(numbers(2000)))
    assert sorted(position for position, _ in answers) == list(range(2000))
    assert all(verdict.answer == str(position) for position, verdict in answers)


def test_a_stream_to_nobody_ends_with_patience(server):
    from adjudge import Client

    server.stop()
    with (
        Client(server.address, Options(patience_seconds=0.3)) as client,
        pytest.raises(UnavailableError),
    ):
        list(client.stream(numbers(3)))


def test_a_stream_that_is_left_ends_its_threads(client):
    def endless():
        while True:
            yield Candidate("42", TASK)

    before = set(threading.enumerate())
    stream = client.stream(endless())
    next(stream)
    stream.close()
    until = time.monotonic() + 10
    while time.monotonic() < until:
        left = [
            thread
            for thread in threading.enumerate()
            if thread not in before and thread.name.startswith("adjudge")
        ]
        if not left:
            break
        time.sleep(0.02)
    assert not left


def test_an_async_stream_that_is_left_ends_its_reader(async_client):
    stopped = []

    async def main():
        async def endless():
            try:
                while True:
                    yield Candidate("42", TASK)
                    await asyncio.sleep(0)
            finally:
                stopped.append(True)

        stream = async_client.stream(endless())
        async for _ in stream:
            break
        await stream.aclose()

    asyncio.run(main())
    assert stopped == [True]


def test_what_an_async_generator_raises_is_raised(async_client):
    async def broken():
        yield Candidate("42", TASK)
        raise LookupError("no more rows")

    async def main():
        return [answer async for answer in async_client.stream(broken())]

    with pytest.raises(LookupError, match="no more rows"):
        asyncio.run(main())


def test_more_candidates_than_are_read_ahead(client, async_client):
    count = MAX_WAITING * 2 + 1
    assert len(list(client.stream(numbers(count)))) == count

    async def main():
        async def candidates():
            for candidate in numbers(count):
                yield candidate

        return [answer async for answer in async_client.stream(candidates())]

    assert len(asyncio.run(main())) == count


def test_an_id_may_come_again_in_a_stream(client, service):
    candidates = [Candidate(str(number), TASK, id="same") for number in range(3)]
    answers = list(client.stream(candidates))
    assert [verdict.candidate_id for _, verdict in answers] == ["same"] * 3
    assert {each.id for request in service.requests for each in request.candidates} == {""}


def test_a_verdict_that_nobody_asked_for_breaks_the_contract():
    from adjudge import ProtocolError
    from adjudge.feed import Feed
    from adjudge.v1 import verifier_service_pb2

    feed = Feed()
    feed.put(Candidate("42", TASK))
    feed.finish()
    assert len(feed.take(feed.connect())) == 1
    response = verifier_service_pb2.StreamVerdictsResponse(positions=[0])
    response.verdicts.add(outcome=1, reward=1.0)
    assert len(feed.answer(response)) == 1
    for position in (0, 1):
        response.positions[0] = position
        with pytest.raises(ProtocolError, match=f"position {position} of the stream"):
            feed.answer(response)
    response.positions.append(1)
    with pytest.raises(ProtocolError, match="1 verdicts with 2 positions"):
        feed.answer(response)


def test_a_stream_that_ends_too_soon_breaks_the_contract():
    from adjudge import ProtocolError
    from adjudge.feed import Feed

    feed = Feed()
    feed.put(Candidate("42", TASK))
    feed.finish()
    feed.take(feed.connect())
    with pytest.raises(ProtocolError, match="1 candidates unanswered"):
        feed.end()
