"""Batches above the limits of one request are cut, sent side by side and joined in order."""

from __future__ import annotations

import asyncio
import time

import grpc
import pytest
from tests.unit.client.service import Failure

from adjudge import (
    AsyncClient,
    Candidate,
    Client,
    InternalError,
    InvalidArgumentError,
    Options,
    Task,
)
from adjudge.splitting import split

TASK = Task("echo", {"reference": "42"})
SMALL = Options(max_request_candidates=10, patience_seconds=5)


def numbers(count):
    return [Candidate(str(number), TASK) for number in range(count)]


def test_parts_hold_at_most_so_many_candidates():
    parts = list(split(numbers(25), SMALL))
    assert [len(part.candidates) for part in parts] == [10, 10, 5]
    assert [part.start for part in parts] == [0, 10, 20]


@pytest.mark.parametrize("text", ["x", "é", "漢", "🙂", "\ud800"])
def test_parts_are_below_the_limit_in_bytes(text):
    from adjudge.deadline import Deadline
    from adjudge.digests import KnownTasks
    from adjudge.exchange import Exchange

    options = Options(max_request_bytes=20_000)
    candidates = [
        Candidate(
            text * 500, Task("echo", {"reference": text.replace("\ud800", "?") * (number % 7)})
        )
        for number in range(200)
    ]
    parts = list(split(candidates, options))
    assert [each for part in parts for each in part.candidates] == candidates
    for part in parts:
        exchange = Exchange(part, KnownTasks(0), options, Deadline.after(1))
        assert exchange.request.ByteSize() <= options.max_request_bytes
    assert 3 < len(parts) < 200


def test_a_candidate_above_the_limit_travels_alone():
    big = Candidate("x" * 1000, TASK)
    parts = list(split([*numbers(3), big, *numbers(3)], Options(max_request_bytes=500)))
    assert [len(part.candidates) for part in parts] == [3, 1, 3]


def test_a_task_is_in_every_part_that_needs_it():
    other = Task("echo", {"reference": "1"})
    candidates = [Candidate("42", TASK if number % 2 else other) for number in range(20)]
    for part in split(candidates, SMALL):
        assert [part.tasks[index] for index in part.task_indexes] == [
            candidate.task for candidate in part.candidates
        ]


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_verdicts_of_a_split_batch_come_in_order(address, service, kind):
    client = kind(address, SMALL)
    verdicts = client.verify(numbers(95))
    if kind is AsyncClient:
        verdicts = asyncio.run(verdicts)
        asyncio.run(client.close())
    else:
        client.close()
    assert [verdict.answer for verdict in verdicts] == [str(number) for number in range(95)]
    assert len({request.request_id for request in service.requests}) == 10


def test_parts_are_sent_concurrently(address, service):
    def slow(_response):
        time.sleep(0.2)

    service.mangle = slow
    with Client(address, SMALL) as client:
        began = time.monotonic()
        client.verify(numbers(80))
    assert time.monotonic() - began < 1.2


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_the_failure_of_one_part_ends_the_others(address, service, kind):
    service.failures = [None, Failure(grpc.StatusCode.INTERNAL)]  # one is surely at work by then
    candidates = [Candidate("sleep", TASK) for _ in range(30)]
    client = kind(address, SMALL)
    began = time.monotonic()
    verify = client.verify if kind is Client else lambda batch: asyncio.run(client.verify(batch))
    with pytest.raises(InternalError):
        verify(candidates)
    assert time.monotonic() - began < 10
    assert service.cancelled.wait(5)


def test_a_field_at_fault_is_named_by_its_place_in_the_whole_batch(address):
    candidates = numbers(30)
    candidates[20] = Candidate("42", TASK, id="x" * 257)
    with Client(address, SMALL) as client, pytest.raises(InvalidArgumentError) as caught:
        client.verify(candidates)
    assert caught.value.violations[0].field == "candidates[20].id"
