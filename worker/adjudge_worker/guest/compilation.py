"""Making a program ready: its compilers run behind the same walls as the program itself."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final

from adjudge_worker.guest.orders import REASONS, Compiled
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.guest.stdio import ERRORS, OUTPUT

if TYPE_CHECKING:
    from adjudge_worker.guest.cell import Cell
    from adjudge_worker.guest.orders import Bounds, Compile
    from adjudge_worker.guest.supervision import Watched

_MESSAGE_BYTES = 4096
_OUT_OF_MEMORY_WORDS = (
    b"out of memory",
    b"memory exhausted",
    b"Cannot allocate memory",
    b"java.lang.OutOfMemoryError",
    b"Killed signal terminated program",  # what g++ says when the kernel had no more memory
)
_SIGNALS: Final[dict[int, str]] = {
    signal.SIGKILL: "memory_limit",  # not by us: the kernel had no more memory
    signal.SIGXCPU: "time_limit",
    signal.SIGXFSZ: "output_limit",
}
_LINKING = b"ld returned 1 exit status\n"
"""The last words of gcc and g++ about a program whose parts do not fit together."""


def compile_source(cell: Cell, order: Compile, source: bytes) -> Compiled:
    """Put the source into the scratch and run the compilers; what they made lies there then."""
    recipe = order.recipe
    cell.scratch.hold(f"{SCRATCH}/{recipe.file_name}", source)
    compiled = _run_all(cell, order, recipe.compile)
    if compiled.reason and recipe.relink and cell.stdio.tail(ERRORS, len(_LINKING)) == _LINKING:
        return _run_all(cell, order, recipe.relink)
    return compiled


def _run_all(cell: Cell, order: Compile, commands: list[list[str]]) -> Compiled:
    for command in commands:
        failed = _run(cell, command, order.recipe.compiler_environment, order.compile_bounds)
        if failed is not None:
            return failed
    return Compiled()


def _run(
    cell: Cell, command: list[str], environment: dict[str, str], bounds: Bounds
) -> Compiled | None:
    """Run one compiler; None when it succeeded."""
    cell.stdio.fill()
    process = cell.execute(command, environment, bounds)
    watched = cell.watch.follow(process, bounds)
    words = cell.stdio.head(ERRORS, _MESSAGE_BYTES) or cell.stdio.head(OUTPUT, _MESSAGE_BYTES)
    reason = _broken_limit(cell, watched, words, bounds)
    if reason or watched.exit_code or watched.signal:
        return Compiled(reason or "syntax", words.decode(errors="replace"))
    return None


def _broken_limit(cell: Cell, watched: Watched, words: bytes, bounds: Bounds) -> str:
    """The limit that the compiler broke, as CompileFailure names it, or ""."""
    if watched.stopped:
        return REASONS[watched.stopped]
    if watched.signal in _SIGNALS:
        return _SIGNALS[watched.signal]
    if any(said in words for said in _OUT_OF_MEMORY_WORDS):
        return "memory_limit"
    if watched.cpu_seconds > bounds.cpu_seconds:
        return "time_limit"
    if cell.stdio.length(ERRORS) > bounds.output_bytes or b"size limit" in words:
        return "output_limit"
    return ""
