"""The supervisor: starts the slots, starts dead ones again, and stops all of them together."""

from __future__ import annotations

import dataclasses
import gc
import json
import logging
import os
import selectors
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from adjudge_worker.lifeline import die_with_parent
from adjudge_worker.queue.upkeep import bury
from adjudge_worker.slot_process import EXIT_FAILED, EXIT_NO_JAIL, EXIT_STOPPED, run_slot

if TYPE_CHECKING:
    from pathlib import Path

    from adjudge_worker.settings import Settings
    from adjudge_worker.slot_process import StartJail

_log = logging.getLogger(__name__)

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_SOUND_SECONDS = 10.0
"""A slot that took work for so long was sound: its successor starts at once."""
_BURIAL_SECONDS = 1.0
_KILLED_WAIT_SECONDS = 5.0
_STOPS = (signal.SIGTERM, signal.SIGINT)


@dataclasses.dataclass(slots=True)
class _Place:
    """Where one slot runs; the process in it changes."""

    number: int
    name: str = ""
    pid: int = 0
    pidfd: int = -1
    ready_fd: int = -1
    ready_at: float | None = None
    failures: int = 0
    start_at: float = 0.0

    @property
    def running(self) -> bool:
        return self.pidfd >= 0


class Supervisor:
    """Runs ``settings.slots`` slots until told to stop (SIGTERM, SIGINT; twice: at once).

    A dead slot's lease is released at once, so that its job goes to another one within a second.
    When a jail cannot be built there is no going on: all slots stop and the reason is in the log.
    """

    def __init__(self, settings: Settings, start_jail: StartJail) -> None:
        self._settings = settings
        self._start_jail = start_jail
        self._places = [_Place(number) for number in range(settings.slots)]
        self._selector = selectors.DefaultSelector()
        self._stop_requests = 0
        self._stopping = False
        self._announced = False
        self._exit_code = EXIT_STOPPED

    def run(self) -> int:
        """Supervise. Returns 0 after a stop request, 78 when there can be no jail here."""
        with self._signals():
            while not self._stopping:
                self._start_due()
                self._wait(self._next_start())
            self._stop_all()
        return self._exit_code

    def _signals(self) -> _WakeOnSignal:
        def on_signal(_number: int, _frame: object) -> None:
            self._stop_requests += 1
            self._stopping = True

        return _WakeOnSignal(self._selector, on_signal)

    def _start_due(self) -> None:
        for place in self._places:
            if not place.running and time.monotonic() >= place.start_at:
                self._start(place)

    def _next_start(self) -> float | None:
        """Seconds until a slot is due to start again; None when all run."""
        due = [place.start_at for place in self._places if not place.running]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _start(self, place: _Place) -> None:
        place.name = f"{self._settings.pool}.{socket.gethostname()}.{uuid4().hex[:12]}"
        place.ready_at = None
        parent = os.getpid()
        place.ready_fd, ready_end = os.pipe()
        gc.freeze()  # a collection in the slot would write to, and so copy, every page it shares
        # Our handler would swallow a stop that reaches the slot before it has one of its own.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
        place.pid = os.fork()
        if place.pid == 0:
            self._become_slot(place, ready_end, parent)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(ready_end)
        place.pidfd = os.pidfd_open(place.pid)
        self._selector.register(place.pidfd, selectors.EVENT_READ, (self._on_death, place))
        self._selector.register(place.ready_fd, selectors.EVENT_READ, (self._on_ready, place))
        _log.info("slot %d is process %d, worker %s", place.number, place.pid, place.name)

    def _become_slot(self, place: _Place, ready_end: int, parent: int) -> None:
        """In the child: never returns."""
        code = EXIT_FAILED
        try:
            os.setsid()  # Ctrl-C at a terminal is for the supervisor; it stops us in order
            signal.set_wakeup_fd(-1)
            for number in _STOPS:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
            self._selector.close()
            for other in self._places:
                for descriptor in (other.pidfd, other.ready_fd):
                    if descriptor >= 0:
                        os.close(descriptor)
            die_with_parent(parent)
            code = run_slot(self._settings, place.name, ready_end, self._start_jail)
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else EXIT_FAILED
        except BaseException:  # noqa: BLE001 - the child ends here, whatever happened
            _log.exception("slot %d failed", place.number)
        finally:
            logging.shutdown()
            sys.stderr.flush()
            os._exit(code)

    def _wait(self, seconds: float | None) -> None:
        for key, _events in self._selector.select(seconds):
            handler, place = key.data
            handler(place)

    def _on_ready(self, place: _Place) -> None:
        if os.read(place.ready_fd, 1):
            place.ready_at = time.monotonic()
        self._selector.unregister(place.ready_fd)
        os.close(place.ready_fd)
        place.ready_fd = -1
        if not self._announced and all(place.ready_at for place in self._places):
            self._announced = True
            _log.info("%d slots take work for pool %s", len(self._places), self._settings.pool)
            if self._settings.ready_file is not None:
                _write_whole(self._settings.ready_file, json.dumps({"slots": len(self._places)}))

    def _on_death(self, place: _Place) -> None:
        code = self._reap(place)
        self._bury(place)
        if self._stopping:
            return
        if code == EXIT_NO_JAIL and place.ready_at is None:
            _log.critical("stopping: slot %d could not build its jail (see above)", place.number)
            self._exit_code = EXIT_NO_JAIL
            self._stopping = True
            return
        sound = place.ready_at is not None and time.monotonic() - place.ready_at > _SOUND_SECONDS
        place.failures = 0 if sound else place.failures + 1
        pause = _pause_seconds(place.failures)
        place.start_at = time.monotonic() + pause
        _log.error("slot %d died (%s); next start in %.1f s", place.number, _words(code), pause)

    def _reap(self, place: _Place) -> int:
        """Collect a dead slot: its exit code, or minus the number of the signal that ended it."""
        _pid, status = os.waitpid(place.pid, 0)
        self._selector.unregister(place.pidfd)
        os.close(place.pidfd)
        place.pidfd = -1
        if place.ready_fd >= 0:
            self._selector.unregister(place.ready_fd)
            os.close(place.ready_fd)
            place.ready_fd = -1
        return os.waitstatus_to_exitcode(status)

    def _bury(self, place: _Place) -> None:
        connection = redis.Redis.from_url(
            self._settings.redis_address(),
            socket_timeout=_BURIAL_SECONDS,
            socket_connect_timeout=_BURIAL_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        try:
            with connection:
                bury(connection, self._settings.pool, place.name)
        except (RedisError, OSError) as error:
            _log.warning("the leases of %s end by themselves: %s", place.name, error)

    def _stop_all(self) -> None:
        """SIGTERM to all slots; SIGKILL to those that are left at the limit or a second request."""
        _log.info("stopping %d slots", sum(place.running for place in self._places))
        self._signal(signal.SIGTERM)
        self._wait_for_deaths(self._settings.stop_seconds)
        if any(place.running for place in self._places):
            _log.error("slots that are still at work are killed")
            self._signal(signal.SIGKILL)
            self._stop_requests = 0
            self._wait_for_deaths(_KILLED_WAIT_SECONDS)

    def _signal(self, number: signal.Signals) -> None:
        for place in self._places:
            if place.running:
                signal.pidfd_send_signal(place.pidfd, number)

    def _wait_for_deaths(self, seconds: float) -> None:
        limit = time.monotonic() + seconds
        while any(place.running for place in self._places):
            left = limit - time.monotonic()
            if left <= 0 or self._stop_requests > 1:
                return
            self._wait(left)


class _WakeOnSignal:
    """While entered, SIGTERM and SIGINT call ``on_signal`` and wake the selector."""

    def __init__(self, selector: selectors.BaseSelector, on_signal: signal._HANDLER) -> None:
        self._selector = selector
        self._on_signal = on_signal
        self._receiver, self._sender = socket.socketpair()

    def __enter__(self) -> None:
        for end in (self._receiver, self._sender):
            end.setblocking(False)
        self._selector.register(self._receiver, selectors.EVENT_READ, (self._drain, None))
        self._old_fd = signal.set_wakeup_fd(self._sender.fileno())
        self._old = {
            number: signal.signal(number, self._on_signal)
            for number in (signal.SIGTERM, signal.SIGINT)
        }

    def __exit__(self, *_error: object) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_fd)
        self._selector.close()
        self._receiver.close()
        self._sender.close()

    def _drain(self, _place: None) -> None:
        self._receiver.recv(4096)


def _pause_seconds(failures: int) -> float:
    """0 after a sound life, else 0.5 s, doubled for each failure in a row, at most 30 s."""
    if failures == 0:
        return 0.0
    return min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** (failures - 1))


def _words(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that nobody ever sees a part of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, "utf-8")
    part.replace(path)
