"""Single candidates that come within a moment travel together, and no one pays for a neighbour."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from tests.unit.client.service import Failure

from adjudge import (
    AsyncClient,
    Candidate,
    Client,
    DeadlineExceededError,
    InvalidArgumentError,
    Options,
    Task,
    UnauthenticatedError,
)
from adjudge.batching import ThreadBatcher
from adjudge.deadline import Deadline

TASK = Task("echo", {"reference": "42"})
SLOW = Options(linger_seconds=0.2)


def test_threads_share_a_request(address, service):
    with Client(address, SLOW) as client, ThreadPoolExecutor(32) as pool:
        verdicts = list(pool.map(client.verify_one, [Candidate(str(n), TASK) for n in range(32)]))
    assert [verdict.answer for verdict in verdicts] == [str(n) for n in range(32)]
    assert len(service.requests) <= 3


def test_tasks_share_a_request(address, service):
    async def main():
        client = AsyncClient(address, SLOW)
        return await asyncio.gather(
            *(client.verify_one(Candidate(str(n), TASK)) for n in range(200))
        )

    verdicts = asyncio.run(main())
    assert [verdict.answer for verdict in verdicts] == [str(n) for n in range(200)]
    assert len(service.requests) == 1


def test_a_full_batch_leaves_at_once(address):
    async def main():
        client = AsyncClient(address, Options(linger_seconds=1.0))
        return await asyncio.wait_for(
            asyncio.gather(*(client.verify_one(Candidate("42", TASK)) for _ in range(1024))), 0.9
        )

    assert len(asyncio.run(main())) == 1024


def test_the_same_id_from_two_callers_is_no_clash(address, service):
    async def main():
        client = AsyncClient(address, SLOW)
        return await asyncio.gather(
            *(client.verify_one(Candidate(str(n), TASK, id="same")) for n in range(3))
        )

    assert [verdict.candidate_id for verdict in asyncio.run(main())] == ["same"] * 3
    assert len(service.requests) == 1


def refuse_some(service):
    """Refuse every request that has a candidate in group "bad"."""
    meet = service._meet

    def refuse(request, context):
        meet(request, context)
        if any(candidate.group == "bad" for candidate in request.candidates):
            Failure(grpc.StatusCode.INVALID_ARGUMENT, "bad group").abort(context)

    service._meet = refuse


def test_a_refused_candidate_fails_alone_among_tasks(address, service):
    refuse_some(service)

    async def main():
        client = AsyncClient(address, SLOW)
        groups = ["", "bad", ""]
        return await asyncio.gather(
            *(client.verify_one(Candidate("42", TASK, group=group)) for group in groups),
            return_exceptions=True,
        )

    first, second, third = asyncio.run(main())
    assert (first.reward, third.reward) == (1.0, 1.0)
    assert isinstance(second, InvalidArgumentError)


def test_a_refused_candidate_fails_alone_among_threads(address, service):
    refuse_some(service)
    with Client(address, SLOW) as client, ThreadPoolExecutor(3) as pool:
        futures = [
            pool.submit(client.verify_one, Candidate("42", TASK, group=group))
            for group in ("", "bad", "")
        ]
        errors = [future.exception() for future in futures]
    assert [type(error) for error in errors] == [type(None), InvalidArgumentError, type(None)]


def test_every_member_hears_of_a_failure(address, service):
    service.failures = [Failure(grpc.StatusCode.UNAUTHENTICATED)] * 9
    with Client(address, SLOW) as client, ThreadPoolExecutor(3) as pool:
        futures = [pool.submit(client.verify_one, Candidate("42", TASK)) for _ in range(3)]
        assert [type(future.exception()) for future in futures] == [UnauthenticatedError] * 3


def test_a_short_deadline_is_kept_in_the_company_of_a_long_one(address):
    async def main():
        client = AsyncClient(address, SLOW)
        long = asyncio.create_task(client.verify_one(Candidate("sleep", TASK), deadline_seconds=5))
        with pytest.raises(DeadlineExceededError):
            await client.verify_one(Candidate("42", TASK), deadline_seconds=0.5)
        assert not long.done()
        long.cancel()
        with pytest.raises(asyncio.CancelledError):
            await long

    asyncio.run(main())


def test_a_batch_that_nobody_waits_for_is_cancelled(address, service):
    async def main():
        client = AsyncClient(address)
        task = asyncio.create_task(client.verify_one(Candidate("sleep", TASK)))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.to_thread(service.cancelled.wait, 5)

    asyncio.run(main())
    assert service.cancelled.is_set()


def test_an_interrupted_carrier_leaves_nobody_behind():
    # Given a batch of two whose carrier is interrupted (Ctrl-C)
    joined = threading.Event()
    asked = []

    def verify(candidates, _deadline):
        asked.append(len(candidates))
        if len(candidates) == 2:
            raise KeyboardInterrupt
        return [f"verdict of {candidates[0]}"]

    batcher = ThreadBatcher(verify, linger_seconds=0.3)
    deadline = Deadline.after(10)
    answers = []

    def follow():
        joined.set()
        answers.append(batcher.verify("follower", deadline))

    # When the carrier is interrupted
    follower = threading.Timer(0.05, follow)
    follower.start()
    with pytest.raises(KeyboardInterrupt):
        batcher.verify("carrier", deadline)
    follower.join()

    # Then the follower asks for itself
    assert joined.is_set()
    assert answers == ["verdict of follower"]
    assert asked == [2, 1]
