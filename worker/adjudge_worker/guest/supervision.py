"""Watching one run of a candidate: all its processes, their processor time and memory, its end."""

from __future__ import annotations

import dataclasses
import os
import resource
import select
import signal
import time
from typing import TYPE_CHECKING

from adjudge_worker.guest.census import Census

if TYPE_CHECKING:
    import socket

    from adjudge_worker.guest.orders import Bounds

_FIRST_LOOK_SECONDS = 0.004
_LONGEST_PAUSE_SECONDS = 0.020
_SWEEP_SECONDS = 2.0
_SWEEP_PAUSE_SECONDS = 0.0005
_KIB = 1024


class SlotGone(Exception):  # noqa: N818 - says what happened
    """Raised when the slot closed its end while a candidate was running."""


@dataclasses.dataclass(slots=True)
class Watched:
    """What became of a run. ``swept`` is false when processes of it could not be ended."""

    exit_code: int = 0
    signal: int = 0
    stopped: str = ""
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_memory_bytes: int = 0
    swept: bool = False


class Watch:
    """The keeper's watch over its pid namespace. One run at a time."""

    def __init__(self, processes: int, channel: socket.socket) -> None:
        """``processes`` is a procfs of the namespace; ``channel`` leads to the slot."""
        self._census = Census(processes)
        self._channel = channel

    def until_end(self, main: int, bounds: Bounds) -> Watched:
        """Wait until the process ``main`` ends or the run is over a limit, then end what is left.

        Raises SlotGone when nobody waits for the outcome any more.
        """
        started = time.monotonic()
        watched = Watched()
        pidfd = os.pidfd_open(main)
        try:
            watched.stopped = self._wait(pidfd, started, bounds, watched)
        finally:
            os.close(pidfd)
        watched.wall_seconds = time.monotonic() - started
        if not watched.stopped:
            self._bury(os.wait4(main, 0), main, watched)
        watched.swept = self._sweep(main, watched)
        return watched

    def _wait(self, pidfd: int, started: float, bounds: Bounds, watched: Watched) -> str:
        """Returns the limit that was broken, or "" when ``main`` has ended."""
        poll = select.poll()
        poll.register(pidfd, select.POLLIN)
        poll.register(self._channel, select.POLLIN)
        pause = _FIRST_LOOK_SECONDS
        self._census.begin()
        while True:
            left = started + bounds.wall_seconds - time.monotonic()
            ready = [descriptor for descriptor, _ in poll.poll(max(0.0, min(pause, left)) * 1000)]
            if pidfd in ready:
                return ""
            if ready:
                raise SlotGone
            if left <= 0:
                return "wall"
            usage = self._census.take(bounds.memory_bytes)
            watched.peak_memory_bytes = max(watched.peak_memory_bytes, usage.memory_bytes)
            if usage.cpu_seconds > bounds.cpu_seconds:
                return "cpu"
            if usage.memory_bytes > bounds.memory_bytes:
                return "memory"
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _sweep(self, main: int, watched: Watched) -> bool:
        """Kill and bury until no process but ours is left. A fork bomb cannot fork that fast."""
        give_up = time.monotonic() + _SWEEP_SECONDS
        while True:
            try:
                buried = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return True
            if buried[0]:
                self._bury(buried, main, watched)
                continue
            if time.monotonic() > give_up:
                return False
            for pid in self._census.pids():
                self._kill(pid)
            time.sleep(_SWEEP_PAUSE_SECONDS)

    @staticmethod
    def _kill(pid: int) -> None:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return  # has ended meanwhile

    def _bury(
        self, buried: tuple[int, int, resource.struct_rusage], main: int, watched: Watched
    ) -> None:
        pid, status, usage = buried
        watched.cpu_seconds += usage.ru_utime + usage.ru_stime
        watched.peak_memory_bytes = max(watched.peak_memory_bytes, usage.ru_maxrss * _KIB)
        if pid == main and not watched.stopped:
            code = os.waitstatus_to_exitcode(status)
            watched.exit_code, watched.signal = max(code, 0), max(-code, 0)
