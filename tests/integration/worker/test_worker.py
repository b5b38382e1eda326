"""A whole worker on a real Redis: what it survives, and how it stops."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
import rq
from tests.integration.worker.gateway_loop import GatewayLoop
from tests.integration.worker.jobs import answer, check, leased, noop_job, until
from tests.integration.worker.running import wait_until, worker
from tests.unit.worker.chunks import make_job, verdicts_of

from adjudge_worker.queue import Result
from adjudge_worker.queue.engine import EngineQueue

pytestmark = pytest.mark.redis


def test_a_run_leaves_no_keys_behind(redis_url, redis_client, tmp_path):
    with worker(redis_url, tmp_path, "--slots", "2") as running:
        jobs = [noop_job() for _ in range(40)]
        check(answer(redis_url, jobs), jobs)
        assert running.stop() == 0
    assert {key for key in redis_client.keys("*") if redis_client.ttl(key) == -1} == {b"rq:queues"}
    assert set(redis_client.keys("*")) == {b"rq:queues", b"adjudge:catalogue:default"}


def counted(client):
    """How many entries RQ's records of the workers say were refused, and how many jobs done."""
    workers = rq.Worker.all(client)
    return (
        sum(slot.failed_job_count for slot in workers),
        sum(slot.successful_job_count for slot in workers),
    )


def test_rq_info_shows_queue_and_workers(shared, client):
    # Given two long jobs under way, three waiting behind them, and an entry that was refused
    client.delete("rq:failed:adjudge-default")
    refused, done = counted(client)
    queue = EngineQueue("adjudge-default", connection=client)
    queue.enqueue("os.abort", b"no job of ours")
    wait_until(lambda: queue.failed_job_registry.count == 1)
    long = [noop_job(60, seconds=1.0) for _ in range(5)]

    async def story():
        async with GatewayLoop(shared.url) as gateway:
            await gateway.dispatcher.enqueue(long)
            await until(lambda: len(leased(client)) == 2)
            shown = subprocess.run(  # noqa: ASYNC221 - nothing else is to be done
                [Path(sys.executable).with_name("rq"), "info", "--url", shared.url],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            # Then RQ's own tool says so
            assert "1 queues, 3 jobs total" in shown
            assert "adjudge-default |███ 3, 2 executing, 0 finished, 1 failed" in shown
            assert "2 workers" in shown
            assert shown.count(": busy adjudge-default") == 2
            assert counted(client) == (refused + 1, done)
            current = {worker.get_current_job_id() for worker in rq.Worker.all(client)}
            assert current == {key.decode()[-32:] for key in leased(client)}
            # And when the long ones are cancelled, others count as done
            await gateway.dispatcher.cancel([job.id for job in long])
            await gateway.answer([noop_job() for _ in range(5)])

    asyncio.run(story())
    assert counted(client) == (refused + 1, done + 5)
    wait_until(lambda: all(slot.get_state() == "idle" for slot in rq.Worker.all(client)))


def test_a_slot_killed_in_the_middle_of_a_chunk_costs_nobody_a_verdict(
    redis_url, redis_client, tmp_path
):
    with worker(redis_url, tmp_path, "--slots", "2") as running:
        jobs = [noop_job(4, seconds=0.4) for _ in range(2)]
        killed = []

        async def kill(_gateway):
            await until(lambda: len(leased(redis_client)) == 2)
            os.kill(running.slots()[0], signal.SIGKILL)
            killed.append(time.monotonic())

        gateway = answer(redis_url, jobs, during=kill)
        check(gateway, jobs)
        # One job has run twice, the other once; work is 1.6 s, and the death was noticed at once.
        assert sorted(gateway.attempts.values()) == [0, 1]
        assert max(gateway.answered_at.values()) - killed[0] < 5.0 + 1.6
        wait_until(lambda: len(running.slots()) == 2)
    assert not redis_client.exists("rq:wip:adjudge-default")


def test_a_worker_killed_as_a_whole_costs_nobody_a_verdict(redis_url, redis_client, tmp_path):
    jobs = [noop_job(4, seconds=0.3) for _ in range(3)]
    with (
        worker(redis_url, tmp_path, "--slots", "1") as first,
        worker(redis_url, tmp_path, "--slots", "1"),
    ):
        killed = []

        async def kill(_gateway):
            await until(lambda: len(leased(redis_client)) == 2)
            slots = first.slots()
            first.process.kill()
            first.process.wait()
            killed.append(time.monotonic())
            await until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in slots))

        gateway = answer(redis_url, jobs, during=kill)
        check(gateway, jobs)
        assert max(gateway.answered_at.values()) - killed[0] < 5.0 + 3 * 1.2


def test_a_slot_killed_between_pop_and_claim_costs_nobody_a_verdict(
    redis_url, redis_client, tmp_path
):
    with worker(redis_url, tmp_path, "--slots", "1") as running:
        # Given a slot that is stopped in its tracks while it waits in BLMOVE
        (slot,) = running.slots()
        time.sleep(0.3)
        os.kill(slot, signal.SIGSTOP)
        intermediate = "rq:queue:adjudge-default:intermediate"
        jobs = [noop_job()]

        async def kill(_gateway):
            # When Redis has handed it a job, and it dies before it can claim it
            await until(lambda: redis_client.llen(intermediate) == 1)
            os.kill(slot, signal.SIGKILL)

        # Then the job is answered by its successor
        check(answer(redis_url, jobs, during=kill), jobs)


def test_work_goes_on_after_a_restart_of_redis(redis_server, tmp_path):
    client = redis.Redis.from_url(redis_server.url)
    with client, worker(redis_server.url, tmp_path, "--slots", "2") as running:
        jobs = [noop_job(4, seconds=0.3) for _ in range(6)]

        async def restart(_gateway):
            await until(lambda: len(leased(client)) == 2)
            redis_server.kill()
            await asyncio.sleep(1.0)
            redis_server.start()

        gateway = answer(redis_server.url, jobs, during=restart)
        check(gateway, jobs)
        # The two that were under way finished by sending their result again.
        assert sorted(gateway.attempts.values())[:2] == [0, 0]
        assert len(rq.Worker.all(client)) == 2
        # And idle slots survive one too.
        redis_server.kill()
        time.sleep(0.5)
        redis_server.start()
        more = [noop_job() for _ in range(6)]
        check(answer(redis_server.url, more), more)
        wait_until(lambda: len(rq.Worker.all(client)) == 2)
        assert "died" not in running.log
        assert running.stop() == 0


def test_a_worker_started_before_redis_waits_for_it(redis_server, tmp_path):
    redis_server.kill()
    with worker(redis_server.url, tmp_path, "--slots", "1", ready=False) as running:
        wait_until(lambda: "connecting: Redis says" in running.log)
        redis_server.start()
        jobs = [noop_job()]
        check(answer(redis_server.url, jobs), jobs)
        assert running.stop() == 0


def test_malformed_entries_are_refused_and_the_worker_lives(shared, client):
    slots = shared.slots()
    rq.Queue("adjudge-default", connection=client).enqueue("os.abort")
    queue = EngineQueue("adjudge-default", connection=client)
    for payload in (b"", b"\0" * 10, b"ADJJ\x01", noop_job().encode(), b"x" * 1_000_000):
        queue.enqueue("os.abort", payload, job_id=os.urandom(16).hex())
    client.rpush("rq:queue:adjudge-default", b"\xff\xfe", b"", b"no such job")
    no_chunk = make_job(b"\xff\xff\xff")
    queue.enqueue("os.abort", no_chunk.encode(), job_id=no_chunk.id)
    jobs = [noop_job() for _ in range(5)]
    check(answer(shared.url, jobs), jobs)
    wait_until(lambda: client.zcard("rq:failed:adjudge-default") >= 6)
    assert client.zscore("rq:failed:adjudge-default", no_chunk.id)
    assert shared.slots() == slots


def test_only_signed_jobs_are_run_where_a_key_is_configured(redis_url, redis_client, tmp_path):
    key = tmp_path / "key"
    key.write_text("0123456789abcdef0123456789abcdef\n")
    with worker(redis_url, tmp_path, "--slots", "1", "--signing-key-file", str(key)):
        unsigned, signed = noop_job(), noop_job()
        EngineQueue("adjudge-default", connection=redis_client).enqueue(
            "os.abort", unsigned.encode(), job_id=unsigned.id
        )
        gateway = answer(redis_url, [signed], key=key.read_bytes().strip())
        check(gateway, [signed])
        assert redis_client.zscore("rq:failed:adjudge-default", unsigned.id)
        (entry,) = [redis_client.zcard("rq:failed:adjudge-default")]
        assert entry == 1


def test_expired_work_is_answered_and_not_run(shared):
    past = int(time.time() * 1000) - 1
    soon = int(time.time() * 1000) + 1000
    jobs = [
        noop_job(100, seconds=0.5, deadline_unix_ms=past, keep=True),
        noop_job(100, seconds=0.3, deadline_unix_ms=soon),
    ]
    began = time.monotonic()
    gateway = answer(shared.url, jobs)
    assert time.monotonic() - began < 4.0
    expired, cut = (verdicts_of(gateway.results[job.id].response) for job in jobs)
    assert {verdict.outcome for verdict in expired} == {13}
    assert cut[0].reward == 1.0
    assert cut[-1].outcome == 13
    assert not cut[-1].HasField("reward")

    # What was cut short is not kept: a retry with more time deserves a judgement.
    async def kept():
        async with GatewayLoop(shared.url) as other:
            return await other.dispatcher.kept([jobs[0].id])

    assert asyncio.run(kept()) == [None]


def test_a_slot_that_dies_of_every_job_does_not_take_its_neighbour_along(redis_url, tmp_path):
    with worker(redis_url, tmp_path, "--slots", "2") as running:
        deadly = noop_job(1, completion="die", verifier="fatal")
        good = [noop_job() for _ in range(10)]

        async def story():
            async with GatewayLoop(redis_url) as gateway:
                await gateway.dispatcher.enqueue([deadly])
                await gateway.answer(good)
                await gateway.answer([noop_job() for _ in range(3)])
                # The gateway would blame it now; a blamed job is answered without being run.
                blamed = noop_job(1, completion="die", verifier="fatal", blamed=True, attempt=2)
                (result,) = await gateway.answer([blamed])
                return verdicts_of(result.response)

        (verdict,) = asyncio.run(story())
        assert (verdict.outcome, verdict.reward, verdict.reason) == (7, 0.0, "killed_worker")
        wait_until(lambda: len(running.slots()) == 2)


def test_a_redis_user_without_dangerous_rights_is_enough(redis_server, tmp_path):
    with redis.Redis.from_url(redis_server.url) as client:
        client.execute_command(
            *("ACL", "SETUSER", "adjudge", "on", ">secret", "~rq:*", "~adjudge:*"),
            *("resetchannels", "&rq:*"),
            *("+@all", "-@admin", "-@dangerous", "+info"),
        )
        client.execute_command("ACL", "SETUSER", "default", "off")
    url = f"unix://adjudge:secret@{redis_server.socket_path}"
    with worker(url, tmp_path, "--slots", "1") as running:
        jobs = [noop_job() for _ in range(3)]
        check(answer(url, jobs), jobs)
        assert running.stop() == 0
        assert "No permissions" not in running.log
        assert "NOPERM" not in running.log


def test_results_carry_the_workers_name_and_time(shared, client):
    names = {worker.name for worker in rq.Worker.all(client)}
    (job,) = jobs = [noop_job(2, seconds=0.1)]
    result = answer(shared.url, jobs).results[job.id]
    assert isinstance(result, Result)
    assert result.worker in names
    assert 0.2 <= result.wall_seconds < 2.0
