"""Watching one run of a candidate: all its processes, their processor time and memory, its end."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import select
import signal
import socket
import time
from typing import TYPE_CHECKING

from adjudge_worker.guest import messages
from adjudge_worker.guest.census import Census
from adjudge_worker.guest.stdio import ERRORS, OUTPUT

if TYPE_CHECKING:
    import resource
    from collections.abc import Sequence

    from adjudge_worker.guest.orders import Bounds
    from adjudge_worker.guest.stdio import Stdio

_FIRST_LOOK_SECONDS = 0.008
_LONGEST_PAUSE_SECONDS = 0.020
_SWEEP_SECONDS = 2.0
_SWEEP_PAUSE_SECONDS = 0.0005
_KIB = 1024


QUEUED_SHARE = 3.0
"""At most so many times its wall limit a run is forgiven for waiting for a processor: the machine
was busy then, not the program asleep."""


class SlotGone(Exception):
    """Raised when the slot closed its end while a candidate was running."""


@dataclasses.dataclass(slots=True)
class Process:
    """A candidate's main process, as its keeper holds it.

    ``bell`` is readable when the process says that a run is over and that it can do another one;
    None for processes that do one run and end.
    """

    pid: int
    bell: socket.socket | None = None
    pidfd: int = -1
    spent_seconds: float = 0.0
    """Processor time up to the end of the last run."""
    runs: int = 0

    def __post_init__(self) -> None:
        self.pidfd = os.pidfd_open(self.pid)

    def ring(self, tone: bytes = b"!", descriptors: Sequence[int] = ()) -> None:
        """Tell the process to do a run. One that has ended meanwhile will be noticed.

        ``tone`` is one byte that says what the descriptors are which go with it.
        """
        if self.bell is not None:
            with contextlib.suppress(OSError):
                messages.give(self.bell, tone, descriptors, socket.MSG_DONTWAIT)

    def rang(self) -> bool:
        """Whether the process says that its run is over; false when it broke the bell."""
        try:
            return self.bell is not None and bool(self.bell.recv(1, socket.MSG_DONTWAIT))
        except OSError:
            return False

    def forget(self) -> None:
        """Close what leads to the process, which has ended."""
        os.close(self.pidfd)
        if self.bell is not None:
            self.bell.close()


@dataclasses.dataclass(slots=True)
class Watched:
    """What became of a run.

    ``stopped`` is the limit for which it was ended, or "". ``alive``: the process waits for another
    run. ``swept`` is false when processes could not be ended.
    """

    exit_code: int = 0
    signal: int = 0
    stopped: str = ""
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    ended_at: float = 0.0
    peak_memory_bytes: int = 0
    alive: bool = False
    swept: bool = True


class Watch:
    """The keeper's watch over its pid namespace. One run at a time."""

    def __init__(self, processes: int, channel: socket.socket, stdio: Stdio) -> None:
        """``processes`` is a procfs of the namespace; ``channel`` leads to the slot."""
        self._census = Census(processes)
        self._channel = channel
        self._stdio = stdio

    def follow(self, main: Process, bounds: Bounds) -> Watched:
        """Wait until the run of ``main`` is over or breaks a limit, then end what should not go on.

        Raises SlotGone when nobody waits for the outcome any more.
        """
        started = time.monotonic()
        watched = Watched()
        rang = self._wait(main, started, bounds, watched)
        watched.ended_at = time.monotonic()
        watched.wall_seconds = watched.ended_at - started
        main.runs += 1
        if rang and self._may_go_on(main, bounds, watched):
            return watched
        if not rang and not watched.stopped:
            self._bury(os.wait4(main.pid, 0), main, watched)
        watched.swept = self._sweep(main, watched)
        watched.cpu_seconds -= main.spent_seconds
        main.forget()
        return watched

    def dismiss(self, main: Process) -> None:
        """End a process that waits for a run, and whatever it left."""
        self._sweep(main, Watched())
        main.forget()

    def _wait(self, main: Process, started: float, bounds: Bounds, watched: Watched) -> bool:
        """Returns true when the process said that the run is over; notes a broken limit."""
        poll = select.poll()
        for source in (main.pidfd, self._channel, main.bell):
            if source is not None:
                poll.register(source, select.POLLIN)
        pause = _FIRST_LOOK_SECONDS
        self._census.begin()
        queued_before = self._census.queued_seconds([main.pid]) if main.runs else 0.0
        while True:
            left = started + bounds.wall_seconds - time.monotonic()
            if left <= 0:
                queued = self._census.queued_seconds(self._census.pids()) - queued_before
                left += min(queued, QUEUED_SHARE * bounds.wall_seconds)
            ready = [descriptor for descriptor, _ in poll.poll(max(0.0, min(pause, left)) * 1000)]
            if self._channel.fileno() in ready:
                raise SlotGone
            if main.pidfd in ready:
                return False
            if main.bell is not None and main.bell.fileno() in ready:
                if main.rang():
                    return True
                poll.unregister(main.bell)  # closed by the candidate: it will just have to end
            watched.stopped = self._broken_limit(main, left, bounds, watched)
            if watched.stopped:
                return False
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _broken_limit(self, main: Process, left: float, bounds: Bounds, watched: Watched) -> str:
        if max(map(self._stdio.length, (OUTPUT, ERRORS))) > bounds.output_bytes:
            return "output"
        if left <= 0:
            return "wall"
        usage = self._census.take(bounds.memory_bytes)
        watched.peak_memory_bytes = max(watched.peak_memory_bytes, usage.memory_bytes)
        if usage.cpu_seconds - main.spent_seconds > bounds.cpu_seconds:
            return "cpu"
        return "memory" if usage.memory_bytes > bounds.memory_bytes else ""

    def _may_go_on(self, main: Process, bounds: Bounds, watched: Watched) -> bool:
        """Whether the process may do another run: it is alone and was within its limits."""
        if self._census.pids() != [main.pid]:
            return False
        usage = self._census.take(bounds.memory_bytes)
        watched.cpu_seconds = usage.cpu_seconds - main.spent_seconds
        watched.peak_memory_bytes = self._census.peak_bytes(main.pid)
        main.spent_seconds = usage.cpu_seconds
        watched.alive = watched.peak_memory_bytes <= bounds.memory_bytes
        return watched.alive

    def _sweep(self, main: Process, watched: Watched) -> bool:
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
                _kill(pid)
            time.sleep(_SWEEP_PAUSE_SECONDS)

    def _bury(
        self, buried: tuple[int, int, resource.struct_rusage], main: Process, watched: Watched
    ) -> None:
        pid, status, usage = buried
        watched.cpu_seconds += usage.ru_utime + usage.ru_stime
        watched.peak_memory_bytes = max(watched.peak_memory_bytes, usage.ru_maxrss * _KIB)
        if pid == main.pid and not watched.stopped:
            code = os.waitstatus_to_exitcode(status)
            watched.exit_code, watched.signal = max(code, 0), max(-code, 0)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # has ended meanwhile
