"""Jobs for a real worker, and their answers."""

import asyncio

from tests.integration.worker.gateway_loop import GatewayLoop
from tests.unit.worker.chunks import make_job, make_request, verdicts_of

from adjudge.v1.task_pb2 import Task


def noop_job(count=8, *, seconds=0.0, completion="right", verifier="noop", **changes):
    task = Task(verifier=verifier, parameters_json=f'{{"seconds": {seconds}}}')
    request = make_request([completion] * count, tasks=[task])
    return make_job(request, verifier=verifier, **changes)


def answer(url, jobs, *, during=None, key=None, seconds=30.0):
    """Results of jobs; ``during`` is awaited meanwhile, with the gateway."""

    async def story():
        async with GatewayLoop(url, signing_key=key) as gateway:
            answering = asyncio.ensure_future(gateway.answer(jobs, seconds=seconds))
            if during is not None:
                await during(gateway)
            await answering
            return gateway

    return asyncio.run(story())


def check(gateway, jobs):
    """Every job is answered, and every candidate of it is right."""
    for job in jobs:
        result = gateway.results[job.id]
        verdicts = verdicts_of(result.response)
        assert len(verdicts) == result.items
        assert all(verdict.reward == 1.0 for verdict in verdicts)


async def until(done, seconds=10.0):
    async with asyncio.timeout(seconds):
        while not done():  # noqa: ASYNC110 - it is another process that changes it
            await asyncio.sleep(0.02)


def leased(client):
    return client.keys("adjudge:lease:*")
