"""What the house itself costs: a no-op verifier through gRPC, Redis, worker and evaluator.

    .venv/bin/python benchmarks/overhead.py [--seconds 5]

Prints, with one gateway and one worker slot: throughput and processor time an item at batch 1,024,
split by process; the latency of a lone batch of 64 and of a lone item. The floor beside them is a
bare gRPC echo of the same bytes, measured in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import os
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import grpc
import redis
from processes import command, fine_cpu_seconds, tree

from adjudge import AsyncClient, Candidate, Task
from adjudge.embedded.service import EmbeddedService
from adjudge.v1 import verifier_service_pb2 as pb

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

NOOP = "noop=tests.plugins.noop:Noop"
COMPLETION = "x" * 400


def batch(size: int) -> list[Candidate]:
    tasks = [Task("noop", {}) for _ in range(max(1, size // 8))]
    return [
        Candidate(f"{COMPLETION}{number}", tasks[number // 8 % len(tasks)])
        for number in range(size)
    ]


async def throughput(
    call: Callable[[], Awaitable[object]], items: int, concurrency: int, seconds: float
) -> float:
    """Items a second with so many calls under way."""
    done = 0
    stop = time.monotonic() + seconds

    async def loop() -> None:
        nonlocal done
        while time.monotonic() < stop:
            await call()
            done += items

    started = time.monotonic()
    await asyncio.gather(*(loop() for _ in range(concurrency)))
    return done / (time.monotonic() - started)


async def latencies(call: Callable[[], Awaitable[object]], times: int) -> list[float]:
    """Milliseconds of calls made one after another."""
    measured = []
    for _ in range(times):
        started = time.perf_counter()
        await call()
        measured.append((time.perf_counter() - started) * 1e3)
    return measured


def spent(groups: dict[str, list[int]]) -> dict[str, float]:
    return {name: sum(fine_cpu_seconds(pid) for pid in pids) for name, pids in groups.items()}


def process_groups(service: EmbeddedService) -> dict[str, list[int]]:
    """Process ids by what they are."""
    groups: dict[str, list[int]] = {"gateway": list(tree(service.pid("gateway")))}
    supervisor = service.pid("worker")
    slots = [pid for pid in tree(supervisor) if pid != supervisor]
    jailed = {inner for pid in slots if "nsjail" in command(pid) for inner in tree(pid)}
    groups["worker"] = [pid for pid in slots if pid not in jailed]
    groups["jail"] = sorted(jailed)
    groups["redis"] = [pid for pid in tree(os.getpid()) if "redis-server" in command(pid)]
    return groups


async def measure(service: EmbeddedService, seconds: float) -> None:
    async with AsyncClient(service.address) as client:
        big, small, one = batch(1024), batch(64), batch(1)
        for candidates in (big, small, one):
            verdicts = await client.verify(candidates, deadline_seconds=60)
            assert all(verdict.reward == 1.0 for verdict in verdicts), verdicts[0]
        for concurrency in (1, 4):
            groups = process_groups(service)
            before = spent(groups)
            done_before = time.process_time()
            rate = await throughput(
                lambda: client.verify(big, deadline_seconds=60), 1024, concurrency, seconds
            )
            items = rate * seconds
            each = {name: (now - before[name]) / items * 1e6 for name, now in spent(groups).items()}
            own = (time.process_time() - done_before) / items * 1e6
            parts = ", ".join(f"{name} {value:.1f}" for name, value in each.items())
            print(
                f"batch 1,024, {concurrency} under way: {rate:,.0f} items/s; CPU µs/item: {parts}; "
                f"sum {sum(each.values()):.1f} (client {own:.1f})"
            )
        for name, candidates, times in (("batch of 64", small, 200), ("item", one, 200)):
            times_ms = await latencies(
                functools.partial(client.verify, candidates, deadline_seconds=60), times
            )
            print(
                f"lone {name}: median {statistics.median(times_ms):.2f} ms, "
                f"p99 {statistics.quantiles(times_ms, n=100)[98]:.2f} ms"
            )


class Echo(grpc.GenericRpcHandler):
    """Answers any call with the bytes that came."""

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        async def echo(request: bytes, context: grpc.aio.ServicerContext) -> bytes:
            return request

        return grpc.unary_unary_rpc_method_handler(echo)


def ping(service: EmbeddedService) -> None:
    """What a hop costs on this machine: the field's yardstick for everything above it."""
    assert service.redis is not None
    with redis.Redis.from_url(service.redis.url) as connection:
        times_us = []
        for _ in range(2000):
            started = time.perf_counter()
            connection.ping()
            times_us.append((time.perf_counter() - started) * 1e6)
    print(f"floor, Redis PING over the unix socket: median {statistics.median(times_us):.0f} µs")


async def floor() -> None:
    """The same request bytes through a bare grpc.aio echo server in this process."""
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((Echo(),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        call = channel.unary_unary("/echo/Echo")
        request = pb.VerifyCandidatesRequest()
        for _ in range(64):
            request.candidates.add(completion=COMPLETION)
        data = request.SerializeToString()
        await call(data)
        times_ms = await latencies(lambda: call(data), 200)
        print(
            f"floor, gRPC echo of 64 candidates' bytes: median {statistics.median(times_ms):.2f} ms"
        )
    await server.stop(None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    os.environ["ADJUDGE_WORKER_EXTRA_VERIFIERS"] = NOOP
    os.environ["ADJUDGE_WORKER_EXTRA_PATHS"] = str(Path(__file__).parents[1])
    os.environ["ADJUDGE_WORKER_PRECOMPILE"] = "false"  # no compiler beside what is measured
    asyncio.run(floor())
    with EmbeddedService(slots=1) as service:
        ping(service)
        asyncio.run(measure(service, options.seconds))


if __name__ == "__main__":
    main()
