"""The 64-byte page on which an evaluator shows the slot what it is at.

Written by the evaluator, read by the slot, trusted by nobody: the slot bounds every field by what
it has seen with its own clock.

    offset 0   uint64  ticket: even and grows by 2 with every change, odd while being written
           8   uint64  phase (see Phase)
          16   uint64  position of the candidate in the chunk
          24   uint64  start of the phase, nanoseconds on CLOCK_MONOTONIC
          32   uint64  this process's CPU clock at the start, nanoseconds
"""

from __future__ import annotations

import enum
import mmap
import struct
from typing import NamedTuple

PAGE_BYTES = mmap.PAGESIZE

_ALL = struct.Struct("=QQQQQ")
_TICKET = struct.Struct("=Q")
_REST = struct.Struct("=QQQQ")


class Phase(enum.IntEnum):
    """What an evaluator is at."""

    IDLE = 0
    """Between frames, or reading one."""
    PREPARING = 1
    """Turning the task of the candidate at ``position`` into what ``judge`` needs."""
    JUDGING = 2
    """Judging the candidate at ``position``."""


class Sight(NamedTuple):
    """One look at the page."""

    ticket: int
    phase: int
    position: int
    wall_ns: int
    cpu_ns: int


class Page:
    """The evaluator's end: shows what it is at."""

    def __init__(self, memory: mmap.mmap) -> None:
        self._memory = memory
        self._ticket = 0

    def show(self, phase: int, position: int, wall_ns: int, cpu_ns: int) -> None:
        """Say what begins now."""
        ticket = self._ticket
        memory = self._memory
        _TICKET.pack_into(memory, 0, ticket + 1)
        _REST.pack_into(memory, 8, phase, position, wall_ns, cpu_ns)
        self._ticket = ticket = ticket + 2
        _TICKET.pack_into(memory, 0, ticket)


def look(memory: mmap.mmap) -> Sight | None:
    """The slot's end: what the page shows, or None while it is being written."""
    before = _TICKET.unpack_from(memory, 0)[0]
    sight = Sight._make(_ALL.unpack_from(memory, 0))
    after = _TICKET.unpack_from(memory, 0)[0]
    return sight if before == after == sight.ticket and not after & 1 else None
