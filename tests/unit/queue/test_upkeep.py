"""The heartbeat, and the cleaning up after those whose heart has stopped."""

import time

import pytest
from tests.unit.queue.jobs import make_job
from tests.unit.queue.test_claims import QUEUE, put

from adjudge_worker.queue import keys
from adjudge_worker.queue.claims import Claims
from adjudge_worker.queue.engine import EngineQueue
from adjudge_worker.queue.lease import Heartbeat
from adjudge_worker.queue.seal import Seal
from adjudge_worker.queue.upkeep import Upkeep, bury

WIP = "rq:wip:adjudge-default"


@pytest.fixture
def registered(redis_client):
    """Registers as a slot would; counts how often."""
    calls = []

    def register():
        calls.append(time.monotonic())
        redis_client.hset("rq:worker:slot-1", "queues", "adjudge-default")
        redis_client.expire("rq:worker:slot-1", 15)

    register.calls = calls
    return register


@pytest.fixture
def heartbeat(redis_client, registered):
    return Heartbeat(redis_client, "default", "slot-1", register=registered, verifiers=b"catalogue")


def test_a_beat_renews_lease_registration_and_catalogue(heartbeat, claims, redis_client):
    put(redis_client, make_job())
    claim = claims.take(0)
    heartbeat.beat()
    lease = heartbeat.hold(claim)
    for key in (keys.lease_key(claim.job.id), "rq:worker:slot-1", claim.execution.key):
        redis_client.pexpire(key, 500)
    heartbeat.beat()
    assert redis_client.pttl(keys.lease_key(claim.job.id)) > 2000
    assert redis_client.ttl("rq:worker:slot-1") > 10
    assert redis_client.ttl(claim.execution.key) > 50
    assert redis_client.get("adjudge:catalogue:default") == b"catalogue"
    assert not lease.cancelled


def test_a_beat_notices_that_the_job_was_cancelled(heartbeat, claims, redis_client):
    put(redis_client, make_job())
    heartbeat.beat()
    lease = heartbeat.hold(claims.take(0))
    heartbeat.beat()
    redis_client.delete(keys.job_key(lease.claim.job.id))
    heartbeat.beat()
    assert lease.cancelled


def test_a_redis_that_lost_its_data_cancels_nothing(heartbeat, claims, redis_client, registered):
    put(redis_client, make_job())
    heartbeat.beat()
    lease = heartbeat.hold(claims.take(0))
    redis_client.flushall()
    heartbeat.beat()
    heartbeat.beat()
    # The slot is registered again, holds its lease and goes on.
    assert not lease.cancelled
    assert len(registered.calls) == 2
    assert redis_client.exists("rq:worker:slot-1")
    assert redis_client.get(keys.lease_key(lease.claim.job.id)) == b"slot-1"
    assert redis_client.get("adjudge:catalogue:default") == b"catalogue"


def test_no_beat_brings_back_what_the_end_of_a_job_deleted(heartbeat, claims, redis_client):
    put(redis_client, make_job())
    claim = claims.take(0)
    heartbeat.beat()
    heartbeat.hold(claim)
    with heartbeat.ending():
        claims.finish(claim, None)
    heartbeat.beat()
    assert not [key for key in redis_client.keys("*") if claim.job.id.encode() in key]


def test_a_failed_end_leaves_the_lease_in_force(heartbeat, claims, redis_client):
    put(redis_client, make_job())
    claim = claims.take(0)
    heartbeat.beat()
    heartbeat.hold(claim)
    with pytest.raises(ConnectionError), heartbeat.ending():
        raise ConnectionError
    redis_client.pexpire(keys.lease_key(claim.job.id), 500)
    heartbeat.beat()
    assert redis_client.pttl(keys.lease_key(claim.job.id)) > 2000


def test_a_beat_notices_suspension(heartbeat, redis_client):
    import rq.suspension

    heartbeat.beat()
    assert not heartbeat.suspended
    rq.suspension.suspend(redis_client)
    heartbeat.beat()
    assert heartbeat.suspended
    rq.suspension.resume(redis_client)
    heartbeat.beat()
    assert not heartbeat.suspended


def test_beats_go_on_while_redis_is_away(redis_server, caplog):
    import redis

    client = redis.Redis.from_url(redis_server.url, socket_timeout=1)
    calls = []
    beat = Heartbeat(client, "default", "slot-1", register=lambda: calls.append(1))
    beat.beat()
    redis_server.kill()
    beat.beat()
    assert "the heartbeat of slot-1 fails" in caplog.text
    redis_server.start()
    beat.beat()
    assert len(calls) == 2
    client.close()


def test_an_execution_without_a_heart_is_cleaned_out_and_its_job_left_alone(claims, redis_client):
    put(redis_client, make_job())
    claim = claims.take(0)
    upkeep = Upkeep(redis_client, "default")
    upkeep.run()
    assert redis_client.zcard(WIP) == 1
    redis_client.zadd(WIP, {claim.execution.member: time.time() + 50})  # ten seconds of silence
    upkeep.run()
    assert not redis_client.exists(WIP, claim.execution.key, claim.execution.siblings_key)
    assert redis_client.hget(keys.job_key(claim.job.id), "status") == b"started"
    assert EngineQueue("adjudge-default", connection=redis_client).count == 0


def test_a_stray_id_is_cleaned_out_of_the_intermediate_list_after_two_passes(redis_client):
    upkeep = Upkeep(redis_client, "default")
    for stray in (b"f" * 32, b"\xff\xfe"):
        redis_client.rpush(f"{QUEUE}:intermediate", stray)
    upkeep.run()
    redis_client.rpush(f"{QUEUE}:intermediate", "new")
    assert redis_client.llen(f"{QUEUE}:intermediate") == 3
    upkeep.run()
    assert redis_client.lrange(f"{QUEUE}:intermediate", 0, -1) == [b"new"]


def test_refused_jobs_and_dead_workers_go_in_time(redis_client):
    redis_client.zadd("rq:failed:adjudge-default", {"old": time.time() - 1, "new": time.time() + 9})
    redis_client.sadd("rq:workers", "rq:worker:dead")
    redis_client.sadd("rq:workers:adjudge-default", "rq:worker:dead")
    Upkeep(redis_client, "default").run()
    assert redis_client.zrange("rq:failed:adjudge-default", 0, -1) == [b"new"]
    assert not redis_client.exists("rq:workers", "rq:workers:adjudge-default")


def test_one_slot_cleans_at_a_time(redis_client):
    redis_client.zadd("rq:failed:adjudge-default", {"old": 1})
    redis_client.set("rq:clean_registries:adjudge-default", 1)
    Upkeep(redis_client, "default").run()
    assert redis_client.zcard("rq:failed:adjudge-default") == 1


def test_upkeep_runs_no_callback_and_requeues_nothing(claims, redis_client):
    # Given a job under way whose hash was made to name a callback and retries
    put(redis_client, make_job())
    claim = claims.take(0)
    redis_client.hset(
        keys.job_key(claim.job.id),
        mapping={
            "failure_callback_name": "os.abort",
            "retries_left": 3,
            "webhooks": '[{"url": "http://127.0.0.1:1/"}]',
        },
    )
    redis_client.zadd(WIP, {claim.execution.member: 1})
    # When it is cleaned
    Upkeep(redis_client, "default").run()
    # Then this process lives, and nothing is queued or failed
    assert not redis_client.exists(QUEUE, "rq:failed:adjudge-default", WIP)


def test_a_dead_slots_leases_are_released_at_once(claims, redis_client, registered):
    for _ in range(2):
        put(redis_client, make_job())
    registered()
    redis_client.sadd("rq:workers", "rq:worker:slot-1")
    redis_client.sadd("rq:workers:adjudge-default", "rq:worker:slot-1")
    mine = claims.take(0)
    other = Claims(redis_client, "default", "slot-2", Seal()).take(0)
    bury(redis_client, "default", "slot-1")
    assert not redis_client.exists(
        keys.lease_key(mine.job.id),
        mine.execution.key,
        "rq:worker:slot-1",
        "rq:worker:slot-1:executions",
        "rq:workers",
        "rq:workers:adjudge-default",
    )
    assert redis_client.exists(keys.lease_key(other.job.id), keys.job_key(mine.job.id)) == 2
    assert redis_client.zcard(WIP) == 1
