"""A slot's side of the queue: it takes jobs, answers them and refuses what is no job."""

from __future__ import annotations

import dataclasses
import logging
import re
import time
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import rq.results
from redis.exceptions import OutOfMemoryError
from rq.utils import now, utcformat

from adjudge_worker.queue import keys, scripts
from adjudge_worker.queue.codec import CHUNK_LIMIT_BYTES, Job, Result
from adjudge_worker.queue.engine import EngineJob
from adjudge_worker.queue.errors import DecodeError

if TYPE_CHECKING:
    from redis import Redis

    from adjudge_worker.queue.seal import Seal

_log = logging.getLogger(__name__)

_PAYLOAD_LIMIT_BYTES = CHUNK_LIMIT_BYTES + 4096
_AT_THE_CAP_SECONDS = 0.05
_PREFIXES: Final = (
    keys.JOB_PREFIX,
    keys.EXECUTION_PREFIX,
    keys.EXECUTIONS_PREFIX,
    keys.LEASE_PREFIX,
)
_RQ_JOB_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")


@dataclasses.dataclass(frozen=True, slots=True)
class Execution:
    """One life of one entry of the queue in one slot."""

    job_id: str
    id: str
    """Made by the slot; RQ's execution id."""

    @property
    def member(self) -> str:
        """How RQ's registries name it."""
        return f"{self.job_id}:{self.id}"

    @property
    def key(self) -> str:
        """RQ's execution hash."""
        return keys.EXECUTION_PREFIX + self.member

    @property
    def siblings_key(self) -> str:
        """RQ's sorted set of the job's executions."""
        return keys.EXECUTIONS_PREFIX + self.job_id


@dataclasses.dataclass(frozen=True, slots=True)
class Claim:
    """A job that this slot has leased."""

    job: Job
    execution: Execution


class Claims:
    """Takes, finishes and refuses on one synchronous connection; its errors are redis-py's.

    Two round trips a job while jobs wait (claim, finish), three when it has to wait for one.
    """

    def __init__(self, connection: Redis, pool: str, worker: str, seal: Seal) -> None:
        self._redis = connection
        self._pool = pool
        self._worker = worker
        self._seal = seal
        self._queue = keys.queue_key(pool)
        self._intermediate = keys.intermediate_key(pool)
        self._wip = keys.wip_key(pool)
        self._worker_key = keys.worker_key(worker)
        self._executions = keys.worker_executions_key(worker)
        self._some_wait = True
        self._moved: str | bytes | None = None
        """An id that BLMOVE has moved and a lost connection has kept from being claimed."""

    def take(self, wait_seconds: int) -> Claim | None:
        """The next job, now leased to this slot; None when none came within ``wait_seconds``.

        With 0 it does not wait. Entries that are no jobs of ours are refused on the way.
        """
        if self._moved is None and (self._some_wait or not wait_seconds):
            claim = self._claim("")
            if claim is not None or not wait_seconds:
                return claim
        if self._moved is None:
            self._moved = self._wait(wait_seconds)
        if self._moved is None:
            return None
        claim = self._claim(self._moved)
        self._moved = None
        return claim

    def finish(self, claim: Claim, result: Result | None, *, keep: bool = False) -> None:
        """End a claim: answer its gateway, or nobody when ``result`` is None (cancelled).

        Repeating it after a lost connection is safe.
        """
        job, execution = claim.job, claim.execution
        sealed = b"" if result is None else self._seal.close(result.encode(), b"result")
        waiting = scripts.FINISH.run(
            self._redis,
            [
                keys.job_key(job.id),
                keys.results_key(job.gateway),
                keys.kept_key(job.id),
                self._wip,
                execution.key,
                execution.siblings_key,
                keys.lease_key(job.id),
                self._worker_key,
                self._executions,
                self._queue,
            ],
            [
                sealed,
                keys.RESULTS_ENTRIES,
                keys.RESULTS_SECONDS,
                keys.KEPT_SECONDS if keep else 0,
                execution.member,
                execution.id,
                self._worker,
                f"{0.0 if result is None else result.wall_seconds:.6f}",
            ],
        )
        self._some_wait = waiting > 0

    def refuse(self, execution: Execution, cause: str) -> None:
        """Move an entry to RQ's failed jobs with ``cause`` as what went wrong."""
        _log.warning("refused the queue entry %s: %s", execution.job_id, cause)
        expires = keys.FAILED_SECONDS
        scripts.REFUSE.run(
            self._redis,
            [
                keys.job_key(execution.job_id),
                keys.failed_key(self._pool),
                self._wip,
                execution.key,
                execution.siblings_key,
                keys.lease_key(execution.job_id),
                self._worker_key,
                self._executions,
            ],
            [
                execution.job_id,
                utcformat(now()),
                int(time.time()) + expires,
                expires,
                execution.member,
                execution.id,
                self._worker,
                keys.queue_name(self._pool),
            ],
        )
        with self._redis.pipeline() as pipeline:
            rq.results.Result.create_failure(
                EngineJob(execution.job_id, connection=self._redis),
                expires,
                f"refused by adjudge, never run: {cause}",
                worker_name=self._worker,
                pipeline=pipeline,
            )
            pipeline.execute()

    def _wait(self, seconds: int) -> str | bytes | None:
        """Block until an id has moved to the intermediate list, RQ's own way to wait."""
        try:
            moved: Any = self._redis.blmove(self._queue, self._intermediate, seconds)
        except OutOfMemoryError:
            # At its memory limit Redis refuses BLMOVE, but not our claim, which pops first.
            time.sleep(_AT_THE_CAP_SECONDS)
            self._some_wait = True
            return None
        self._some_wait = moved is not None
        return moved  # type: ignore[no-any-return]

    def _claim(self, moved: str | bytes) -> Claim | None:
        execution_id = uuid4().hex
        moment = now()
        reply = scripts.CLAIM.run(
            self._redis,
            [self._queue, self._intermediate, self._wip, self._worker_key, self._executions],
            [
                moved,
                self._worker,
                execution_id,
                utcformat(moment),
                f"{moment.timestamp():.6f}",
                keys.LEASE_MILLISECONDS,
                keys.JOB_SECONDS,
                keys.WIP_SECONDS,
                _PAYLOAD_LIMIT_BYTES,
                *_PREFIXES,
            ],
        )
        self._some_wait = reply is not None
        if reply is None:
            return None
        raw_id, kind, detail = reply
        if kind == b"gone":
            return None
        if kind == b"dropped":
            _log.warning("dropped the queue entry %.200r: %s", raw_id, detail.decode())
            return None
        execution = Execution(raw_id.decode(), execution_id)
        if kind == b"refused":
            self.refuse(execution, detail.decode())
            return None
        try:
            return Claim(self._open(execution, detail), execution)
        except DecodeError as error:
            self.refuse(execution, str(error))
            return None

    def _open(self, execution: Execution, payload: bytes) -> Job:
        job = Job.decode(self._seal.open(payload, b"job"))
        if job.id != execution.job_id:
            raise DecodeError(payload, f"the payload is that of job {job.id}")
        if job.pool != self._pool:
            raise DecodeError(payload, f"the job is meant for pool {job.pool!r}")
        return job
