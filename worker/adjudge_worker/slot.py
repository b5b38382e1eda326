"""A slot: an RQ worker that leases chunks and has them judged, one at a time.

A thin SimpleWorker. It overrides how a job is found (one claim script in place of RQ's fetch), how
it is executed (our judge, never a function named in Redis) and who says that the worker lives (a
heartbeat thread in place of commands between jobs). Registration, status, suspension, commands and
warm shutdown stay RQ's and show up in its tools.
"""

from __future__ import annotations

import logging
import time
import traceback
from typing import TYPE_CHECKING, Any, override

import rq
from redis.exceptions import RedisError
from rq import worker_registration
from rq.command import parse_payload
from rq.exceptions import StopRequested
from rq.utils import now

from adjudge_verifiers.contract import Outcome
from adjudge_worker.errors import BadChunk
from adjudge_worker.jail.errors import JailError
from adjudge_worker.queue import Result, keys
from adjudge_worker.queue.claims import Claim, Claims
from adjudge_worker.queue.engine import EngineJob, EngineQueue, PayloadSerializer
from adjudge_worker.queue.lease import Heartbeat, Lease
from adjudge_worker.queue.patience import patiently
from adjudge_worker.queue.upkeep import INTERVAL_SECONDS, Upkeep

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from redis import Redis

    from adjudge_worker.chunk import ChunkJudge
    from adjudge_worker.queue.seal import Seal

_log = logging.getLogger(__name__)

_WAIT_SECONDS = 1
"""Longest wait for a job, and so for a stop request to be noticed by an idle slot."""
_SUSPENDED_SECONDS = 0.2
_PUBSUB_PAUSE_SECONDS = 2.0


class Slot(rq.SimpleWorker):
    """One slot of a pool. ``on_ready`` is called once it is registered.

    ``connection`` serves the work, ``heartbeat_connection`` the heartbeat thread.
    """

    queue_class: type[rq.Queue] = EngineQueue
    job_class: type[rq.job.Job] = EngineJob

    def __init__(
        self,
        connection: Redis,
        heartbeat_connection: Redis,
        *,
        pool: str,
        name: str,
        seal: Seal,
        judge: ChunkJudge,
        verifiers: bytes,
        on_ready: Callable[[], None],
    ) -> None:
        super().__init__(
            [EngineQueue(keys.queue_name(pool), connection=connection)],
            name=name,
            connection=connection,
            serializer=PayloadSerializer,
            worker_ttl=keys.WORKER_SECONDS,
            maintenance_interval=INTERVAL_SECONDS,
        )
        self._judge = judge
        self._on_ready = on_ready
        self._claims = Claims(connection, pool, name, seal)
        self._upkeep = Upkeep(connection, pool)
        self._heartbeat_connection = heartbeat_connection
        self._heartbeat = Heartbeat(
            heartbeat_connection,
            pool,
            name,
            register=self._register_again,
            verifiers=verifiers,
        )
        self._claim: Claim | None = None
        self.failure: Exception | None = None
        """What ended the slot, when that was no stop request."""

    @property
    def stopped_on_request(self) -> bool:
        """True when it has ended, or is about to, because it was told to."""
        return self._stop_requested and self.failure is None

    @override
    def bootstrap(self, *arguments: Any, **options: Any) -> None:
        """Register as RQ does, then begin to beat."""
        super().bootstrap(*arguments, **options)
        self._heartbeat.start()
        self._on_ready()

    @override
    def teardown(self) -> None:
        """Stop beating and deregister."""
        self._heartbeat.stop()
        try:
            super().teardown()  # type: ignore[no-untyped-call]
        except (RedisError, OSError) as error:
            _log.warning("%s could not deregister: %s", self.name, error)

    @override
    def request_stop(self, signum: int | None, frame: FrameType | None) -> None:
        """Only set a flag: a handler that raised or talked to Redis here would tear a command in
        two and lose a job (rq#2175, rq#2236).
        """
        self._stop_requested = True

    @override
    def heartbeat(self, *arguments: Any, **options: Any) -> None:
        """Nothing: the heartbeat thread speaks for this slot."""

    @override
    def check_for_suspension(self, burst: bool) -> None:
        """Nothing: the heartbeat thread notices ``rq suspend``, the wait for jobs obeys it."""

    @override
    def run_maintenance_tasks(self) -> None:
        """Our cleaning in place of RQ's; see ``queue/upkeep.py``."""
        try:
            self._upkeep.run()
        except (RedisError, OSError) as error:
            _log.warning("%s could not clean up: %s", self.name, error)
        self.last_cleaned_at = now()  # type: ignore[assignment]

    @override
    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[rq.job.Job, rq.Queue] | None:
        """Claim the next job; None when there is none in burst mode or in ``max_idle_time``."""
        idle_since = time.monotonic()
        while not self._stop_requested:
            if self.should_run_maintenance_tasks:
                self.run_maintenance_tasks()
            if self._heartbeat.suspended:
                time.sleep(_SUSPENDED_SECONDS)
                continue
            wait_seconds = 0 if timeout is None else _WAIT_SECONDS
            self._claim = patiently(
                "waiting for jobs",
                lambda wait=wait_seconds: self._claims.take(wait),  # type: ignore[misc]
                lambda: self._stop_requested,
            )
            if self._claim is not None:
                queue = self.queues[0]
                return EngineJob(self._claim.job.id, connection=self.connection), queue
            if timeout is None or (
                max_idle_time is not None and time.monotonic() - idle_since >= max_idle_time
            ):
                return None
        raise StopRequested

    @override
    def execute_job(self, job: rq.job.Job, queue: rq.Queue) -> None:
        """Judge the claimed chunk and answer its gateway."""
        claim = self._claim
        if claim is None:
            raise RuntimeError("a slot executes what it has claimed, nothing else")
        lease = self._heartbeat.hold(claim)
        began = time.monotonic()
        try:
            judged = self._judge.judge(claim.job, lambda: _stop(lease))
        except BadChunk as error:
            cause = str(error)
            self._end(lambda: self._claims.refuse(claim.execution, cause))
            return
        except JailError as error:
            self.failure = error
            judged = self._judge.give_up(claim.job, "jail_lost", str(error))
        except Exception as error:  # noqa: BLE001 - our bug is no candidate's fault, ends no slot
            _log.error(
                "%s could not judge job %s: %s\n%s",
                *(self.name, claim.job.id, type(error).__name__),
                "".join(traceback.format_tb(error.__traceback__)),
            )
            judged = self._judge.give_up(
                claim.job, "worker_raised", "The worker failed; see its log."
            )
        if lease.cancelled:
            self._end(lambda: self._claims.finish(claim, None))
            return
        result = Result(
            job_id=claim.job.id,
            response=judged.response,
            worker=self.name,
            wall_seconds=time.monotonic() - began,
            items=judged.items,
        )
        keep = claim.job.keep and not judged.stopped
        self._end(lambda: self._claims.finish(claim, result, keep=keep))
        if self.failure is not None:
            raise self.failure

    @override
    def handle_payload(self, message: Any) -> None:
        """RQ's commands: ``shutdown`` is a warm stop, ``stop-job`` cancels the job under way."""
        try:
            payload = parse_payload(message)
            command, job_id = str(payload.get("command")), str(payload.get("job_id"))
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            _log.warning("%s ignored a malformed command: %s", self.name, error)
            return
        if command == "shutdown":
            self.request_stop(None, None)
        elif command in {"stop-job", "stop-execution"} and self._heartbeat.cancel(job_id):
            _log.info("%s stops job %s on request", self.name, job_id)
        else:
            _log.info("%s ignored the command %.100r", self.name, command)

    @override
    def _pubsub_exception_handler(self, exc: Exception, pubsub: Any, pubsub_thread: Any) -> None:
        """Try again after any trouble with Redis; RQ's own gives up on all but one kind."""
        if not isinstance(exc, RedisError | OSError):
            raise exc
        _log.warning("%s cannot hear commands: %s", self.name, exc)
        time.sleep(_PUBSUB_PAUSE_SECONDS)

    def _end(self, end: Callable[[], None]) -> None:
        """Do what ends a claim, however long Redis stays away; the lease is renewed meanwhile."""

        def locked() -> None:
            with self._heartbeat.ending():
                end()

        patiently("answering", locked, lambda: False)
        self._claim = None

    def _register_again(self) -> None:
        """Enter RQ's registry again after Redis has lost it; called by the heartbeat thread."""
        self.last_heartbeat = now()
        with self._heartbeat_connection.pipeline() as pipeline:
            fields = self.serialize() | {"state": self.get_state()}
            pipeline.hset(self.key, mapping=fields)
            worker_registration.register(self, pipeline)
            pipeline.expire(self.key, keys.WORKER_SECONDS)
            pipeline.execute()


def _stop(lease: Lease) -> Outcome | None:
    """Whether to stop working on a claim: cancelled, or its caller's deadline has passed."""
    deadline = lease.claim.job.deadline_unix_ms
    if lease.cancelled or (deadline and time.time() * 1000 >= deadline):
        return Outcome.DEADLINE_EXCEEDED
    return None
