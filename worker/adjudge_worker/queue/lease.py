"""The heartbeat of a slot: a thread that says each second that the slot lives and what it is at."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import threading
import time
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rq.utils import now, utcformat

from adjudge_worker.queue import catalogue, keys, scripts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from redis import Redis

    from adjudge_worker.queue.claims import Claim

_log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 1.0
_AGAIN_SECONDS = 0.1
"""After a beat that failed: a gateway that finds no lease twice in a second gives the job away."""
_CATALOGUE_BEATS = 5


@dataclasses.dataclass(slots=True)
class Lease:
    """What the heartbeat has learnt about the claim it renews."""

    claim: Claim
    cancelled: bool = False
    """The payload is gone though Redis has not lost its data: nobody waits for the answer."""
    data_lost: bool = False
    """Redis came back empty in the meantime: a missing payload means nothing any more."""


class Heartbeat:
    """Renews a slot's registration, catalogue and lease on a connection of its own.

    ``register`` enters the slot in RQ's registry again after Redis has lost its data.
    """

    def __init__(
        self,
        connection: Redis,
        pool: str,
        worker: str,
        *,
        register: Callable[[], None],
        verifiers: bytes = b"",
    ) -> None:
        self._redis = connection
        self._pool = pool
        self._worker = worker
        self._register = register
        self._verifiers = verifiers
        self._lock = threading.Lock()
        self._lease: Lease | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="heartbeat", daemon=True)
        self._beats = 0
        self._failing = False
        self.suspended = False
        """True while ``rq suspend`` is in force."""

    def start(self) -> None:
        """Beat once now, then each second."""
        self.beat()
        self._thread.start()

    def stop(self) -> None:
        """Stop for good and wait for the thread."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def hold(self, claim: Claim) -> Lease:
        """Renew this claim from now on; it was leased when it was taken."""
        with self._lock:
            self._lease = Lease(claim)
            return self._lease

    @contextlib.contextmanager
    def ending(self) -> Iterator[None]:
        """Around the end of a claim: no beat may bring back what the end has just deleted.

        When the end fails with an exception the claim is held as before.
        """
        with self._lock:
            yield
            self._lease = None

    def cancel(self, job_id: str) -> bool:
        """Cancel the claim if it is for this job; for RQ's ``stop-job`` command."""
        with self._lock:
            lease = self._lease
            if lease is None or lease.claim.job.id != job_id:
                return False
            lease.cancelled = True
            return True

    def beat(self) -> None:
        """One heartbeat, now. Trouble with Redis is logged; the next beat tries again."""
        try:
            with self._lock:
                registered = self._send(self._lease)
            if not registered:
                _log.info("slot %s is not registered (any more), registering", self._worker)
                self._register()
            if not registered or self._beats % _CATALOGUE_BEATS == 0:
                catalogue.publish(self._redis, self._pool, self._verifiers)
            self._beats += 1
            if self._failing:
                self._failing = False
                _log.info("the heartbeat of %s is back", self._worker)
        except (RedisError, OSError) as error:
            if not self._failing:
                self._failing = True
                _log.warning("the heartbeat of %s fails: %s", self._worker, error)

    def _send(self, lease: Lease | None) -> bool:
        moment = now()
        names = [
            keys.worker_key(self._worker),
            keys.worker_executions_key(self._worker),
            keys.SUSPENDED,
        ]
        arguments = [utcformat(moment), keys.WORKER_SECONDS]
        if lease is not None:
            job_id, execution = lease.claim.job.id, lease.claim.execution
            names += [
                keys.lease_key(job_id),
                keys.job_key(job_id),
                keys.wip_key(self._pool),
                execution.key,
                execution.siblings_key,
            ]
            arguments += [
                self._worker,
                keys.LEASE_MILLISECONDS,
                keys.JOB_SECONDS,
                f"{moment.timestamp():.6f}",
                keys.WIP_SECONDS,
                execution.member,
                execution.id,
            ]
        registered, suspended, present = scripts.HEARTBEAT.run(self._redis, names, arguments)
        self.suspended = bool(suspended)
        if lease is not None:
            lease.data_lost |= not registered
            lease.cancelled |= not present and not lease.data_lost
        return bool(registered)

    def _beat_on(self) -> None:
        due = time.monotonic() + HEARTBEAT_SECONDS
        while not self._stopping.wait(max(0.0, due - time.monotonic())):
            self.beat()
            now_seconds = time.monotonic()
            due = (
                now_seconds + _AGAIN_SECONDS
                if self._failing
                else max(due + HEARTBEAT_SECONDS, now_seconds)
            )
