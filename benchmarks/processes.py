"""Processor time and proportional memory of process trees, read from /proc."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> Iterator[int]:
    """The process and all its descendants."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            words = children.read_text().split()
        except OSError:  # the thread has ended
            continue
        for child in words:
            yield from tree(int(child))


def cpu_seconds(pid: int) -> float:
    """Processor time of one process, its reaped children included. 0 when it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / TICKS


def fine_cpu_seconds(pid: int) -> float:
    """Processor time of one process in nanosecond steps, from its scheduler statistics."""
    total = 0
    for schedstat in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(schedstat.read_text().split()[0])
        except OSError:  # the thread has ended
            continue
    return total / 1e9


def pss_bytes(pid: int) -> int:
    """Proportional set size of one process. 0 when it has ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def command(pid: int) -> str:
    """The process's command line, cut short."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "(ended)"
    return " ".join(word.decode(errors="replace") for word in words)[:100]
