"""A compiled program in its keeper: built once, behind the same walls, executed often."""

from __future__ import annotations

import os
import signal
import stat
from typing import TYPE_CHECKING, NoReturn

from adjudge_worker.guest.orders import REASONS, Compiled
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.guest.stdio import ERRORS, PROGRAM, close_all

if TYPE_CHECKING:
    from adjudge_worker.guest.cell import Cell
    from adjudge_worker.guest.orders import Bounds, Compile, Run
    from adjudge_worker.guest.supervision import Watched

_BINARY = f"{SCRATCH}/program"
_MESSAGE_BYTES = 4096
_OUT_OF_MEMORY_WORDS = (b"out of memory", b"memory exhausted", b"Cannot allocate memory")


class BinaryProgram:
    """One program in a compiled language."""

    def __init__(self, cell: Cell, order: Compile) -> None:
        self._cell = cell
        self._order = order
        self._binary = -1

    def compile(self, source: bytes) -> Compiled:
        """Compile; afterwards nobody can find the binary by name."""
        cell, bounds = self._cell, self._order.compile_bounds
        file = f"{SCRATCH}/{self._order.file_name}"
        command = [*self._order.compiler, "-o", _BINARY, file]
        cell.scratch.hold(file, source)
        cell.stdio.fill()
        process = cell.fork(lambda: _execute(command[0], command), bounds)
        watched = cell.watch.follow(process, bounds)
        words = cell.stdio.head(ERRORS, _MESSAGE_BYTES)
        reason = self._broken_limit(watched, words, bounds)
        if reason or watched.exit_code or watched.signal:
            return Compiled(reason or "syntax", words.decode(errors="replace"))
        if not self._take():
            return Compiled("syntax", "the compiler left no program")
        cell.scratch.drop()
        return Compiled()

    def run(self, data: bytes, order: Run, descriptors: list[int]) -> Watched:
        """Run once in a fresh process. Of descriptors it takes streams alone; we keep none."""
        cell, bounds = self._cell, self._order.run_bounds
        cell.scratch.refresh()
        cell.stdio.fill(data)
        process = cell.fork(
            lambda: _execute(PROGRAM, ["program"]),
            bounds,
            program=self._binary,
            streams=descriptors if order.streams else (),
        )
        close_all(descriptors)  # else nobody would notice that the program closed its ends
        return cell.watch.follow(process, bounds)

    def _take(self) -> bool:
        """Keep the binary open; the scratch it lies on goes away."""
        try:
            self._binary = os.open(_BINARY, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return False
        return stat.S_ISREG(os.fstat(self._binary).st_mode)

    def _broken_limit(self, watched: Watched, words: bytes, bounds: Bounds) -> str:
        """The limit that the compiler broke, as CompileFailure names it, or ""."""
        if watched.stopped:
            return REASONS[watched.stopped]
        if any(said in words for said in _OUT_OF_MEMORY_WORDS):
            return "memory_limit"
        if watched.cpu_seconds > bounds.cpu_seconds:
            return "time_limit"
        if self._cell.stdio.length(ERRORS) > bounds.output_bytes or b"size limit" in words:
            return "output_limit"
        return ""


def _execute(program: str | int, command: list[str]) -> NoReturn:
    os.chdir(SCRATCH)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # ignored by Python, and that outlives exec
        signal.signal(number, signal.SIG_DFL)
    os.execve(program, command, dict(os.environ))  # noqa: S606 - no shell is wanted
