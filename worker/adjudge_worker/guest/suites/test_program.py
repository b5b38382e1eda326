"""Test code in its keeper: compiled where it runs, in processes that are reused when clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_worker.guest import libraries
from adjudge_worker.guest.orders import Compiled
from adjudge_worker.guest.stdio import close_all
from adjudge_worker.guest.suites.test_process import TestProcess

if TYPE_CHECKING:
    from adjudge_worker.guest.cell import Cell
    from adjudge_worker.guest.orders import Compile, Run
    from adjudge_worker.guest.supervision import Process, Watched


class TestProgram:
    """The tests of one task; the data of each run is one of them, see ``test_process.py``."""

    def __init__(self, cell: Cell, order: Compile) -> None:
        self._cell = cell
        self._bounds = order.run_bounds
        self._folders = order.libraries
        self._tests = TestProcess(order.libraries)
        self._process: Process | None = None

    def compile(self, source: bytes) -> Compiled:
        """Nothing is compiled; pytest is loaded, where it is asked for. ``source`` is empty."""
        del source
        if "pytest" in self._folders:
            libraries.offer(self._folders)
            libraries.load(["pytest"], self._folders)
        return Compiled()

    def run(self, data: bytes, order: Run, descriptors: list[int]) -> Watched:  # noqa: ARG002 - as every program's
        """Run one test."""
        cell = self._cell
        process = self._process or cell.fork(self._tests.serve, self._bounds, with_bell=True)
        cell.scratch.refresh()
        cell.stdio.fill(result=data)
        process.ring(descriptors=descriptors)
        close_all(descriptors)  # else the candidate would not notice that the test is over
        watched = cell.watch.follow(process, self._bounds)
        self._process = process if watched.alive else None
        return watched
