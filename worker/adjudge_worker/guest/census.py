"""Counting the processes of a pid namespace, their processor time and their memory."""

from __future__ import annotations

import dataclasses
import os
import resource
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = resource.getpagesize()
_INIT = 1
_STAT_BYTES = 4096
# Fields of /proc/PID/stat counted from the one after the name, see proc(5).
_CHILDREN_USER, _CHILDREN_SYSTEM, _RESIDENT = 13, 14, 21


@dataclasses.dataclass(frozen=True, slots=True)
class Usage:
    """What all processes use together."""

    cpu_seconds: float
    memory_bytes: int


class Census:
    """Looks at every process of our pid namespace but its init, which is us."""

    def __init__(self, processes: int) -> None:
        """``processes`` is a descriptor of the namespace's procfs."""
        self._processes = processes
        self._seen: dict[int, float] = {}
        self._gone_seconds = 0.0

    def begin(self) -> None:
        """Forget the processes of the last run."""
        self._seen.clear()
        self._gone_seconds = 0.0

    def pids(self) -> list[int]:
        """Every process but ours."""
        names = os.listdir(self._processes)  # noqa: PTH208 - a descriptor has no Path
        return [pid for name in names if name.isdecimal() and (pid := int(name)) > _INIT]

    def take(self, memory_limit_bytes: int) -> Usage:
        """Look at everybody once.

        Processor time of processes that vanish between two looks is kept as it was last seen.
        Shared pages count in every process, unless that would be over the limit: then each
        counts its share.
        """
        seen: dict[int, float] = {}
        resident_bytes = 0
        for pid in self.pids():
            fields = self._stat(pid)
            if fields is None:
                continue
            resident_bytes += int(fields[_RESIDENT]) * _PAGE_BYTES
            children_ticks = int(fields[_CHILDREN_USER]) + int(fields[_CHILDREN_SYSTEM])
            seen[pid] = _processor_seconds(pid) + children_ticks / _TICKS
        self._gone_seconds += sum(used for pid, used in self._seen.items() if pid not in seen)
        self._seen = seen
        if resident_bytes > memory_limit_bytes and len(seen) > 1:
            resident_bytes = sum(map(self._share_bytes, seen))
        return Usage(sum(seen.values()) + self._gone_seconds, resident_bytes)

    def queued_seconds(self, pids: Iterable[int]) -> float:
        """The longest time that the main thread of one of them wanted a processor and had none."""
        return max(map(self._queued_seconds, pids), default=0.0)

    def _queued_seconds(self, pid: int) -> float:
        """The second field of /proc/PID/schedstat; 0 where the kernel keeps no such count."""
        fields = self._read(f"{pid}/schedstat").split()
        return int(fields[1]) * 1e-9 if len(fields) > 1 else 0.0

    def peak_bytes(self, pid: int) -> int:
        """The most memory that a process has had resident so far; 0 when it has ended."""
        return self._kibibytes(f"{pid}/status", b"VmHWM:") * 1024

    def _stat(self, pid: int) -> list[bytes] | None:
        text = self._read(f"{pid}/stat")
        return text[text.rindex(b")") + 2 :].split() if text else None

    def _share_bytes(self, pid: int) -> int:
        return self._kibibytes(f"{pid}/smaps_rollup", b"Pss:") * 1024

    def _kibibytes(self, path: str, name: bytes) -> int:
        for line in self._read(path).splitlines():
            if line.startswith(name):
                return int(line.split()[1])
        return 0

    def _read(self, path: str) -> bytes:
        """A file of the procfs; empty when its process has ended."""
        try:
            file = os.open(path, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self._processes)
        except (FileNotFoundError, ProcessLookupError):
            return b""
        try:
            return os.read(file, _STAT_BYTES)
        except ProcessLookupError:
            return b""
        finally:
            os.close(file)


def _processor_seconds(pid: int) -> float:
    """The processor clock of another process, by the kernel's numbering of clocks."""
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:  # has ended meanwhile
        return 0.0
