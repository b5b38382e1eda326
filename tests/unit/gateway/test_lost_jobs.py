"""What is sent again, in which parts, and who is blamed."""

from __future__ import annotations

import asyncio

import grpc
import pytest
from tests.unit.gateway.rig import Refused, request, rig, until

from adjudge_worker.queue import Result

CHEAP = {"initial_item_seconds": 1e-5}


def test_a_job_lost_with_redis_is_sent_again_whole_and_nobody_is_blamed():
    async def scenario():
        async with rig(**CHEAP) as it:
            # Given a Redis that goes away and forgets everything, three times
            it.worker.paused = True
            call = asyncio.create_task(it.answers(request(*map(str, range(40)))))
            for round_ in range(3):
                await until(lambda: it.dispatcher._payloads)
                it.dispatcher.down = True
                await until(lambda: it.server.board.redis_gone_since)
                it.dispatcher._payloads.clear()
                it.dispatcher._waiting.clear()
                it.dispatcher.down = False
                await it.server.board.refresh()
                await until(lambda n=round_: it.server.metrics.redispatches == n + 1)
            it.worker.paused = False
            assert await call == [f"echo {{}} {n}" for n in range(40)]
            assert [job.attempt for job in it.worker.jobs] == [3]
            assert not any(job.blamed for job in it.worker.jobs)

    asyncio.run(scenario())


def test_one_death_alone_blames_nobody():
    async def scenario():
        async with rig(**CHEAP) as it:
            deaths = iter([True, False])
            work = it.worker.work

            def die_once(job):
                if next(deaths, False):
                    asyncio.get_running_loop().call_later(0.12, it.dispatcher.die, job.id)
                else:
                    work(job)

            it.worker.work = die_once
            assert await it.answers(request("a")) == ["echo {} a"]
            assert it.server.metrics.redispatches == 1
            assert it.server.metrics.blamed == 0

    asyncio.run(scenario())


def test_a_chunk_whose_worker_died_comes_in_eight_parts():
    async def scenario():
        async with rig(**CHEAP) as it:
            died = []
            work = it.worker.work

            def die_once(job):
                if died:
                    work(job)
                else:
                    died.append(job)
                    asyncio.get_running_loop().call_later(0.12, it.dispatcher.die, job.id)

            it.worker.work = die_once
            assert await it.answers(request(*map(str, range(64)))) == [
                f"echo {{}} {n}" for n in range(64)
            ]
            assert [job.attempt for job in it.worker.jobs] == [0, *[1] * 8]

    asyncio.run(scenario())


def test_a_late_double_is_dropped_and_the_first_verdict_wins():
    async def scenario():
        async with rig(**CHEAP) as it:
            # Given a worker that is slow to answer and believed dead
            held, finish = [], it.dispatcher.finish
            it.dispatcher.finish = held.append
            call = asyncio.create_task(it.answers(request(*map(str, range(16)))))
            await until(lambda: held)
            it.dispatcher.die(it.worker.jobs[0].id)
            it.dispatcher._payloads.pop(it.worker.jobs[0].id)
            await until(lambda: len(held) > 1)
            # When the first life answers after all
            finish(held[0])
            # Then that is the answer, and later ones change nothing
            assert await call == [f"echo {{}} {n}" for n in range(16)]
            for result in held:
                finish(result)
            await until(lambda: it.server.metrics.late >= len(held))
            assert not it.server.dispatch.lives
            assert not it.server.dispatch._superseded
            assert it.server.quota.total.items == 0

    asyncio.run(scenario())


def test_a_result_of_wrong_length_is_refused_and_the_work_done_again():
    async def scenario():
        async with rig(**CHEAP) as it:
            it.worker.malformed = 1
            assert await it.answers(request(*map(str, range(10)))) == [
                f"echo {{}} {n}" for n in range(10)
            ]
            assert it.server.metrics.refused_results == 1

    asyncio.run(scenario())


def test_workers_that_only_answer_nonsense_make_the_call_internal():
    async def scenario():
        async with rig(**CHEAP) as it:
            it.worker.malformed = 10**6
            with pytest.raises(Refused, match="malformed") as caught:
                await it.verify(request(*map(str, range(10)), request_id="r"))
            assert caught.value.code is grpc.StatusCode.INTERNAL
            assert it.server.quota.total.items == 0
            it.worker.malformed = 0
            assert len(await it.answers(request("b"))) == 1

    asyncio.run(scenario())


def test_garbage_instead_of_a_result_is_refused():
    async def scenario():
        async with rig(**CHEAP) as it:
            finish = it.dispatcher.finish
            garbage = iter([b"\xff" * 40, b"", b"\x0a\x7f"])

            def spoil(result):
                response = next(garbage, result.response)
                finish(Result(result.job_id, response, "w", 0.1, result.items))

            it.dispatcher.finish = spoil
            assert await it.answers(request(*"ab")) == ["echo {} a", "echo {} b"]

    asyncio.run(scenario())


def test_results_of_unknown_jobs_are_ignored():
    async def scenario():
        async with rig() as it:
            it.dispatcher.finish(Result("0" * 32, b"", "w", 0.1, 0))
            await until(lambda: it.server.metrics.late == 1)
            assert await it.answers(request("a"))

    asyncio.run(scenario())


def test_large_tasks_are_stored_again_with_a_lost_job():
    async def scenario():
        async with rig(**CHEAP) as it:
            from adjudge.v1.task_pb2 import Task

            it.worker.paused = True
            task = Task(verifier="echo", parameters_json="x" * 9_000)
            call = asyncio.create_task(it.answers(request("a", tasks=[task])))
            await until(lambda: it.dispatcher._payloads)
            # Given a Redis that has forgotten everything
            it.dispatcher._payloads.clear()
            it.dispatcher._waiting.clear()
            it.dispatcher.tasks.clear()
            it.worker.paused = False
            (answer,) = await call
            assert answer.endswith("x a")

    asyncio.run(scenario())
