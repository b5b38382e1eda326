"""One frame between slot and evaluator: sent, watched by our own clock, answered or broken off."""

from __future__ import annotations

import dataclasses
import enum
import select
import time
from typing import TYPE_CHECKING

from google.protobuf.message import DecodeError

from adjudge.v1.verifier_service_pb2 import VerifyCandidatesResponse
from adjudge_worker.guest import frames
from adjudge_worker.guest.page import Phase, Sight

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge_verifiers.contract import Budget, Outcome
    from adjudge_worker.jail.evaluator import EvaluatorProcess

ASK_SECONDS = 0.05
"""The caller's ``stop`` is asked this often at least."""
IDLE_SECONDS = 5.0
"""How long an evaluator may take to read a frame or to send its last run."""
IDLE_CPU_SECONDS = 0.1
"""More processor time than this between two frames: it does something nobody asked for."""
QUEUED_SHARE = 3.0
"""At most so many wall budgets are forgiven for waiting for a processor."""

_ASK_NS = int(ASK_SECONDS * 1e9)
_LOOK_NS = 2_000_000
_MARGIN_MS = 0.2


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


@dataclasses.dataclass(slots=True)
class Frame:
    """What one frame asks for."""

    data: bytes
    first: int
    count: int
    budget_of: Callable[[int], Budget]
    """The budget of the candidate at a position."""
    shortest_seconds: float
    """The shortest budget of all items in it, processor or wall."""


_DONE = Report(Ending.DONE)


class Conversation:
    """One frame, from the first byte sent to the last verdict received.

    Anything but DONE leaves an evaluator that must be killed.
    """

    def __init__(
        self,
        process: EvaluatorProcess,
        frame: Frame,
        accept: Callable[[bytes, int], None],
        stop: Callable[[], Outcome | None],
    ) -> None:
        """Prepare to talk.

        Args:
            process: the other side.
            frame: what to do.
            accept: takes each run of verdicts and how many there are in it.
            stop: asked every 50 ms; an outcome ends the frame.
        """
        self._process = process
        self._frame = frame
        self._accept = accept
        self._stop = stop
        self._in = bytearray()
        self._answered = frame.first
        self._end = frame.first + frame.count
        self._sent_ns = self._seen_ns = self._moved_ns = time.monotonic_ns()
        self._looked_ns = self._asked_ns = self._sent_ns
        self._sent_cpu_ns = self._seen_cpu_ns = self._queued_ns = 0
        self._sight = Sight(0, Phase.IDLE, frame.first, self._sent_ns, 0)
        self._torn: tuple[int, int] | None = None
        """Clock and processor time at the first of the looks in a row that found no whole page."""

    def hold(self) -> Report:
        """Hold the conversation to its end."""
        process = self._process
        self._sent_cpu_ns = self._seen_cpu_ns = cpu_ns = process.cpu_ns()
        if cpu_ns - process.cpu_at_rest_ns > IDLE_CPU_SECONDS * 1e9:
            return self._report(Ending.GARBAGE)
        report = self._talk()
        if report is _DONE:
            process.cpu_at_rest_ns = process.cpu_ns()
            process.items += self._frame.count
        return report

    def _talk(self) -> Report:
        process = self._process
        rest = process.send(memoryview(self._frame.data))
        wait_ms = min(ASK_SECONDS, self._frame.shortest_seconds) * 1000
        while True:
            event = process.wait(wait_ms, to_send=bool(rest))
            if event & select.POLLOUT:
                rest = process.send(rest)
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
            if now - self._looked_ns >= _LOOK_NS:
                self._looked_ns = now
                left_ns = self._look(now)
                if isinstance(left_ns, Report):
                    return left_ns
                wait_ms = min(ASK_SECONDS * 1000, left_ns * 1e-6 + _MARGIN_MS)

    def _receive(self) -> Ending | None:
        """Take what has come; an ending when that was the last, or no verdicts at all."""
        data = self._process.receive()
        if data is None:
            return None
        if not data:
            return Ending.DIED
        self._in += data
        ending = None
        while ending is None and len(self._in) >= frames.REPLY_HEADER.size:
            count, length = frames.REPLY_HEADER.unpack_from(self._in, 0)
            if count == length == self._frame.count == 0:
                return Ending.DONE  # of a PREPARE frame
            if not 0 < count <= self._end - self._answered or length > count * frames.VERDICT_BYTES:
                return Ending.GARBAGE
            if len(self._in) < frames.REPLY_HEADER.size + length:
                break
            ending = self._take_run(count, length)
        return ending

    def _take_run(self, count: int, length: int) -> Ending | None:
        """Take the run that stands first in the buffer; an ending when it is the last or no run."""
        end = frames.REPLY_HEADER.size + length
        run = bytes(memoryview(self._in)[end - length : end])
        del self._in[:end]
        if not _is_run(run, count):
            return Ending.GARBAGE
        self._accept(run, count)
        self._answered += count
        self._moved_ns = time.monotonic_ns()
        if self._answered < self._end:
            return None
        return Ending.GARBAGE if self._in else Ending.DONE

    def _look(self, now: int) -> int | Report:
        """Look at page and clock: nanoseconds until a budget may be used up, or that one is."""
        cpu_now = self._process.cpu_ns()
        sight = self._process.sight()
        if sight is None:
            self._torn = self._torn or (now, cpu_now)
        else:
            self._torn = None
            if self._progress(sight) > self._progress(self._sight):
                self._seen_ns, self._seen_cpu_ns = now, cpu_now
                self._queued_ns = self._process.queued_ns()
            self._sight = sight
        if self._sight.phase == Phase.IDLE or self._sight.position < self._answered:
            if self._torn is not None:  # who writes without end does not rest
                return self._left(now - self._torn[0], cpu_now - self._torn[1])
            left_ns = self._moved_ns + int(IDLE_SECONDS * 1e9) - now
            return left_ns if left_ns > 0 else self._report(Ending.GARBAGE)
        began_ns = min(max(self._sight.wall_ns, self._sent_ns), self._seen_ns)
        began_cpu_ns = min(max(self._sight.cpu_ns, self._sent_cpu_ns), self._seen_cpu_ns)
        return self._left(now - began_ns, cpu_now - began_cpu_ns)

    def _left(self, wall_ns: int, cpu_ns: int) -> int | Report:
        """What is left to an item that has used so much, or that its budget is used up."""
        budget = self._frame.budget_of(self._position())
        cpu_left_ns = int(budget.cpu_seconds * 1e9) - cpu_ns
        wall_left_ns = int(budget.wall_seconds * 1e9) - wall_ns
        if wall_left_ns <= 0:
            wall_left_ns += self._queued_since(budget)
        if cpu_left_ns > 0 and wall_left_ns > 0:
            return min(cpu_left_ns, wall_left_ns)
        if self._torn is not None:  # so nobody knows whose budget that was: each is tried alone
            return self._report(Ending.GARBAGE)
        ending = Ending.CPU if cpu_left_ns <= 0 else Ending.WALL
        return self._report(ending, cpu_seconds=cpu_ns * 1e-9, wall_seconds=wall_ns * 1e-9)

    def _progress(self, sight: Sight) -> tuple[int, int]:
        """What must grow for an item to count as newly begun, whatever else the page shows."""
        return max(sight.position, self._answered), sight.phase

    def _queued_since(self, budget: Budget) -> int:
        """Nanoseconds that the item wanted a processor and had none: the machine's fault, not its.

        Bounded, so that an overloaded machine answers late rather than never.
        """
        queued_ns = self._process.queued_ns() - self._queued_ns
        return min(queued_ns, int(budget.wall_seconds * 1e9 * QUEUED_SHARE))

    def _position(self) -> int:
        """Where the page says it is, within what it can be."""
        return min(max(self._sight.position, self._answered), max(self._answered, self._end - 1))

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
        if ending in {Ending.DIED, Ending.GARBAGE}:
            self._sight = self._process.sight() or self._sight
        return Report(
            ending,
            self._position(),
            self._sight.phase == Phase.PREPARING,
            cpu_seconds,
            wall_seconds,
            outcome,
        )


def frame_bytes(
    kind: int, first: int, count: int, budgets: Sequence[Budget], request: bytes
) -> bytes:
    """A frame as it is sent; see ``guest/frames.py``."""
    header = frames.REQUEST_HEADER.pack(kind, first, count, len(budgets), len(request))
    layout = frames.memory_budgets(len(budgets))
    return b"".join((header, layout.pack(*[b.memory_bytes for b in budgets]), request))


def _is_run(run: bytes, count: int) -> bool:
    try:
        return len(VerifyCandidatesResponse.FromString(run).verdicts) == count
    except DecodeError:
        return False
