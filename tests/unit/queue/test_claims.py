"""A slot's side of the queue, against what may lie in Redis."""

import contextlib
import os
import pickle
import time
import zlib
from pathlib import Path

import pytest
import redis
import rq
from tests.unit.queue.jobs import make_job

from adjudge_worker.queue import RedisDispatcher, Result, keys
from adjudge_worker.queue.claims import Claims
from adjudge_worker.queue.engine import EngineJob, EngineQueue, PayloadSerializer
from adjudge_worker.queue.seal import Seal

QUEUE = "rq:queue:adjudge-default"
FAILED = "rq:failed:adjudge-default"


def put(client, job, payload=None):
    """Enqueue with RQ's own synchronous API."""
    queue = EngineQueue("adjudge-default", connection=client)
    queue.enqueue(
        "adjudge_worker.queue.engine.judge_chunk",
        job.encode() if payload is None else payload,
        job_id=job.id,
        result_ttl=0,
    )


def result_of(job):
    return Result(job.id, b"verdicts", "slot-1", 0.25, 1)


@contextlib.contextmanager
def counted_commands(client):
    """How many commands other than scripts' own Redis has been sent in the meantime."""
    before = int(client.info("stats")["total_commands_processed"])
    count = []
    yield count
    count.append(int(client.info("stats")["total_commands_processed"]) - before - 1)


def test_an_answered_job_leaves_nothing_but_its_result(claims, redis_client):
    job = make_job(keep=True)
    put(redis_client, job)
    claim = claims.take(0)
    claims.finish(claim, result_of(job), keep=True)
    assert sorted(redis_client.keys("*")) == [
        b"adjudge:kept:" + job.id.encode(),
        b"adjudge:results:g1",
        b"rq:queues",
    ]
    assert 0 < redis_client.ttl(f"adjudge:kept:{job.id}") <= 60
    assert 0 < redis_client.ttl("adjudge:results:g1") <= 300


def test_a_cancelled_job_is_ended_without_an_answer(claims, redis_client):
    job = make_job()
    put(redis_client, job)
    claims.finish(claims.take(0), None)
    assert redis_client.keys("*") == [b"rq:queues"]


def test_ending_a_job_twice_does_no_harm(claims, redis_client):
    job = make_job()
    put(redis_client, job)
    claim = claims.take(0)
    claims.finish(claim, result_of(job))
    claims.finish(claim, result_of(job))
    assert redis_client.xlen("adjudge:results:g1") == 2


def test_a_claimed_job_shows_in_rq_as_started(claims, redis_client):
    job = make_job()
    put(redis_client, job)
    claim = claims.take(0)
    queue = EngineQueue("adjudge-default", connection=redis_client)
    seen = EngineJob.fetch(job.id, connection=redis_client)
    assert queue.count == 0
    assert queue.started_job_registry.get_job_and_execution_ids() == [(job.id, claim.execution.id)]
    assert seen.get_status() == "started"
    assert seen.worker_name == "slot-1"
    assert seen.started_at is not None
    (execution,) = seen.get_executions()
    assert execution.worker_name == "slot-1"
    assert redis_client.get(f"adjudge:lease:{job.id}") == b"slot-1"
    assert 0 < redis_client.pttl(f"adjudge:lease:{job.id}") <= 3000


def test_jobs_of_the_dispatcher_and_of_rq_look_the_same(redis_url, redis_client):
    import asyncio

    by_rq, by_us = make_job(), make_job()

    async def dispatch():
        dispatcher = RedisDispatcher(redis_url, "g1")
        await dispatcher.start()
        await dispatcher.enqueue([by_us])
        await dispatcher.close()

    asyncio.run(dispatch())
    rq.Queue("adjudge-default", connection=redis_client, serializer=PayloadSerializer).enqueue(
        "adjudge_worker.queue.engine.judge_chunk",
        by_rq.encode(),
        job_id=by_rq.id,
        result_ttl=0,
        ttl=3600,
        failure_ttl=3600,
        job_timeout=600,
        description="x",
    )
    ours, theirs = (redis_client.hgetall(f"rq:job:{job.id}") for job in (by_us, by_rq))
    theirs = {name: value for name, value in theirs.items() if value}  # ours leave out empty ones
    assert ours.keys() == theirs.keys()
    same = ours.keys() - {b"data", b"created_at", b"enqueued_at", b"description"}
    assert {key: ours[key] for key in same} == {key: theirs[key] for key in same}
    assert redis_client.lrange(QUEUE, 0, -1) == [by_us.id.encode(), by_rq.id.encode()]
    seen = rq.job.Job.fetch(by_us.id, connection=redis_client, serializer=PayloadSerializer)
    assert seen.func_name == "adjudge_worker.queue.engine.judge_chunk"
    assert seen.args == (by_us.encode(),)
    assert "noop" in seen.description


def test_a_job_costs_two_round_trips_while_jobs_wait_and_three_else(claims, redis_client):
    jobs = [make_job() for _ in range(4)]
    for job in jobs:
        put(redis_client, job)
    sent = []
    execute = redis_client.execute_command
    redis_client.execute_command = lambda *arguments, **options: (
        sent.append(arguments[0]),
        execute(*arguments, **options),
    )[1]

    def one(wait_seconds):
        sent.clear()
        claim = claims.take(wait_seconds)
        claims.finish(claim, result_of(claim.job))
        return list(sent)

    one(1)  # Redis learns the scripts
    assert one(1) == ["EVALSHA", "EVALSHA"]
    assert one(1) == ["EVALSHA", "EVALSHA"]
    assert one(1) == ["EVALSHA", "EVALSHA"]
    put(redis_client, make_job())
    assert one(1) == ["BLMOVE", "EVALSHA", "EVALSHA"]


def test_an_idle_slot_gets_a_job_through_the_intermediate_list(claims, redis_client):
    job = make_job()
    assert claims.take(0) is None
    put(redis_client, job)
    assert claims.take(1).job == job
    assert not redis_client.exists(f"{QUEUE}:intermediate")


def evil_pickle():
    class Evil:
        def __reduce__(self):
            return os.system, ("touch /tmp/adjudge-was-here",)

    return pickle.dumps(Evil())


MALFORMED = {
    "empty json": b"{}",
    "a pickle": evil_pickle(),
    "a compressed pickle": zlib.compress(evil_pickle()),
    "a zlib bomb": zlib.compress(b"\0" * 50_000_000),
    "a bare magic": b"ADJJ\x01",
    "a cut job": make_job().encode()[:-1],
    "a longer job": make_job().encode() + b"\0",
    "another version": b"ADJJ\x02" + make_job().encode()[5:],
    "a job of another id": make_job().encode(),
    "a result": Result("0" * 32, b"", "w", 0.0, 0).encode(),
    "a signed job": Seal(b"k" * 16).close(make_job().encode(), b"job"),
}


@pytest.mark.parametrize("payload", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_entry_is_refused_and_shown_as_failed(claims, redis_client, payload, caplog):
    job, good = make_job(), make_job()
    put(redis_client, job, payload)
    put(redis_client, good)
    assert claims.take(0) is None
    assert claims.take(0).job == good
    assert redis_client.zrange(FAILED, 0, -1) == [job.id.encode()]
    seen = EngineJob.fetch(job.id, connection=redis_client)
    assert seen.get_status() == "failed"
    assert "refused by adjudge" in seen.latest_result().exc_string
    assert 0 < redis_client.ttl(f"rq:job:{job.id}") <= 3600
    assert not redis_client.exists(f"adjudge:lease:{job.id}")
    assert not redis_client.exists(f"rq:execution:{job.id}")
    assert "refused the queue entry" in caplog.text


def test_a_job_for_another_pool_is_refused(claims, redis_client):
    job = make_job(pool="gpu")
    put(redis_client, job)
    assert claims.take(0) is None
    assert redis_client.zrange(FAILED, 0, -1) == [job.id.encode()]


def test_a_plain_rq_job_is_refused_whatever_it_names(claims, redis_client):
    queue = rq.Queue("adjudge-default", connection=redis_client)
    stranger = queue.enqueue(
        "os.system",
        "touch /tmp/adjudge-was-here",
        on_failure=rq.Callback("os.abort"),
        retry=rq.Retry(max=3),
    )
    assert claims.take(0) is None
    assert claims.take(0) is None
    assert redis_client.zrange(FAILED, 0, -1) == [stranger.id.encode()]
    assert not Path("/tmp/adjudge-was-here").exists()


def test_unsigned_and_forged_jobs_are_refused_where_a_key_is_configured(redis_client):
    claims = Claims(redis_client, "default", "slot-1", Seal(b"k" * 16))
    unsigned, forged, good = make_job(), make_job(), make_job()
    put(redis_client, unsigned)
    put(redis_client, forged, Seal(b"x" * 16).close(forged.encode(), b"job"))
    put(redis_client, good, Seal(b"k" * 16).close(good.encode(), b"job"))
    taken = [claims.take(0) for _ in range(3)]
    assert [claim and claim.job for claim in taken] == [None, None, good]
    assert redis_client.zcard(FAILED) == 2


@pytest.mark.parametrize(
    "entry", [b"", b"\xff\xfe", b"a b", b"x" * 100_000, b"../../etc", "jöb".encode(), b"a:b"]
)
def test_an_entry_that_is_no_job_id_is_dropped(claims, redis_client, entry, caplog):
    redis_client.rpush(QUEUE, entry)
    good = make_job()
    put(redis_client, good)
    taken = [claims.take(0), claims.take(0)]
    assert [claim.job for claim in taken if claim] == [good]
    assert "dropped the queue entry" in caplog.text
    assert len(caplog.text) < 2000


@pytest.mark.parametrize("kind", ["string", "list", "no data"])
def test_an_entry_whose_key_is_no_job_does_no_harm(claims, redis_client, kind):
    job_id = "f" * 32
    match kind:
        case "string":
            redis_client.set(f"rq:job:{job_id}", "x")
        case "list":
            redis_client.rpush(f"rq:job:{job_id}", "x")
        case "no data":
            redis_client.hset(f"rq:job:{job_id}", "status", "queued")
    redis_client.rpush(QUEUE, job_id)
    good = make_job()
    put(redis_client, good)
    taken = [claims.take(0), claims.take(0)]
    assert [claim.job for claim in taken if claim] == [good]


def test_an_oversized_payload_never_leaves_redis(claims, redis_client, monkeypatch):
    from adjudge_worker.queue import claims as module

    monkeypatch.setattr(module, "_PAYLOAD_LIMIT_BYTES", 1000)
    job = make_job(chunk=b"x" * 1000)
    put(redis_client, job)
    assert claims.take(0) is None
    assert redis_client.zrange(FAILED, 0, -1) == [job.id.encode()]


def test_a_job_under_way_elsewhere_is_left_to_its_slot(claims, redis_client):
    job = make_job()
    put(redis_client, job)
    other = Claims(redis_client, "default", "slot-2", Seal())
    assert other.take(0).job == job
    redis_client.lpush(QUEUE, job.id)  # dispatched again by a hasty gateway
    assert claims.take(0) is None
    assert redis_client.get(f"adjudge:lease:{job.id}") == b"slot-2"


def test_a_claim_whose_answer_was_lost_can_be_repeated(claims, redis_client):
    # Given an id that BLMOVE has moved, and a claim that reached Redis but whose reply got lost
    job = make_job()
    put(redis_client, job)
    assert claims.take(0).job == job
    redis_client.rpush(f"{QUEUE}:intermediate", job.id)
    claims._moved = job.id.encode()
    # When it is tried again
    claim = claims.take(1)
    # Then the slot has its job
    assert claim.job == job


def test_jobs_are_taken_and_answered_while_redis_is_at_its_memory_limit(redis_server):
    with redis.Redis.from_url(redis_server.url) as client:
        claims = Claims(client, "default", "slot-1", Seal())
        jobs = [make_job(chunk=b"x" * 100_000) for _ in range(3)]
        for job in jobs:
            put(client, job)
        claims.finish(claims.take(0), result_of(jobs[0]))
        client.config_set("maxmemory", client.info("memory")["used_memory"] - 10_000)
        with pytest.raises(redis.exceptions.OutOfMemoryError):
            client.set("x", "y")
        # When the rest is taken, one without waiting and one by an idle slot
        first = claims.take(0)
        claims._some_wait = False
        second = claims.take(1) or claims.take(1)
        for claim in (first, second):
            claims.finish(claim, result_of(claim.job), keep=True)
        # Then everything is answered
        assert client.xlen("adjudge:results:g1") == 3


def test_the_script_cache_may_be_lost(claims, redis_client):
    for _ in range(2):
        job = make_job()
        put(redis_client, job)
        redis_client.script_flush()
        claim = claims.take(0)
        redis_client.script_flush()
        claims.finish(claim, result_of(job))
    assert redis_client.xlen("adjudge:results:g1") == 2


def test_a_dead_gateways_stream_is_bounded(claims, redis_client, monkeypatch):
    monkeypatch.setattr(keys, "RESULTS_ENTRIES", 100)
    for _ in range(400):
        put(redis_client, make_job())
    for _ in range(400):
        claim = claims.take(0)
        claims.finish(claim, result_of(claim.job))
    assert redis_client.xlen("adjudge:results:g1") <= 200


def test_every_key_of_a_job_expires_when_everybody_dies(claims, redis_client):
    job = make_job()
    put(redis_client, job)
    claims.take(0)
    # The registries' entries go by score, the rest by expiry.
    lasting = {key for key in redis_client.keys("*") if redis_client.ttl(key) == -1}
    assert lasting == {b"rq:queues", b"rq:wip:adjudge-default"}
    assert redis_client.zrange("rq:wip:adjudge-default", 0, -1, withscores=True)[0][1] == (
        pytest.approx(time.time() + 60, abs=5)
    )
