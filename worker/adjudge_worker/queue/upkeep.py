"""Cleaning up after dead slots, in place of RQ's maintenance.

RQ's own would fail or requeue what it takes for abandoned, and run callbacks named in Redis. Ours
removes what nobody is at; whoever waits for a lost job dispatches it again.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any, cast

from rq.utils import parse_composite_key
from rq.worker_registration import clean_worker_registry

from adjudge_worker.queue import keys
from adjudge_worker.queue.engine import EngineQueue

if TYPE_CHECKING:
    from redis import Redis

_log = logging.getLogger(__name__)

INTERVAL_SECONDS = 10
_QUIET_SECONDS = 5.0
"""Longer than a lease: an execution without a heartbeat for so long is dead."""


class Upkeep:
    """One slot's share of the cleaning of its pool; one slot at a time holds RQ's lock."""

    def __init__(self, connection: Redis, pool: str) -> None:
        self._redis = connection
        self._pool = pool
        self._queue = EngineQueue(keys.queue_name(pool), connection=connection)
        self._stray: set[bytes] = set()

    def run(self) -> None:
        """Clean once, unless another slot is at it. Raises redis-py's errors."""
        lock = self._queue.registry_cleaning_key
        if not self._redis.set(lock, 1, nx=True, ex=INTERVAL_SECONDS):
            return
        self._clean_executions()
        self._clean_intermediate()
        self._redis.zremrangebyscore(keys.failed_key(self._pool), "-inf", time.time())
        clean_worker_registry(self._queue)
        self._redis.delete(lock)

    def _clean_executions(self) -> None:
        """Remove executions whose slot has fallen silent from RQ's registry of started jobs."""
        quiet = time.time() + keys.WIP_SECONDS - _QUIET_SECONDS
        silent: Any = self._redis.zrangebyscore(keys.wip_key(self._pool), "-inf", quiet)
        remove_executions(self._redis, self._pool, silent)

    def _clean_intermediate(self) -> None:
        """Remove ids that were popped and not claimed, when two passes in a row have seen them."""
        key = keys.intermediate_key(self._pool)
        found: Any = self._redis.lrange(key, 0, -1)
        for raw_id in self._stray.intersection(found):
            _log.info("cleaned %.200r out of the intermediate list", raw_id)
            self._redis.lrem(key, 1, cast("str", raw_id))  # ids are bytes, and not always text
        self._stray = set(found)


def bury(connection: Redis, pool: str, worker: str) -> None:
    """Let go of everything a dead slot held, at once, so that its job is dispatched again.

    Raises redis-py's errors.
    """
    members: Any = connection.smembers(keys.worker_executions_key(worker))
    for member in members:
        lease = keys.lease_key(parse_composite_key(member.decode())[0])
        if connection.get(lease) == worker.encode():
            connection.delete(lease)
    remove_executions(connection, pool, list(members))
    key = keys.worker_key(worker)
    with connection.pipeline() as pipeline:
        pipeline.srem(keys.WORKERS, key)
        pipeline.srem(keys.pool_workers_key(pool), key)
        pipeline.delete(key, keys.worker_executions_key(worker))
        pipeline.execute()


def remove_executions(connection: Redis, pool: str, members: list[bytes]) -> None:
    """Take executions (``job:execution``) out of RQ's registries; the jobs stay as they are."""
    with connection.pipeline() as pipeline:
        for member in members:
            job_id, _, execution_id = member.decode(errors="replace").partition(":")
            pipeline.zrem(keys.wip_key(pool), member)
            pipeline.delete(f"{keys.EXECUTION_PREFIX}{job_id}:{execution_id}")
            pipeline.zrem(keys.EXECUTIONS_PREFIX + job_id, execution_id)
        pipeline.execute()
