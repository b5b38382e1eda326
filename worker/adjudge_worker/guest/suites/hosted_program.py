"""A Python program in its keeper whose module test code in another keeper asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_worker.guest.python_program import PythonProgram
from adjudge_worker.guest.stdio import close_all
from adjudge_worker.guest.suites.hosted_candidate import ANOTHER, LAST, HostedCandidate

if TYPE_CHECKING:
    from adjudge_worker.guest.cell import Cell
    from adjudge_worker.guest.orders import Compile, Run
    from adjudge_worker.guest.supervision import Watched


class HostedProgram(PythonProgram):
    """Compiled as any Python program; a run lasts until the test at the other end is over."""

    def __init__(self, cell: Cell, order: Compile) -> None:
        super().__init__(cell, order)
        self._candidate = HostedCandidate(self._file, order.libraries, None, {})

    def run(self, data: bytes, order: Run, descriptors: list[int]) -> Watched:  # noqa: ARG002 - as every program's
        """Run once.

        ``data`` is words: "fresh" asks for a process that was not used before, "last" says that no
        other run will come, so that nobody need look what this one left.
        """
        cell, words = self._cell, data.split()
        if b"fresh" in words and self._process is not None:
            cell.watch.dismiss(self._process)
            self._process = None
        process = self._process or self._start()
        cell.scratch.refresh()
        cell.stdio.fill()
        process.ring(LAST if b"last" in words else ANOTHER, descriptors)
        close_all(descriptors)  # else nobody would notice that the candidate closed its end
        watched = cell.watch.follow(process, self._bounds)
        self._process = process if watched.alive else None
        return watched
