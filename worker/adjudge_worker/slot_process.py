"""The life of one slot's process: its jail, its connections, then work until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, Protocol

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from adjudge_verifiers.contract import SandboxedVerifier, Unavailable
from adjudge_verifiers.registry import load_registry
from adjudge_worker.chunk import ChunkJudge
from adjudge_worker.jail.errors import JailError
from adjudge_worker.offer import list_verifiers
from adjudge_worker.queue.patience import patiently
from adjudge_worker.queue.seal import Seal
from adjudge_worker.shelf import Shelf
from adjudge_worker.slot import Slot
from adjudge_worker.tasks import TaskStore

if TYPE_CHECKING:
    from adjudge_verifiers.registry import Registry
    from adjudge_worker.chunk import Evaluators, SlotSandbox
    from adjudge_worker.jail.settings import JailSettings
    from adjudge_worker.settings import Settings

_log = logging.getLogger(__name__)

EXIT_STOPPED = 0
EXIT_FAILED = 1
EXIT_NO_JAIL = 78
"""EX_CONFIG of sysexits.h: this machine cannot hold the jail; trying again will not help."""

_MINIMUM_REDIS = (6, 2)
_CONNECT_SECONDS = 5.0
_HEARTBEAT_REPLY_SECONDS = 2.0


class SlotJail(Protocol):
    """What a slot needs of ``adjudge_worker.jail.jail.Jail``."""

    @property
    def evaluators(self) -> Evaluators:
        """Judges chunks of in-process verifiers."""
        ...

    @property
    def sandbox(self) -> SlotSandbox:
        """Runs candidate programs."""
        ...

    def close(self) -> None:
        """End everything in the jail."""
        ...


class StartJail(Protocol):
    """Builds and proves a jail; raises JailError when a wall does not hold."""

    def __call__(self, settings: JailSettings, registry: Registry, /) -> SlotJail:
        """The jail, proved and warm; it withdraws from ``registry`` what it cannot warm."""
        ...


def run_slot(settings: Settings, name: str, ready_fd: int, start_jail: StartJail) -> int:
    """Work until stopped; the exit code. Writes one byte to ``ready_fd`` when it takes work."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    sys.path[:0] = [str(folder) for folder in settings.extra_folders]
    registry = load_registry(settings.extra_table)
    try:
        jail = start_jail(settings.jail, registry)
    except JailError as error:
        _log.critical("no jail, no work: %s", error)
        return EXIT_NO_JAIL
    try:
        slot = _make_slot(settings, name, ready_fd, jail, registry)
        slot.work(logging_level="WARNING")
    finally:
        jail.close()
    return EXIT_STOPPED if slot.stopped_on_request else EXIT_FAILED


def _make_slot(
    settings: Settings, name: str, ready_fd: int, jail: SlotJail, registry: Registry
) -> Slot:
    seal = Seal(settings.signing_key())
    url = settings.redis_address()
    connection = _connect(url, None)
    patiently("connecting", lambda: _check(connection), lambda: False)
    _warm_sandboxed(registry)
    judge = ChunkJudge(
        registry,
        jail.evaluators,
        jail.sandbox,
        TaskStore(connection, seal, settings.task_cache_bytes),
        shelf=Shelf(settings.task_cache_bytes),
    )
    return Slot(
        connection,
        _connect(url, _HEARTBEAT_REPLY_SECONDS),
        pool=settings.pool,
        name=name,
        seal=seal,
        judge=judge,
        verifiers=list_verifiers(registry, settings.pool, jail.sandbox).SerializeToString(),
        on_ready=lambda: _tell(ready_fd),
    )


def _connect(url: str, reply_seconds: float | None) -> redis.Redis:
    """A client that tells of lost connections; ``patiently`` does all waiting and repeating."""
    return redis.Redis.from_url(
        url,
        socket_timeout=reply_seconds,
        socket_connect_timeout=_CONNECT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


def _check(connection: redis.Redis) -> None:
    """Raise ConnectionError while Redis is away, RuntimeError when it is too old."""
    version = str(connection.info("server")["redis_version"])
    if tuple(map(int, version.split(".")[:2])) < _MINIMUM_REDIS:
        raise RuntimeError(f"Redis {version} is too old; adjudge needs 6.2 or newer")


def _warm_sandboxed(registry: Registry) -> None:
    """Warm the verifiers that judge in this process; the others are warmed in the jail."""
    for name in registry.names():
        try:
            verifier = registry.get(name)
        except Unavailable as error:
            _log.info("%s", error)
            continue
        if isinstance(verifier, SandboxedVerifier):
            try:
                verifier.warm()
            except Exception as error:  # noqa: BLE001 - a plugin may fail in any way
                _log.exception("%s could not be warmed", name)
                registry.withdraw(name, f"warm() raised {type(error).__name__}: {error}")


def _tell(ready_fd: int) -> None:
    os.write(ready_fd, b"1")


def _leave(_number: int, _frame: object) -> None:
    """Before there is work a stop request ends the process; afterwards the slot handles it."""
    raise SystemExit(EXIT_STOPPED)
