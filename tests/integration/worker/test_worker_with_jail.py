"""A whole worker with its real jails."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest
from tests.fixtures.processes import descendants
from tests.integration.worker.gateway_loop import GatewayLoop
from tests.integration.worker.jobs import answer, check, leased, noop_job, until
from tests.integration.worker.running import wait_until, worker
from tests.unit.worker.chunks import make_job, make_request, verdicts_of

from adjudge.v1.task_pb2 import Task
from adjudge.v1.verifier_service_pb2 import ListVerifiersResponse

pytestmark = [pytest.mark.redis, pytest.mark.jail, pytest.mark.usefixtures("jail")]


def test_a_slot_killed_in_the_middle_of_a_chunk_takes_its_jail_along(
    redis_url, redis_client, tmp_path
):
    with worker(redis_url, tmp_path, "--slots", "2", module="adjudge_worker") as running:
        jobs = [noop_job(4, seconds=0.4) for _ in range(2)]
        killed = []

        async def kill(_gateway):
            await until(lambda: len(leased(redis_client)) == 2)
            victim = running.slots()[0]
            below = descendants(victim)
            assert below
            os.kill(victim, signal.SIGKILL)
            killed.append(time.monotonic())
            await until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below), 5)

        gateway = answer(redis_url, jobs, during=kill)
        check(gateway, jobs)
        assert max(gateway.answered_at.values()) - killed[0] < 5.0 + 1.6
        wait_until(lambda: len(running.slots()) == 2)
        everything = descendants(running.process.pid)
        assert running.stop() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in everything)


def test_a_candidate_that_kills_its_evaluator_is_blamed_alone(redis_url, tmp_path):
    with worker(redis_url, tmp_path, "--slots", "1", module="adjudge_worker") as running:
        slots = running.slots()
        request = make_request(
            ["right", "die", "wrong"], tasks=[Task(verifier="fatal", parameters_json="{}")]
        )
        job = make_job(request, verifier="fatal")
        result = answer(redis_url, [job]).results[job.id]
        assert [verdict.outcome for verdict in verdicts_of(result.response)] == [1, 7, 3]
        assert running.slots() == slots


def test_a_private_verifier_is_offered_without_packaging(redis_url, tmp_path):
    with worker(redis_url, tmp_path, "--slots", "1", module="adjudge_worker"):

        async def story():
            async with GatewayLoop(redis_url) as gateway:
                return await gateway.dispatcher.pools()

        (pool,) = asyncio.run(story())
        offered = {
            verifier.name: verifier
            for verifier in ListVerifiersResponse.FromString(pool.verifiers).verifiers
        }
        assert (pool.name, pool.workers) == ("default", 1)
        assert offered["noop"].available
        assert offered["noop"].pools == ["default"]
        assert offered["mathematics"].available
        assert offered["mathematics"].examples


def test_a_worker_without_a_jail_refuses_to_start_and_says_why(redis_url, redis_client, tmp_path):
    with worker(
        redis_url, tmp_path, "--nsjail", "/bin/false", module="adjudge_worker", ready=False
    ) as running:
        assert running.process.wait(30) == 78
        assert "no jail, no work: " in running.log
        assert "could not build its jail (see above)" in running.log
        assert "Traceback" not in running.log
    assert redis_client.keys("*") == []
