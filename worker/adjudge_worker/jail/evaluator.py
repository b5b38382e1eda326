"""The slot's handle of one evaluator: sends it a frame, watches it, kills it when it overruns."""

from __future__ import annotations

import contextlib
import dataclasses
import enum
import fcntl
import mmap
import os
import select
import signal
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

from google.protobuf.message import DecodeError

from adjudge.v1.verifier_service_pb2 import VerifyCandidatesResponse
from adjudge_worker.guest import frames, page
from adjudge_worker.guest.page import Phase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge_verifiers.contract import Budget, Outcome
    from adjudge_worker.jail.control import Control

ASK_SECONDS = 0.05
"""The caller's ``stop`` is asked this often at least."""
IDLE_SECONDS = 5.0
"""How long an evaluator may take to read a frame or to send its last run."""
IDLE_CPU_SECONDS = 0.1
"""More processor time than this between two frames: it does something nobody asked for."""

_ASK_NS = int(ASK_SECONDS * 1e9)
_IDLE_NS = int(IDLE_SECONDS * 1e9)
_LOOK_NS = 2_000_000
_STDERR_BYTES = 4096
_RECEIVE_BYTES = 64 * 1024


class Ending(enum.Enum):
    """How a frame ended."""

    DONE = "done"
    CPU = "cpu_time"
    WALL = "wall_time"
    DIED = "died"
    GARBAGE = "garbage"
    STOPPED = "stopped"


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """What became of a frame. ``position`` and ``preparing`` say where it ended, if not DONE."""

    ending: Ending
    position: int = 0
    preparing: bool = False
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    outcome: Outcome | None = None
    """What ``stop`` said, when STOPPED."""


@dataclasses.dataclass(frozen=True, slots=True)
class Frame:
    """What one frame asks for. ``position_budgets`` has one budget for each position from first."""

    data: bytes
    first: int
    count: int
    budget_of: Callable[[int], Budget]
    shortest_seconds: float
    """The shortest budget of all items in it, processor or wall."""


_DONE = Report(Ending.DONE)


class EvaluatorProcess:
    """One evaluator, alive until ``kill``."""

    def __init__(self, nursery: Control, op: str = "evaluator", **fields: object) -> None:
        """Ask the nursery for a new one. Raises JailLost."""
        self._lane, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        shared = os.memfd_create("adjudge-page", os.MFD_ALLOW_SEALING)
        self._stderr = os.memfd_create("adjudge-evaluator-stderr")
        try:
            os.ftruncate(shared, page.PAGE_BYTES)
            # Else it could shrink the page under us, and reading it would kill the slot.
            seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
            fcntl.fcntl(shared, fcntl.F_ADD_SEALS, seals)
            self._memory = mmap.mmap(shared, page.PAGE_BYTES, mmap.MAP_SHARED, mmap.PROT_READ)
            reply = nursery.ask(op, [theirs.fileno(), shared, self._stderr], **fields)
        except BaseException:
            self._lane.close()
            os.close(self._stderr)
            raise
        finally:
            theirs.close()
            os.close(shared)
        self._lane.setblocking(False)
        self.serial: int = reply["serial"]
        self._pidfd: int = reply["descriptor"]
        self.pid = _outer_pid(self._pidfd)
        self._cpu_clock = ~self.pid << 3 | 2  # CPUCLOCK_SCHED of the whole process
        self._poll = select.poll()
        self._poll.register(self._lane, select.POLLIN)
        self._buffer = bytearray(_RECEIVE_BYTES)
        self._cpu_at_rest_ns: int | None = None
        self.items = 0
        """Items judged so far."""

    @property
    def lane(self) -> socket.socket:
        """The stream to it, for the probe."""
        return self._lane

    def run(
        self,
        frame: Frame,
        accept: Callable[[bytes, int], None],
        stop: Callable[[], Outcome | None],
    ) -> Report:
        """Send one frame and stay with it to its end; anything but DONE leaves it to be killed.

        Args:
            frame: what to do.
            accept: takes each run of verdicts and how many there are in it.
            stop: asked every 50 ms; an outcome ends the frame.
        """
        try:
            cpu_ns = time.clock_gettime_ns(self._cpu_clock)
        except OSError:
            return Report(Ending.DIED, frame.first)
        if (
            self._cpu_at_rest_ns is not None
            and cpu_ns - self._cpu_at_rest_ns > IDLE_CPU_SECONDS * 1e9
        ):
            return Report(Ending.GARBAGE, frame.first)
        report = _Conversation(self, frame, accept, stop, cpu_ns).hold()
        if report.ending is Ending.DONE:
            with contextlib.suppress(OSError):  # it has died since: the next frame will see it
                self._cpu_at_rest_ns = time.clock_gettime_ns(self._cpu_clock)
        self.items += frame.count
        return report

    def spent_cpu_seconds(self) -> float:
        """Its processor time so far, 0 when it has died."""
        try:
            return self.cpu_ns() * 1e-9
        except OSError:
            return 0.0

    def cpu_ns(self) -> int:
        """Its processor time so far. Raises OSError when it has died."""
        return time.clock_gettime_ns(self._cpu_clock)

    def resident_bytes(self) -> int:
        """Its resident memory now, 0 when it has died."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * mmap.PAGESIZE

    def peak_bytes(self) -> int:
        """The highest resident memory it ever had, 0 when it has died."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return 0
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        return 0

    def last_words(self) -> str:
        """The end of what it wrote on standard error."""
        size = os.fstat(self._stderr).st_size
        tail = os.pread(self._stderr, _STDERR_BYTES, max(0, size - _STDERR_BYTES))
        return tail.decode("utf-8", "replace")

    def kill(self) -> None:
        """Kill it at once and let go of it. May be called again."""
        if self._pidfd < 0:
            return
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        os.close(self._pidfd)
        os.close(self._stderr)
        self._pidfd = self._stderr = -1
        self._lane.close()
        self._memory.close()


class _Conversation:
    """One frame, from the first byte sent to the last verdict received."""

    def __init__(
        self,
        process: EvaluatorProcess,
        frame: Frame,
        accept: Callable[[bytes, int], None],
        stop: Callable[[], Outcome | None],
        cpu_ns: int,
    ) -> None:
        self._process = process
        self._frame = frame
        self._accept = accept
        self._stop = stop
        self._out = memoryview(frame.data)
        self._in = bytearray()
        self._answered = frame.first
        self._end = frame.first + frame.count
        self._waits_to_send = False
        self._sent_ns = self._moved_ns = self._looked_ns = self._asked_ns = time.monotonic_ns()
        self._sent_cpu_ns = self._seen_cpu_ns = cpu_ns
        self._ticket = -1
        self._seen_ns = self._sent_ns
        self._sight = page.Sight(0, Phase.IDLE, frame.first, self._sent_ns, cpu_ns)

    def hold(self) -> Report:
        """Hold the conversation to its end."""
        process = self._process
        poll = process._poll
        wait_ms = min(ASK_SECONDS, self._frame.shortest_seconds) * 1000
        self._send()
        try:
            while True:
                for _, event in poll.poll(wait_ms):
                    if event & select.POLLOUT:
                        self._send()
                    if event & ~select.POLLOUT:
                        ending = self._receive()
                        if ending is not None:
                            return self._report(ending)
                now = time.monotonic_ns()
                if now - self._asked_ns >= _ASK_NS:
                    self._asked_ns = now
                    outcome = self._stop()
                    if outcome is not None:
                        return self._report(Ending.STOPPED, outcome=outcome)
                if now - self._looked_ns < _LOOK_NS:
                    continue
                self._looked_ns = now
                rest_ns = self._look(now)
                if isinstance(rest_ns, Report):
                    return rest_ns
                wait_ms = min(ASK_SECONDS * 1000, rest_ns * 1e-6 + 0.2)
        finally:
            if self._waits_to_send:
                poll.modify(process._lane, select.POLLIN)

    def _send(self) -> None:
        """Send what is left of the frame, as far as the socket takes it."""
        lane = self._process._lane
        try:
            while self._out:
                self._out = self._out[lane.send(self._out) :]
        except BlockingIOError:
            pass
        except OSError:  # it has died: the socket's end will be read next
            self._out = self._out[:0]
        if bool(self._out) is not self._waits_to_send:
            self._waits_to_send = bool(self._out)
            wanted = select.POLLIN | (select.POLLOUT if self._out else 0)
            self._process._poll.modify(lane, wanted)

    def _receive(self) -> Ending | None:
        """Take what has come; an ending when that was the last, or no verdicts at all."""
        try:
            got = self._process._lane.recv_into(self._process._buffer)
        except BlockingIOError:
            return None
        except OSError:
            return Ending.DIED
        if not got:
            return Ending.DIED
        buffer = self._in
        buffer += memoryview(self._process._buffer)[:got]
        header = frames.REPLY_HEADER
        while len(buffer) >= header.size:
            count, length = header.unpack_from(buffer, 0)
            if count == 0 and length == 0 and self._frame.count == 0:
                return Ending.DONE
            if not 0 < count <= self._end - self._answered or length > count * frames.VERDICT_BYTES:
                return Ending.GARBAGE
            if len(buffer) < header.size + length:
                return None
            run = bytes(memoryview(buffer)[header.size : header.size + length])
            del buffer[: header.size + length]
            if not _is_run(run, count):
                return Ending.GARBAGE
            self._accept(run, count)
            self._answered += count
            self._moved_ns = time.monotonic_ns()
            if self._answered == self._end:
                return Ending.GARBAGE if buffer else Ending.DONE
        return None

    def _look(self, now: int) -> int | Report:
        """Look at page and clock: nanoseconds until a budget may be used up, or that one is."""
        try:
            cpu_now = self._process.cpu_ns()
        except OSError:
            return self._report(Ending.DIED)
        sight = page.look(self._process._memory) or self._sight
        if sight.ticket != self._ticket:
            self._ticket, self._sight = sight.ticket, sight
            self._seen_ns, self._seen_cpu_ns = now, cpu_now
        idle = sight.phase == Phase.IDLE or sight.position < self._answered
        if idle:  # reading a frame, or between two items
            rest = self._moved_ns + _IDLE_NS - now
            return rest if rest > 0 else self._report(Ending.GARBAGE)
        wall = now - min(max(sight.wall_ns, self._sent_ns), self._seen_ns)
        cpu = cpu_now - min(max(sight.cpu_ns, self._sent_cpu_ns), self._seen_cpu_ns)
        budget = self._frame.budget_of(self._position())
        cpu_rest = int(budget.cpu_seconds * 1e9) - cpu
        wall_rest = int(budget.wall_seconds * 1e9) - wall
        if cpu_rest > 0 and wall_rest > 0:
            return min(cpu_rest, wall_rest)
        ending = Ending.CPU if cpu_rest <= 0 else Ending.WALL
        return self._report(ending, cpu_seconds=cpu * 1e-9, wall_seconds=wall * 1e-9)

    def _position(self) -> int:
        """Where the page says it is, within what it can be."""
        last = max(self._answered, self._end - 1)
        return min(max(self._sight.position, self._answered), last)

    def _report(
        self,
        ending: Ending,
        *,
        cpu_seconds: float = 0.0,
        wall_seconds: float = 0.0,
        outcome: Outcome | None = None,
    ) -> Report:
        if ending is Ending.DONE:
            return _DONE
        sight = page.look(self._process._memory)
        if sight is not None and ending in {Ending.DIED, Ending.GARBAGE}:
            self._sight = sight
        preparing = self._sight.phase == Phase.PREPARING
        return Report(
            ending, self._position(), preparing, cpu_seconds, wall_seconds, outcome=outcome
        )


def frame_bytes(
    kind: int, first: int, count: int, budgets: Sequence[Budget], request: bytes
) -> bytes:
    """A frame as it is sent; see ``guest/frames.py``."""
    header = frames.REQUEST_HEADER.pack(kind, first, count, len(budgets), len(request))
    memory = frames.memory_budgets(len(budgets)).pack(*(b.memory_bytes for b in budgets))
    return b"".join((header, memory, request))


def _is_run(run: bytes, count: int) -> bool:
    try:
        return len(VerifyCandidatesResponse.FromString(run).verdicts) == count
    except DecodeError:
        return False


def _outer_pid(pidfd: int) -> int:
    """The pid, in our own namespace, of the process behind a pidfd."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii").splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    raise OSError(f"/proc/self/fdinfo/{pidfd} names no pid")
