"""What the live workers offer: one catalogue for each pool, published by its slots."""

from __future__ import annotations

from collections import Counter
from typing import Any

from adjudge_worker.queue import keys
from adjudge_worker.queue.dispatcher import PoolState


def publish(pipeline: Any, pool: str, verifiers: bytes) -> None:
    """Put a pool's serialised ListVerifiersResponse on a pipeline; it stays 15 s."""
    pipeline.set(keys.catalogue_key(pool), verifiers, ex=keys.CATALOGUE_SECONDS)


async def read_pools(connection: Any) -> list[PoolState]:
    """Pools with at least one live slot, by name: RQ's worker registry joined with the catalogues.

    ``connection`` is a redis.asyncio client; its errors are the caller's to translate.
    """
    workers = await connection.smembers(keys.WORKERS)
    if not workers:
        return []
    async with connection.pipeline(transaction=False) as pipeline:
        for worker in workers:
            pipeline.hget(worker, "queues")
        served = await pipeline.execute()
    live: Counter[str] = Counter()
    for queues in served:
        for name in (queues or b"").decode(errors="replace").split(","):
            if name.startswith(keys.QUEUE_PREFIX):
                live[name.removeprefix(keys.QUEUE_PREFIX)] += 1
    pools = sorted(live)
    if not pools:
        return []
    catalogues = await connection.mget([keys.catalogue_key(pool) for pool in pools])
    return [
        PoolState(pool, live[pool], catalogue or b"")
        for pool, catalogue in zip(pools, catalogues, strict=True)
    ]
