"""The keeper's service: takes the orders of one slot about one program and tells what happened."""

from __future__ import annotations

import dataclasses
import select
from typing import TYPE_CHECKING

from adjudge_worker.guest import messages
from adjudge_worker.guest.binary_program import BinaryProgram
from adjudge_worker.guest.command_program import CommandProgram
from adjudge_worker.guest.orders import Compile, Ending, Run
from adjudge_worker.guest.python_program import PythonProgram
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.guest.stdio import ERRORS, OUTPUT, RESULT, names_streams
from adjudge_worker.guest.suites.hosted_program import HostedProgram
from adjudge_worker.guest.suites.test_program import TestProgram

if TYPE_CHECKING:
    import socket
    from typing import NoReturn

    from adjudge_worker.guest.cell import Cell
    from adjudge_worker.guest.supervision import Watched

_ERRORS_TAIL_BYTES = 8192
_MESSAGE_CHARACTERS = 4096
IDLE_SECONDS = 3.0
"""A keeper of test code waits so long for the next candidate of the same task."""


def serve(channel: socket.socket, cell: Cell) -> NoReturn:
    """Compile once, then run whenever asked. Raises EOFError when the slot goes away."""
    fields, (source, *contents), descriptors = messages.receive_with_descriptors(channel)
    order = Compile.read(fields)
    for name, content in zip(order.files, contents, strict=True):
        cell.scratch.hold(f"{SCRATCH}/{name}", content)
    recipe = order.recipe
    if names_streams(source) and not recipe.shows_processes:
        cell.stdio.show()
    if recipe.shows_processes or recipe.compiler_shows_processes:
        cell.show_processes()
    program = _program(cell, order, descriptors)
    compiled = program.compile(source)
    if not recipe.shows_processes and recipe.compiler_shows_processes:
        cell.hide_processes()
    told = dataclasses.replace(compiled, message=compiled.message[:_MESSAGE_CHARACTERS])
    messages.send(channel, dataclasses.asdict(told), _made(program, order))
    while order.role != "tests" or select.select([channel], [], [], IDLE_SECONDS)[0]:
        fields, (data, *contents), descriptors = messages.receive_with_descriptors(channel)
        run = Run(**fields)
        cell.scratch.lay(dict(zip(run.files, contents, strict=True)))
        watched = program.run(data, run, descriptors)  # closes them
        messages.send(channel, *_ending(cell, watched, order.run_bounds.output_bytes))
    raise EOFError("no other candidate has come for the same tests")


def _program(
    cell: Cell, order: Compile, descriptors: list[int]
) -> BinaryProgram | CommandProgram | PythonProgram | TestProgram:
    if order.role:
        return (HostedProgram if order.role == "hosted" else TestProgram)(cell, order)
    if order.recipe.binary:
        return BinaryProgram(cell, order, descriptors[0] if order.is_made else None)
    if order.recipe.run:
        return CommandProgram(cell, order)
    return PythonProgram(cell, order)


def _made(program: object, order: Compile) -> list[bytes]:
    """The binary, where the slot wants to keep it."""
    if isinstance(program, BinaryProgram):
        return program.read(order.told_bytes)
    return []


def _ending(
    cell: Cell, watched: Watched, output_bytes: int
) -> tuple[dict[str, object], list[bytes]]:
    """What a run left, no more of it than the limits allow."""
    stdio = cell.stdio
    ending = Ending(
        exit_code=watched.exit_code,
        signal=watched.signal,
        stopped=watched.stopped,
        cpu_seconds=watched.cpu_seconds,
        wall_seconds=watched.wall_seconds,
        ended_at=watched.ended_at,
        peak_memory_bytes=watched.peak_memory_bytes,
        stdout_bytes=stdio.length(OUTPUT),
        stderr_bytes=stdio.length(ERRORS),
        last=not watched.swept,
    )
    blobs = [
        stdio.head(OUTPUT, output_bytes),
        stdio.tail(ERRORS, _ERRORS_TAIL_BYTES),
        stdio.head(RESULT, output_bytes),
    ]
    return dataclasses.asdict(ending), blobs
