"""Finding and ending the processes of a service under test, each by its pid."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def descendants(pid):
    """All processes below this one."""
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            words = children.read_text().split()
        except OSError:
            continue
        for child in map(int, words):
            found += [child, *descendants(child)]
    return found


def children(pid):
    """The processes right below this one."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def alive(pid):
    """Whether the process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill(pid):
    """End one process as a crash would."""
    os.kill(pid, signal.SIGKILL)


def wait_until(condition, seconds):
    """True as soon as the condition holds; False when it did not within that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()
