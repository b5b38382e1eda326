"""The real dispatcher and its fake do the same."""

import asyncio
import contextlib

import pytest
from tests.unit.queue.jobs import make_job

from adjudge_worker.queue import (
    FakeDispatcher,
    JobState,
    QueueUnavailable,
    RedisDispatcher,
    Result,
)
from adjudge_worker.queue.claims import Claims
from adjudge_worker.queue.seal import Seal

KEY = b"a shared secret of 16 bytes or more"


class RedisSide:
    """A dispatcher on Redis and the worker's side of it."""

    def __init__(self, url, client):
        self.dispatcher = RedisDispatcher(url, "g1", signing_key=KEY)
        self._claims = Claims(client, "default", "slot-1", Seal(KEY))
        self._taken = {}

    def take(self):
        claim = self._claims.take(0)
        if claim is None:
            return None
        self._taken[claim.job.id] = claim
        return claim.job

    def finish(self, result):
        claim = self._taken.pop(result.job_id)
        self._claims.finish(claim, result, keep=claim.job.keep)


class FakeSide:
    """The fake and its worker's side."""

    def __init__(self):
        self.dispatcher = FakeDispatcher("g1")

    def take(self):
        return self.dispatcher.take("default")

    def finish(self, result):
        self.dispatcher.finish(result)


@pytest.fixture(params=["redis", "fake"])
def side(request):
    if request.param == "fake":
        return FakeSide()
    url = request.getfixturevalue("redis_url")
    return RedisSide(url, request.getfixturevalue("redis_client"))


def run(side, story):
    async def whole():
        await side.dispatcher.start()
        try:
            await story(side.dispatcher)
        finally:
            await side.dispatcher.close()

    asyncio.run(asyncio.wait_for(whole(), 20))


async def results_of(dispatcher, count):
    stream = dispatcher.results()
    got = []
    async with contextlib.aclosing(stream):
        async for batch in stream:
            got += batch
            if len(got) >= count:
                break
    return got


def answer(job, response=b"verdicts"):
    return Result(job_id=job.id, response=response, worker="slot-1", wall_seconds=0.5, items=3)


def test_a_job_comes_out_as_it_went_in_and_its_result_comes_back(side):
    job = make_job(tenant="ü" * 20, deadline_unix_ms=10**13, attempt=2, chunk=bytes(range(256)))

    async def story(dispatcher):
        await dispatcher.enqueue([job])
        assert side.take() == job
        side.finish(answer(job))
        assert await results_of(dispatcher, 1) == [answer(job)]

    run(side, story)


def test_jobs_come_out_in_order_and_front_jobs_before_them_in_theirs(side):
    late = [make_job() for _ in range(3)]
    urgent = [make_job() for _ in range(3)]

    async def story(dispatcher):
        await dispatcher.enqueue(late)
        await dispatcher.enqueue(urgent, front=True)
        assert [side.take() for _ in range(6)] == urgent + late
        assert side.take() is None

    run(side, story)


def test_a_job_goes_from_waiting_through_leased_to_missing(side):
    job = make_job()

    async def story(dispatcher):
        look = [job.id, "f" * 32]
        assert await dispatcher.look("default", look) == [JobState.MISSING, JobState.MISSING]
        await dispatcher.enqueue([job])
        assert await dispatcher.look("default", look) == [JobState.WAITING, JobState.MISSING]
        side.take()
        assert await dispatcher.look("default", look) == [JobState.LEASED, JobState.MISSING]
        side.finish(answer(job))
        assert await dispatcher.look("default", look) == [JobState.MISSING, JobState.MISSING]

    run(side, story)


def test_only_results_that_were_to_be_kept_are_kept(side):
    kept, passing = make_job(keep=True), make_job()

    async def story(dispatcher):
        await dispatcher.enqueue([kept, passing])
        side.take(), side.take()
        side.finish(answer(kept))
        side.finish(answer(passing))
        assert await dispatcher.kept([kept.id, passing.id]) == [answer(kept), None]

    run(side, story)


def test_a_cancelled_job_is_never_taken(side):
    cancelled, other = make_job(), make_job()

    async def story(dispatcher):
        await dispatcher.enqueue([cancelled, other])
        await dispatcher.cancel([cancelled.id, "f" * 32])
        assert side.take() == other
        assert side.take() is None

    run(side, story)


def test_a_job_that_is_dispatched_twice_runs_once(side):
    job = make_job()

    async def story(dispatcher):
        await dispatcher.enqueue([job])
        await dispatcher.enqueue([job], front=True)
        assert side.take() == job
        assert side.take() is None
        side.finish(answer(job))
        assert side.take() is None

    run(side, story)


def test_tasks_are_found_by_digest(side):
    async def story(dispatcher):
        known, unknown = b"a" * 32, b"b" * 32
        await dispatcher.put_tasks({known: b"a task\0\xff"})
        assert await dispatcher.get_tasks([unknown, known]) == [None, b"a task\0\xff"]
        assert await dispatcher.touch_tasks([unknown, known]) == [False, True]

    run(side, story)


def test_what_a_request_was_cut_into_is_stored_once(side):
    async def story(dispatcher):
        assert await dispatcher.claim("key", b"first", seconds=60) is None
        assert await dispatcher.claim("key", b"second", seconds=60) == b"first"

    run(side, story)


def test_nothing_asked_is_nothing_answered(side):
    async def story(dispatcher):
        await dispatcher.enqueue([])
        await dispatcher.cancel([])
        await dispatcher.put_tasks({})
        assert await dispatcher.look("default", []) == []
        assert await dispatcher.kept([]) == []
        assert await dispatcher.get_tasks([]) == []
        assert await dispatcher.touch_tasks([]) == []
        assert await dispatcher.pools() == []
        assert len(await dispatcher.memory()) == 2

    run(side, story)


def test_every_call_says_when_redis_is_away(tmp_path):
    async def story():
        for dispatcher in (
            RedisDispatcher(f"unix://{tmp_path}/none.sock", "g1"),
            FakeDispatcher("g1"),
        ):
            dispatcher.down = True
            for call in (
                dispatcher.start(),
                dispatcher.enqueue([make_job()]),
                dispatcher.look("default", ["0" * 32]),
                dispatcher.kept(["0" * 32]),
                dispatcher.cancel(["0" * 32]),
                dispatcher.put_tasks({b"d": b"t"}),
                dispatcher.get_tasks([b"d"]),
                dispatcher.touch_tasks([b"d"]),
                dispatcher.claim("k", b"v", seconds=1),
                dispatcher.pools(),
                dispatcher.memory(),
            ):
                with pytest.raises(QueueUnavailable):
                    await call
            await dispatcher.close()

    asyncio.run(story())


def test_forged_results_and_tasks_are_ignored(redis_url, redis_client):
    side = RedisSide(redis_url, redis_client)
    job = make_job(keep=True)

    async def story(dispatcher):
        forged = Result(job.id, b"CORRECT", "mallory", 0.1, 1).encode()
        redis_client.xadd("adjudge:results:g1", {"r": forged})
        redis_client.xadd("adjudge:results:g1", {"other": b"field"})
        redis_client.set(f"adjudge:kept:{job.id}", forged)
        redis_client.set(f"adjudge:task:{(b'a' * 32).hex()}", b"an easier task")
        assert await dispatcher.kept([job.id]) == [None]
        assert await dispatcher.get_tasks([b"a" * 32]) == [None]
        await dispatcher.enqueue([job])
        side.take()
        side.finish(answer(job))
        assert await results_of(dispatcher, 1) == [answer(job)]

    run(side, story)


def test_results_are_trimmed_as_they_are_read(redis_url, redis_client):
    side = RedisSide(redis_url, redis_client)

    async def story(dispatcher):
        jobs = [make_job() for _ in range(5)]
        await dispatcher.enqueue(jobs)
        for job in jobs:
            side.take()
            side.finish(answer(job))
        stream = dispatcher.results()
        async with contextlib.aclosing(stream):
            await anext(stream)
            reading = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0.2)
            assert redis_client.xlen("adjudge:results:g1") == 0
            last = make_job()
            await dispatcher.enqueue([last])
            side.take()
            side.finish(answer(last))
            assert await reading == [answer(last)]

    run(side, story)
    assert not redis_client.exists("adjudge:results:g1")


def test_results_go_on_after_a_restart_of_redis(redis_server):
    import redis

    side = RedisSide(redis_server.url, redis.Redis.from_url(redis_server.url))

    async def story(dispatcher):
        stream = dispatcher.results()
        async with contextlib.aclosing(stream):
            reading = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0.1)
            redis_server.kill()
            await asyncio.sleep(0.3)
            redis_server.start()
            job = make_job()
            await dispatcher.enqueue([job])
            assert side.take() == job
            side.finish(answer(job))
            assert await reading == [answer(job)]

    run(side, story)
