"""The 64-byte page on which an evaluator shows the slot what it is at.

Written by the evaluator, read by the slot, trusted by nobody: the slot bounds every field by what
it has seen with its own clock.

    offset 0   uint64  ticket: grows with every change
           8   uint64  phase (see Phase)
          16   uint64  position of the candidate in the chunk
          24   uint64  start of the phase, nanoseconds on CLOCK_MONOTONIC
          32   uint64  this process's CPU clock at the start, nanoseconds
          40   uint64  the ticket again: written last
"""

from __future__ import annotations

import enum
import mmap
import struct
from typing import NamedTuple

PAGE_BYTES = mmap.PAGESIZE

_LAYOUT = struct.Struct("=QQQQQQ")


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
        self._ticket = ticket = self._ticket + 1
        _LAYOUT.pack_into(self._memory, 0, ticket, phase, position, wall_ns, cpu_ns, ticket)


def look(memory: mmap.mmap) -> Sight | None:
    """The slot's end: what the page shows, or None while it is being written."""
    seen = _LAYOUT.unpack_from(memory, 0)
    if seen[0] != seen[5] or seen != _LAYOUT.unpack_from(memory, 0):
        return None
    return Sight._make(seen[:5])
