"""A program that an interpreter or a virtual machine runs: made ready once, run by a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_worker.guest.compilation import compile_source
from adjudge_worker.guest.orders import Compiled
from adjudge_worker.guest.stdio import close_all

if TYPE_CHECKING:
    from adjudge_worker.guest.cell import Cell
    from adjudge_worker.guest.orders import Compile, Run
    from adjudge_worker.guest.supervision import Watched


class CommandProgram:
    """One program whose files lie in the scratch, as they came, whenever it is run."""

    def __init__(self, cell: Cell, order: Compile) -> None:
        self._cell = cell
        self._order = order

    def compile(self, source: bytes) -> Compiled:
        """Make it ready and keep the files that it needs."""
        compiled = compile_source(self._cell, self._order, source)
        keep = self._order.recipe.keep
        if not compiled.reason and keep and not self._cell.scratch.keep_made(keep):
            return Compiled("output_limit", "the compiler made too many files, or none")
        return compiled

    def run(self, data: bytes, order: Run, descriptors: list[int]) -> Watched:
        """Run once in a fresh process. Of descriptors it takes streams alone; we keep none."""
        cell, recipe, bounds = self._cell, self._order.recipe, self._order.run_bounds
        cell.scratch.refresh()
        cell.stdio.renew(data)
        process = cell.execute(
            [*recipe.run, *order.arguments],
            recipe.environment,
            bounds,
            streams=descriptors if order.streams else (),
        )
        close_all(descriptors)  # else nobody would notice that the program closed its ends
        return cell.watch.follow(process, bounds)
