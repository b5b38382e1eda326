"""A Python program in its keeper: compiled once, run in processes that are reused when clean."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from adjudge_worker.guest import libraries, messages
from adjudge_worker.guest.candidate_python import ALONE, FURTHER, STREAMS, Candidate
from adjudge_worker.guest.orders import REASONS, Compiled
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.guest.stdio import ERRORS, RESULT, close_all

if TYPE_CHECKING:
    from adjudge_worker.guest.cell import Cell
    from adjudge_worker.guest.orders import Bounds, Compile, Run
    from adjudge_worker.guest.supervision import Process, Watched

_COMPILER_FAILED = "Python's own compiler broke down on it"
_WORDS_BYTES = 2048


class PythonProgram:
    """One Python program. Its code is never loaded in the keeper."""

    def __init__(self, cell: Cell, order: Compile) -> None:
        self._cell = cell
        self._bounds: Bounds = order.run_bounds
        self._compile_bounds: Bounds = order.compile_bounds
        self._folders = order.libraries
        self._calls = order.entry_point is not None
        self._file = f"{SCRATCH}/{order.recipe.file_name}"
        self._candidate = Candidate(
            self._file, order.libraries, order.entry_point, order.node_types
        )
        self._code = b""
        self._plain = False
        self._process: Process | None = None

    def compile(self, source: bytes) -> Compiled:
        """Compile in a process that then waits for the first run."""
        cell = self._cell
        cell.scratch.hold(self._file, source)
        cell.stdio.fill()
        process = cell.fork(lambda: self._candidate.compile(source), self._bounds, with_bell=True)
        watched = cell.watch.follow(process, self._compile_bounds)
        if watched.stopped:
            reason = REASONS[watched.stopped]
            return Compiled(reason, "compiling broke its limit")
        if watched.exit_code or watched.signal:
            words = cell.stdio.tail(ERRORS, _WORDS_BYTES).decode(errors="replace")
            return Compiled("syntax", f"{_COMPILER_FAILED}. {words}".strip())
        left = cell.stdio.head(RESULT, messages.BLOBS_LIMIT_BYTES)
        line, _, self._code = left.partition(b"\n")
        report: dict[str, Any] = json.loads(line)
        self._plain = report["plain"]
        if not watched.alive and not report["reason"]:
            libraries.offer(self._folders)
            libraries.load(report["imports"], self._folders)
        if watched.alive:
            self._process = process
        return Compiled(report["reason"], report["message"])

    def run(self, data: bytes, order: Run, descriptors: list[int]) -> Watched:
        """Run once. What fails in a process that was used before is run again in a fresh one.

        A conversation over descriptors cannot be held twice: it has a fresh process at once.
        """
        if descriptors and self._process is not None and self._process.runs > 1:
            self._cell.watch.dismiss(self._process)
            self._process = None
        process = self._process or self._start()
        used = process.runs > 1
        watched = self._follow(process, data, order, descriptors)
        if used and (watched.exit_code or watched.signal):
            watched = self._follow(self._start(), data, order, [])
        return watched

    def _start(self) -> Process:
        return self._cell.fork(
            lambda: self._candidate.load(self._code, plain=self._plain),
            self._bounds,
            with_bell=True,
        )

    def _follow(self, process: Process, data: bytes, order: Run, descriptors: list[int]) -> Watched:
        cell = self._cell
        tone = ALONE if not descriptors else STREAMS if order.streams else FURTHER
        cell.scratch.refresh()
        if self._calls:
            cell.stdio.fill(result=data)
        else:
            arguments = json.dumps(order.arguments).encode() if order.arguments else b""
            cell.stdio.fill(data, result=arguments)
        process.ring(tone, descriptors)
        close_all(descriptors)  # else nobody would notice that the program closed its ends
        watched = cell.watch.follow(process, self._bounds)
        self._process = process if watched.alive else None
        return watched
