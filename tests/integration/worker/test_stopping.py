"""How a worker on a real Redis stops, and how others stop it."""

import asyncio
import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import rq
from tests.fixtures.processes import children
from tests.integration.worker.gateway_loop import GatewayLoop
from tests.integration.worker.jobs import leased, noop_job, until
from tests.integration.worker.running import wait_until, worker
from tests.unit.worker.chunks import verdicts_of

from adjudge_worker.queue.engine import EngineQueue

pytestmark = pytest.mark.redis


def test_a_cancelled_job_stops_within_two_seconds(shared, client):
    long = [noop_job(100, seconds=0.3) for _ in range(2)]
    waiting, short = noop_job(), noop_job()

    async def story():
        async with GatewayLoop(shared.url) as gateway:
            await gateway.dispatcher.enqueue([*long, waiting])
            await until(lambda: len(leased(client)) == 2)
            await gateway.dispatcher.cancel([job.id for job in (*long, waiting)])
            began = time.monotonic()
            await gateway.answer([short])
            assert time.monotonic() - began < 2.5
            return gateway

    gateway = asyncio.run(story())
    assert set(gateway.results) == {short.id}
    assert client.xlen("adjudge:results:g1") == 0


def test_a_warm_stop_finishes_the_chunk_and_deregisters(redis_url, redis_client, tmp_path):
    with worker(redis_url, tmp_path, "--slots", "1") as running:
        under_way, waiting = noop_job(4, seconds=0.3), noop_job()

        async def story():
            async with GatewayLoop(redis_url) as gateway:
                await gateway.dispatcher.enqueue([under_way, waiting])
                await until(lambda: leased(redis_client))
                running.process.send_signal(signal.SIGTERM)
                async with contextlib.aclosing(gateway.dispatcher.results()) as stream:
                    (result,) = await anext(stream)
                assert result.job_id == under_way.id
                assert all(verdict.reward == 1 for verdict in verdicts_of(result.response))

        asyncio.run(story())
        assert running.process.wait(5) == 0
        assert rq.Worker.all(redis_client) == []
        queue = EngineQueue("adjudge-default", connection=redis_client)
        assert queue.job_ids == [waiting.id]
        assert queue.started_job_registry.count == 0


def test_rq_can_suspend_and_shut_down_slots(redis_url, redis_client, tmp_path):
    from rq.command import send_shutdown_command
    from rq.suspension import resume, suspend

    with worker(redis_url, tmp_path, "--slots", "1") as running:
        suspend(redis_client)
        time.sleep(2.2)
        job = noop_job()
        EngineQueue("adjudge-default", connection=redis_client).enqueue(
            "adjudge_worker.queue.engine.judge_chunk", job.encode(), job_id=job.id
        )
        time.sleep(0.5)
        assert redis_client.llen("rq:queue:adjudge-default") == 1
        resume(redis_client)
        wait_until(lambda: not redis_client.exists("rq:queue:adjudge-default"), 5)
        (slot,) = running.slots()
        send_shutdown_command(redis_client, rq.Worker.all(redis_client)[0].name)
        # The slot ends by itself; its supervisor starts another one.
        wait_until(lambda: running.slots() not in ([slot], []), 10)


def test_rq_can_stop_the_job_under_way(shared, client):
    from rq.command import send_command

    long = noop_job(100, seconds=0.2)

    async def story():
        async with GatewayLoop(shared.url) as gateway:
            await gateway.dispatcher.enqueue([long])
            await until(lambda: leased(client))
            (name,) = (slot.name for slot in rq.Worker.all(client) if slot.get_current_job_id())
            for junk in ("{", '"x"', "[]", '{"command": ["a"]}', '{"command": "kill-horse"}'):
                client.publish(f"rq:pubsub:{name}", junk)
            send_command(client, name, "stop-job", job_id=long.id)
            await until(lambda: not leased(client), 5)

    asyncio.run(story())


def test_what_outlasts_the_stop_limit_is_killed(redis_url, redis_client, tmp_path):
    with worker(redis_url, tmp_path, "--slots", "1", "--stop-seconds", "0.5") as running:
        EngineQueue("adjudge-default", connection=redis_client).enqueue(
            "adjudge_worker.queue.engine.judge_chunk",
            (job := noop_job(1, seconds=30.0)).encode(),
            job_id=job.id,
        )
        wait_until(lambda: leased(redis_client))
        began = time.monotonic()
        assert running.stop(5) == 0
        assert time.monotonic() - began < 3
        assert "are killed" in running.log
        # Its lease went with it, so that a gateway dispatches the job again at once.
        assert not leased(redis_client)
        assert rq.Worker.all(redis_client) == []


def test_a_second_stop_request_ends_everything_at_once(redis_url, redis_client, tmp_path):
    with worker(redis_url, tmp_path, "--slots", "1") as running:
        EngineQueue("adjudge-default", connection=redis_client).enqueue(
            "adjudge_worker.queue.engine.judge_chunk",
            (job := noop_job(1, seconds=30.0)).encode(),
            job_id=job.id,
        )
        wait_until(lambda: leased(redis_client))
        running.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert running.process.poll() is None
        assert running.stop(5) == 0


def test_slots_die_with_their_supervisor_and_that_with_its_parent(redis_url, tmp_path):
    script = (
        "import subprocess, sys, time; "
        "subprocess.Popen([sys.executable, '-m', 'tests.fixtures.fake_jail_worker', "
        "'--die-with-parent', *sys.argv[1:]]); time.sleep(60)"
    )
    ready = tmp_path / "ready.json"
    parent = subprocess.Popen(
        [
            *(sys.executable, "-c", script, "--redis-url", redis_url),
            *("--slots", "1", "--ready-file", str(ready)),
        ],
        stderr=subprocess.DEVNULL,
    )
    wait_until(ready.exists, 20)
    (supervisor,) = children(parent.pid)
    slots = children(supervisor)
    assert len(slots) == 1
    parent.kill()
    parent.wait()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in (supervisor, *slots)), 10)
