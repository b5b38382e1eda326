"""The files behind a candidate's descriptors: anonymous memory that outlives it and never blocks.

A pipe can fill up, and a surviving child can hold it open for ever; a file can do neither. The files
are used again for every run of one candidate program, when nobody can have them open any more.
"""

from __future__ import annotations

import os

INPUT, OUTPUT, ERRORS, RESULT, PROGRAM = 0, 1, 2, 3, 4
"""Where a candidate finds them. RESULT is where our harness leaves a return value."""


class Stdio:
    """Input, output, errors and result of one run at a time."""

    def __init__(self) -> None:
        names = ("input", "output", "errors", "result")
        self._files = tuple(os.memfd_create(name) for name in names)

    def fill(self, data: bytes) -> None:
        """Empty all files, then write the input."""
        for file in self._files:
            os.ftruncate(file, 0)
            os.lseek(file, 0, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._files[INPUT], rest) :]
        os.lseek(self._files[INPUT], 0, os.SEEK_SET)

    def take_place(self, program: int | None = None) -> None:
        """In a candidate: make the files its descriptors 0 to 3 and close every other one.

        ``program``, when given, becomes descriptor 4. A program that is executed sees neither the
        result nor itself.
        """
        for position, file in enumerate(self._files):
            os.dup2(file, position, inheritable=position != RESULT)
        first_unused = len(self._files)
        if program is not None:
            os.dup2(program, PROGRAM, inheritable=False)
            first_unused += 1
        os.closerange(first_unused, 1 << 30)

    def length(self, position: int) -> int:
        """How many bytes a file holds."""
        return os.fstat(self._files[position]).st_size

    def head(self, position: int, limit_bytes: int) -> bytes:
        """The first bytes of a file."""
        return self._read(position, 0, limit_bytes)

    def tail(self, position: int, limit_bytes: int) -> bytes:
        """The last bytes of a file."""
        return self._read(position, max(0, self.length(position) - limit_bytes), limit_bytes)

    def _read(self, position: int, start: int, limit_bytes: int) -> bytes:
        parts = []
        while limit_bytes > 0:
            part = os.pread(self._files[position], min(limit_bytes, 1 << 20), start)
            if not part:
                break
            parts.append(part)
            start += len(part)
            limit_bytes -= len(part)
        return b"".join(parts)
