"""A compiled program in its keeper: built once, behind the same walls, executed often."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from adjudge_worker.guest.compilation import compile_source
from adjudge_worker.guest.orders import Compiled
from adjudge_worker.guest.stdio import close_all

if TYPE_CHECKING:
    from adjudge_worker.guest.cell import Cell
    from adjudge_worker.guest.orders import Compile, Run
    from adjudge_worker.guest.supervision import Watched


class BinaryProgram:
    """One program in a compiled language."""

    def __init__(self, cell: Cell, order: Compile, made: int | None = None) -> None:
        """``made`` is a descriptor of the binary, where it was compiled before."""
        self._cell = cell
        self._order = order
        self._binary = -1 if made is None else made

    def compile(self, source: bytes) -> Compiled:
        """Compile if need be; afterwards nobody can find the binary by name."""
        if self._binary >= 0:
            return Compiled()
        compiled = compile_source(self._cell, self._order, source)
        if compiled.reason:
            return compiled
        if not self._take():
            return Compiled("syntax", "the compiler left no program")
        self._cell.scratch.drop()
        return compiled

    def run(self, data: bytes, order: Run, descriptors: list[int]) -> Watched:
        """Run once in a fresh process. Of descriptors it takes streams alone; we keep none."""
        cell, bounds = self._cell, self._order.run_bounds
        cell.scratch.refresh()
        cell.stdio.renew(data)
        process = cell.execute(
            ["program", *order.arguments],
            self._order.recipe.environment,
            bounds,
            program=self._binary,
            streams=descriptors if order.streams else (),
        )
        close_all(descriptors)  # else nobody would notice that the program closed its ends
        return cell.watch.follow(process, bounds)

    def read(self, limit_bytes: int) -> list[bytes]:
        """The binary as the only item; nothing when there is none, or one of more bytes."""
        if self._binary < 0 or not 0 < os.fstat(self._binary).st_size <= limit_bytes:
            return []
        return [os.pread(self._binary, limit_bytes, 0)]

    def _take(self) -> bool:
        """Keep the binary open; the scratch it lies on goes away."""
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        try:
            self._binary = os.open(self._order.recipe.binary, flags)
        except OSError:
            return False
        return stat.S_ISREG(os.fstat(self._binary).st_mode)
