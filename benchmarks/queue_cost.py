"""What the queue itself costs: CPU of slot, Redis and gateway's side, for each chunk and each item.

One slot runs in this process against a private Redis, with a judge that answers at once from a
ready-made response, so that what is measured is RQ, Redis, scripts, signatures and codec. Read the
minimum of the rounds: the machine is shared. Targets at chunks of 128 to 256 items: slot at most 7
and Redis at most 2 microseconds an item.

    python benchmarks/queue_cost.py [--signed] [--jobs 400] [--rounds 3]
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import os
import threading
import time
from typing import TYPE_CHECKING

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from adjudge.embedded.redis_server import RedisServer
from adjudge.v1.task_pb2 import Candidate, Task
from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest
from adjudge_verifiers.contract import Budget, Outcome, Verdict
from adjudge_verifiers.registry import Registry, load_registry
from adjudge_worker.chunk import ChunkJudge
from adjudge_worker.queue import Job, RedisDispatcher
from adjudge_worker.queue.seal import Seal
from adjudge_worker.shelf import Shelf
from adjudge_worker.slot import Slot
from adjudge_worker.tasks import TaskStore
from adjudge_worker.wire import encode_verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMPLETION = "x" * 400
KEY = b"0123456789abcdef0123456789abcdef"


class ReadyEvaluators:
    """Answers every request with verdicts made beforehand."""

    def __init__(self) -> None:
        self._ready: dict[int, bytes] = {}

    def judge(
        self,
        request: VerifyCandidatesRequest,
        budgets: Sequence[Budget],
        stop: Callable[[], Outcome | None],
    ) -> bytes:
        count = len(request.candidates)
        if count not in self._ready:
            verdict = Verdict(Outcome.CORRECT, 1.0, "correct", answer="42", decided_by="noop")
            self._ready[count] = b"".join(
                encode_verdict(
                    verdict,
                    verifier=None,
                    verifier_name="noop",
                    candidate_id=str(number),
                    cpu_seconds=1e-6,
                    wall_seconds=1e-6,
                    peak_memory_bytes=0,
                )
                for number in range(count)
            )
        request.SerializeToString()  # what any evaluator has to do with it
        return self._ready[count]


@dataclasses.dataclass
class Costs:
    """CPU microseconds a chunk."""

    slot: float
    redis: float
    gateway: float
    wall: float


def make_jobs(count: int, items: int) -> list[Job]:
    request = VerifyCandidatesRequest(
        tasks=[Task(verifier="noop", parameters_json="{}")],
        candidates=[Candidate(id=str(n), completion=COMPLETION) for n in range(items)],
    )
    chunk = request.SerializeToString()
    return [
        Job(
            id=os.urandom(16).hex(),
            pool="default",
            verifier="noop",
            gateway="bench",
            deadline_unix_ms=0,
            tenant="t",
            attempt=0,
            keep=False,
            blamed=False,
            chunk=chunk,
        )
        for _ in range(count)
    ]


def redis_cpu(client: redis.Redis) -> float:
    info = client.info("cpu")
    return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])


def connect(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0))


def measure(url: str, jobs: list[Job], key: bytes | None, registry: Registry) -> Costs:
    client = connect(url)
    client.flushall()
    seal = Seal(key)
    connection = connect(url)
    slot = Slot(
        connection,
        connect(url),
        pool="default",
        name=f"bench-{time.monotonic_ns()}",
        seal=seal,
        judge=ChunkJudge(
            registry,
            ReadyEvaluators(),
            None,  # no sandboxed verifier here
            TaskStore(connection, seal, 1 << 20),
            shelf=Shelf(1 << 20),
        ),
        verifiers=b"",
        on_ready=lambda: None,
    )
    slot._install_signal_handlers = lambda: None  # noqa: SLF001 - the slot runs in a thread of this process
    costs = {}

    def work() -> None:
        before, began = time.thread_time(), time.perf_counter()
        slot.work(burst=True, logging_level="WARNING")
        costs["slot"] = time.thread_time() - before
        costs["wall"] = time.perf_counter() - began

    async def gateway() -> tuple[float, float]:
        dispatcher = RedisDispatcher(url, "bench", signing_key=key)
        await dispatcher.start()
        before = time.thread_time()
        for start in range(0, len(jobs), 50):
            await dispatcher.enqueue(jobs[start : start + 50])
        enqueueing = time.thread_time() - before
        redis_before = redis_cpu(client)
        thread = threading.Thread(target=work)
        thread.start()
        await asyncio.to_thread(thread.join)
        redis_working = redis_cpu(client) - redis_before
        before, seen = time.thread_time(), 0
        async for batch in dispatcher.results():
            seen += len(batch)
            if seen >= len(jobs):
                break
        reading = time.thread_time() - before
        await dispatcher.close()
        return enqueueing + reading, redis_working

    redis_before = redis_cpu(client)
    gateway_cpu, _ = asyncio.run(gateway())
    redis_total = redis_cpu(client) - redis_before
    micro = 1e6 / len(jobs)
    return Costs(
        costs["slot"] * micro, redis_total * micro, gateway_cpu * micro, costs["wall"] * micro
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--signed", action="store_true", help="sign jobs and results")
    parser.add_argument("--jobs", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    registry = load_registry({"noop": "tests.plugins.noop:Noop"})
    print(
        f"{'chunk':>6} | CPU us a chunk: {'slot':>6} {'Redis':>6} {'gateway':>7} | "
        f"CPU us an item: {'slot':>6} {'Redis':>6} {'gateway':>7} | items/s, one slot"
    )
    with RedisServer() as server:
        for items in (1, 8, 32, 128, 256):
            jobs = make_jobs(options.jobs, items)
            rounds = [
                measure(server.url, jobs, KEY if options.signed else None, registry)
                for _ in range(options.rounds)
            ]
            best = Costs(
                *(
                    min(getattr(costs, field.name) for costs in rounds)
                    for field in dataclasses.fields(Costs)
                )
            )
            print(
                f"{items:>6} |                 {best.slot:6.0f} {best.redis:6.0f} "
                f"{best.gateway:7.0f} |                 {best.slot / items:6.2f} "
                f"{best.redis / items:6.2f} {best.gateway / items:7.2f} | "
                f"{items * 1e6 / best.wall:,.0f}"
            )


if __name__ == "__main__":
    main()
