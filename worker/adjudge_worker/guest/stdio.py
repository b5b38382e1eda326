"""The files behind a candidate's descriptors: anonymous memory that outlives it and never blocks.

A pipe can fill up, and a surviving child can hold it open for ever; a file can do neither. The
files serve every run of one candidate program, one run after the other.
"""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Final

from adjudge_worker.guest import linux

if TYPE_CHECKING:
    from collections.abc import Sequence

INPUT, OUTPUT, ERRORS, RESULT = 0, 1, 2, 3
"""Where a candidate finds them. RESULT is where our harness finds arguments and leaves a value."""
PROGRAM = BELL = 4
"""What a process keeps beside them: the binary that it executes, or the socket to its keeper."""
GIVEN = 16
"""Where a Python process finds the first of the descriptors that the slot gave for its run."""

_NAMES: Final = ("input", "output", "errors", "result")
_FIRST_OF_OURS: Final = 16
_SHOWN: Final = "/proc/self/fd"
_SHOWN_FLAGS: Final = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
_SHOWN_OPTIONS: Final = "nr_inodes=6,mode=0755"  # three folders and three streams, no more
_PARTS_OF_NAMES: Final = (b"dev", b"proc")


def names_streams(source: bytes) -> bool:
    """Whether a program may open its streams by name, even by one that it puts together."""
    return any(part in source for part in _PARTS_OF_NAMES)


class Stdio:
    """Input, output, errors and result of one run at a time."""

    def __init__(self) -> None:
        self._files = [_above_all(os.memfd_create(name)) for name in _NAMES]
        self._is_shown = False

    def renew(self, data: bytes) -> None:
        """Put fresh files in place of the streams and write the input.

        For a program that is executed, which never gets the result's file and shall find no trace
        of the last run on the others: no mode, time, owner or flag. Raises OSError when the kernel
        refuses.
        """
        if self._is_shown:
            linux.unmount("/proc")
            self.show()
        else:
            for position in (INPUT, OUTPUT, ERRORS):
                fresh = os.memfd_create(_NAMES[position])
                os.dup2(fresh, self._files[position], inheritable=False)
                os.close(fresh)
        _write(self._files[INPUT], data)

    def show(self) -> None:
        """Let the streams be opened by name as well, as ``/dev/stdin``, ``/dev/stdout``, ….

        Those are links to ``/proc/self/fd``, which does not exist for most candidates: memory has
        no name, and a file system costs time. Raises OSError when the kernel refuses.
        """
        linux.mount("tmpfs", "/proc", "tmpfs", _SHOWN_FLAGS, _SHOWN_OPTIONS)
        self._is_shown = True
        os.makedirs(_SHOWN)  # noqa: PTH103 - half the price of pathlib
        for position in (INPUT, OUTPUT, ERRORS):
            os.close(self._files[position])
            name = f"{_SHOWN}/{position}"
            self._files[position] = _above_all(os.open(name, os.O_RDWR | os.O_CREAT, 0o600))

    def fill(self, data: bytes = b"", *, result: bytes = b"") -> None:
        """Empty all files, then write the input and what the result starts with."""
        for file in self._files:
            os.ftruncate(file, 0)
            os.lseek(file, 0, os.SEEK_SET)
        _write(self._files[INPUT], data)
        _write(self._files[RESULT], result)

    def take_place(self, kept: int | None = None, streams: Sequence[int] = ()) -> None:
        """In a candidate: make the files its descriptors 0 to 3 and close every other one.

        ``kept``, when given, becomes descriptor 4. A program that is executed sees neither the
        result nor what was kept. ``streams``, when given, stand for the files of input and output.
        """
        files = [*map(_above_all, streams), *self._files[len(streams) :]]
        if kept is not None:
            os.dup2(_above_all(kept), PROGRAM, inheritable=False)
        for position, file in enumerate(files):
            os.dup2(file, position, inheritable=position != RESULT)
        os.closerange(PROGRAM if kept is None else PROGRAM + 1, 1 << 30)

    def streams(self, given: Sequence[int] = ()) -> list[int]:
        """Descriptors of a program's input, output and errors; ``given`` stand for the first."""
        return [*given, *self._files[len(given) : RESULT]]

    def length(self, position: int) -> int:
        """How many bytes a file holds."""
        return os.fstat(self._files[position]).st_size

    def head(self, position: int, limit_bytes: int) -> bytes:
        """The first bytes of a file."""
        return self._read(position, 0, min(limit_bytes, self.length(position)))

    def tail(self, position: int, limit_bytes: int) -> bytes:
        """The last bytes of a file."""
        length = self.length(position)
        return self._read(position, max(0, length - limit_bytes), min(limit_bytes, length))

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


def close_all(descriptors: list[int]) -> None:
    """Close descriptors once, however often this is called: none is left in the list."""
    while descriptors:
        os.close(descriptors.pop())


def _write(file: int, content: bytes) -> None:
    """Write to the start of a file whose position stays there."""
    rest, at = memoryview(content), 0
    while at < len(rest):
        at += os.pwrite(file, rest[at:], at)


def _above_all(descriptor: int) -> int:
    """The same file at a number that no candidate's descriptor has, so that none is overwritten."""
    higher = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _FIRST_OF_OURS)
    os.close(descriptor)
    return higher
