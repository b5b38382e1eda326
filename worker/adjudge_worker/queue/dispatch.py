"""The dispatcher on Redis: a gateway's side of the queue over redis.asyncio and RQ's own API."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import NoPermissionError, RedisError

from adjudge_worker.queue import keys
from adjudge_worker.queue.catalogue import read_pools
from adjudge_worker.queue.codec import Job, Result
from adjudge_worker.queue.dispatcher import JobState, PoolState
from adjudge_worker.queue.engine import JOB_FUNCTION, EngineQueue
from adjudge_worker.queue.errors import DecodeError, QueueUnavailable
from adjudge_worker.queue.results import ResultReader
from adjudge_worker.queue.seal import Seal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

_log = logging.getLogger(__name__)

MINIMUM_REDIS = (6, 2)
_SOCKET_SECONDS = 10.0
_JOB_TIMEOUT_SECONDS = 600
"""Shown by RQ's tools; budgets and deadlines are what ends work."""
_AFTER_DEADLINE_SECONDS = 60


class RedisDispatcher:
    """The real Dispatcher. ``gateway`` names the result stream; a fresh one for each process."""

    def __init__(self, redis_url: str, gateway: str, *, signing_key: bytes | None = None) -> None:
        self._seal = Seal(signing_key)
        self._gateway = gateway
        self._redis = redis.asyncio.Redis.from_url(
            redis_url,
            socket_timeout=_SOCKET_SECONDS,
            socket_connect_timeout=_SOCKET_SECONDS,
            retry=Retry(ConstantBackoff(0.02), 1),  # one: a pooled connection may be stale
        )
        self._version = (0, 0, 0)
        self._queues: dict[str, EngineQueue] = {}

    async def start(self) -> None:
        """Connect. Raises QueueUnavailable when Redis is not there or older than 6.2."""
        with _unavailable("start"):
            info = await self._redis.info("server")
        version = str(info["redis_version"])
        major, minor, patch, *_ = (*map(int, version.split(".")), 0, 0)
        self._version = (major, minor, patch)
        if self._version < MINIMUM_REDIS:
            raise QueueUnavailable(f"Redis {version} is too old; adjudge needs 6.2 or newer")

    async def close(self) -> None:
        """Let go of the result stream and of the connections. Idempotent."""
        with contextlib.suppress(RedisError, OSError):  # it expires by itself as well
            await self._redis.delete(keys.results_key(self._gateway))
        await self._redis.aclose()

    async def enqueue(self, jobs: Sequence[Job], *, front: bool = False) -> None:
        """Put jobs on their pools' queues in one transaction, exactly as RQ does."""
        by_pool: dict[str, list[Job]] = defaultdict(list)
        for job in reversed(jobs) if front else jobs:  # LPUSH turns the order round
            by_pool[job.pool].append(job)
        if not by_pool:
            return
        with _unavailable("enqueue"):
            async with self._redis.pipeline(transaction=True) as pipeline:
                for pool, members in by_pool.items():
                    self._queue(pool).enqueue_many(
                        [self._enqueue_data(job, front=front) for job in members],
                        pipeline=cast("Any", pipeline),  # buffers just as the synchronous one
                    )
                await pipeline.execute()

    async def results(self) -> AsyncIterator[list[Result]]:
        """Results as they come, for ever. Outlives restarts of Redis and never raises for them."""
        reader = ResultReader(self._redis, self._gateway, self._seal)
        while True:
            batch = await reader.read()
            if batch:
                yield batch
                await asyncio.sleep(0)  # whoever waits for these answers before we trim and read on

    async def look(self, pool: str, job_ids: Sequence[str]) -> list[JobState]:
        """Where each job is. One round trip."""
        if not job_ids:
            return []
        with _unavailable("look"):
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.lrange(keys.queue_key(pool), 0, -1)
                pipeline.mget([keys.lease_key(job_id) for job_id in job_ids])
                waiting, leases = await pipeline.execute()
        listed = set(waiting)
        return [
            JobState.LEASED
            if lease is not None
            else JobState.WAITING
            if job_id.encode() in listed
            else JobState.MISSING
            for job_id, lease in zip(job_ids, leases, strict=True)
        ]

    async def kept(self, job_ids: Sequence[str]) -> list[Result | None]:
        """Results of finished jobs that were to be kept, while they are (60 s)."""
        if not job_ids:
            return []
        with _unavailable("kept"):
            found = await self._redis.mget([keys.kept_key(job_id) for job_id in job_ids])
        return [self._open_result(sealed) for sealed in found]

    async def cancel(self, job_ids: Sequence[str]) -> None:
        """Delete the payloads: waiting jobs never run, running ones stop within a second or so."""
        if job_ids:
            with _unavailable("cancel"):
                await self._redis.delete(*map(keys.job_key, job_ids))

    async def put_tasks(self, tasks: Mapping[bytes, bytes]) -> None:
        """Store serialised tasks in full by digest; they stay an hour after their last use."""
        if not tasks:
            return
        with _unavailable("put_tasks"):
            async with self._redis.pipeline(transaction=False) as pipeline:
                for digest, task in tasks.items():
                    sealed = self._seal.close(task, b"task" + digest)
                    pipeline.set(keys.task_key(digest), sealed, ex=keys.TASK_SECONDS)
                await pipeline.execute()

    async def get_tasks(self, digests: Sequence[bytes]) -> list[bytes | None]:
        """Stored tasks; None for unknown ones. Counts as a use."""
        if not digests:
            return []
        with _unavailable("get_tasks"):
            async with self._redis.pipeline(transaction=False) as pipeline:
                for digest in digests:
                    pipeline.getex(keys.task_key(digest), ex=keys.TASK_SECONDS)
                found = await pipeline.execute()
        return [
            None if sealed is None else self._open_task(digest, sealed)
            for digest, sealed in zip(digests, found, strict=True)
        ]

    async def touch_tasks(self, digests: Sequence[bytes]) -> list[bool]:
        """Whether each task is (still) stored, without fetching it. Counts as a use."""
        if not digests:
            return []
        with _unavailable("touch_tasks"):
            async with self._redis.pipeline(transaction=False) as pipeline:
                for digest in digests:
                    pipeline.expire(keys.task_key(digest), keys.TASK_SECONDS)
                return [bool(found) for found in await pipeline.execute()]

    async def claim(self, key: str, value: bytes, *, seconds: int) -> bytes | None:
        """Store what a request was cut into unless that is known already; the earlier value."""
        name, purpose = keys.request_key(key), b"request" + key.encode()
        with _unavailable("claim"):
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.get(name)
                pipeline.set(name, self._seal.close(value, purpose), ex=seconds, nx=True)
                earlier, _stored = await pipeline.execute()
        if earlier is None:
            return None
        try:
            return self._seal.open(earlier, purpose)
        except DecodeError as error:
            _log.warning("the stored plan of a request was ignored: %s", error)
            return None

    async def pools(self) -> list[PoolState]:
        """Pools with at least one live slot, by name."""
        with _unavailable("pools"):
            return await read_pools(self._redis)

    async def memory(self) -> tuple[int, int]:
        """Bytes that Redis uses and may use (0: no limit, or not ours to know)."""
        with _unavailable("memory"):
            try:
                info = await self._redis.info("memory")
            except NoPermissionError:
                return 0, 0
        return int(info["used_memory"]), int(info["maxmemory"])

    def _queue(self, pool: str) -> EngineQueue:
        queue = self._queues.get(pool)
        if queue is None:
            queue = EngineQueue(keys.queue_name(pool), connection=self._redis)
            queue.redis_server_version = self._version  # else RQ would ask, synchronously
            self._queues[pool] = queue
        return queue

    def _enqueue_data(self, job: Job, *, front: bool) -> Any:
        payload = self._seal.close(job.encode(), b"job")
        return EngineQueue.prepare_data(
            JOB_FUNCTION,
            args=(payload,),
            timeout=_JOB_TIMEOUT_SECONDS,
            result_ttl=0,
            ttl=_seconds_to_live(job.deadline_unix_ms),
            failure_ttl=keys.FAILED_SECONDS,
            description=f"{job.verifier}: {len(job.chunk):,} bytes of {job.tenant}, "
            f"attempt {job.attempt}",
            job_id=job.id,
            at_front=front,
        )

    def _open_result(self, sealed: Any) -> Result | None:
        if sealed is None:
            return None
        try:
            return Result.decode(self._seal.open(sealed, b"result"))
        except DecodeError as error:
            _log.warning("a kept result was ignored: %s", error)
            return None

    def _open_task(self, digest: bytes, sealed: bytes) -> bytes | None:
        try:
            return self._seal.open(sealed, b"task" + digest)
        except DecodeError as error:
            _log.warning("the stored task %s was ignored: %s", digest.hex(), error)
            return None


def _seconds_to_live(deadline_unix_ms: int) -> int:
    """How long a job nobody takes lies in Redis: until a little after its deadline, at most 1 h."""
    if not deadline_unix_ms:
        return keys.JOB_SECONDS
    left = int(deadline_unix_ms / 1000 - time.time())
    return min(keys.JOB_SECONDS, max(left, 0) + _AFTER_DEADLINE_SECONDS)


@contextlib.contextmanager
def _unavailable(what: str) -> Iterator[None]:
    """Turn everything that redis-py raises into QueueUnavailable."""
    try:
        yield
    except (RedisError, OSError) as error:
        raise QueueUnavailable(f"{what}: Redis says: {error or type(error).__name__}") from error
