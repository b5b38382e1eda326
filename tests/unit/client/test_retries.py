"""Trying again: the same request, no sooner than asked, never past the deadline."""

from __future__ import annotations

import asyncio
import time

import grpc
import pytest
from tests.unit.client.service import Failure, Server, retry_info

from adjudge import (
    AsyncClient,
    Candidate,
    Client,
    DeadlineExceededError,
    Options,
    ProtocolError,
    ResourceExhaustedError,
    Task,
    UnavailableError,
)
from adjudge.deadline import Deadline
from adjudge.retries import Retries

TASK = Task("echo", {"reference": "42"})
RIGHT = Candidate("42", TASK)
DOWN = Failure(grpc.StatusCode.UNAVAILABLE)


def busy(seconds):
    return Failure(grpc.StatusCode.RESOURCE_EXHAUSTED, "full", (retry_info(seconds),))


def test_a_retry_repeats_the_request_with_its_id(client, service):
    service.failures = [DOWN, DOWN]
    assert client.verify([RIGHT])[0].reward == 1.0
    first, second, third = service.requests
    assert first.request_id
    assert first == second == third


def test_two_calls_have_two_request_ids(client, service):
    client.verify([RIGHT])
    client.verify([RIGHT])
    assert service.requests[0].request_id != service.requests[1].request_id


def test_a_busy_service_is_called_again_no_sooner_than_it_asks(client, service):
    service.failures = [busy(0.3)]
    began = time.monotonic()
    assert client.verify([RIGHT])[0].reward == 1.0
    assert time.monotonic() - began >= 0.3


def test_the_async_client_retries_as_well(address, service):
    service.failures = [DOWN, busy(0.01)]
    verdicts = asyncio.run(AsyncClient(address).verify([RIGHT]))
    assert verdicts[0].reward == 1.0
    assert len({request.request_id for request in service.requests}) == 1


def test_a_busy_service_that_asks_for_more_time_than_there_is_is_not_awaited(client, service):
    service.failures = [busy(30)]
    began = time.monotonic()
    with pytest.raises(ResourceExhaustedError) as caught:
        client.verify([RIGHT], deadline_seconds=2)
    assert time.monotonic() - began < 1.5
    assert caught.value.retry_delay_seconds == 30


def test_an_oversized_message_is_not_tried_again(client, service):
    service.failures = [
        Failure(grpc.StatusCode.RESOURCE_EXHAUSTED, "Received message larger than max (2 vs. 1)")
    ]
    with pytest.raises(ResourceExhaustedError, match="larger than max"):
        client.verify([RIGHT])
    assert len(service.requests) == 1


def test_patience_with_an_unreachable_service_ends(server):
    server.stop()
    began = time.monotonic()
    with (
        Client(server.address, Options(patience_seconds=0.4)) as client,
        pytest.raises(UnavailableError),
    ):
        client.verify([RIGHT], deadline_seconds=30)
    assert 0.3 < time.monotonic() - began < 5


def test_a_service_that_restarts_is_found_again(service, server, client):
    client.verify([RIGHT])
    server.stop()
    again = Server(service, port=server.port)
    try:
        assert client.verify([RIGHT])[0].reward == 1.0
    finally:
        again.stop()


def test_the_deadline_bounds_the_call(client, service):
    began = time.monotonic()
    with pytest.raises(DeadlineExceededError):
        client.verify([Candidate("sleep", TASK)], deadline_seconds=0.3)
    assert time.monotonic() - began < 3
    assert service.cancelled.wait(5)


@pytest.mark.parametrize("verb", ["verify_one", "stream"])
def test_the_deadline_bounds_the_other_verbs(client, verb):
    sleeper = Candidate("sleep", TASK)
    argument = [sleeper] if verb == "stream" else sleeper
    with pytest.raises(DeadlineExceededError):
        list(getattr(client, verb)(argument, deadline_seconds=0.3))


def test_a_cancelled_task_cancels_the_call(address, service):
    async def main():
        task = asyncio.create_task(AsyncClient(address).verify([Candidate("sleep", TASK)]))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert service.cancelled.wait(5)


@pytest.mark.parametrize("missing", [0, 2])
def test_a_verdict_too_few_or_too_many_breaks_the_contract(client, service, missing):
    def mangle(response):
        verdict = response.verdicts[0]
        del response.verdicts[:]
        response.verdicts.extend([verdict] * missing)

    service.mangle = mangle
    with pytest.raises(ProtocolError, match="verdicts for 1 candidates"):
        client.verify([RIGHT])


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": 0},
        {"outcome": 99},
        {"details_json": "{"},
        {"details_json": "[]"},
        {"outcome": 14, "reward": 1.0},
    ],
)
def test_a_verdict_that_makes_no_sense_is_never_a_reward(client, service, fields):
    def mangle(response):
        for name, value in fields.items():
            setattr(response.verdicts[0], name, value)

    service.mangle = mangle
    with pytest.raises(ProtocolError, match="the service sent"):
        client.verify([RIGHT])


def test_an_absent_reward_of_a_judged_candidate_is_not_read_as_zero(client, service):
    service.mangle = lambda response: response.verdicts[0].ClearField("reward")
    with pytest.raises(ProtocolError, match="CORRECT with reward None"):
        client.verify([RIGHT])


def test_delays_double_with_jitter_up_to_a_ceiling():
    retries = Retries(Deadline.after(1000), patience_seconds=1000)
    delays = [retries.after(UnavailableError("down")) for _ in range(12)]
    for attempt, delay in enumerate(delays):
        ceiling = min(2.0, 0.05 * 2**attempt)
        assert ceiling / 2 <= delay <= ceiling


def test_a_negative_retry_delay_is_no_time_travel():
    retries = Retries(Deadline.after(1000), patience_seconds=1000)
    assert retries.after(ResourceExhaustedError("full", retry_delay_seconds=-5.0)) > 0
