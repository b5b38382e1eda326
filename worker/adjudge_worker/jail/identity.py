"""Which user outside stands behind the jail's user."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

INSIDE_ID = 65534
"""User and group that programs in the jail see themselves as: nobody."""

_FIRST_ID = 100_000
_IDS = 50_000


@dataclasses.dataclass(frozen=True, slots=True)
class Identity:
    """User and group outside that the jail's user stands for.

    ``foreign`` is true when it is not the user of this process: then the jail can read only what
    every user may read.
    """

    uid: int
    gid: int
    foreign: bool


def choose_identity() -> Identity:
    """An unprivileged user that nobody else has when we are root, else ourselves."""
    if os.geteuid() != 0:
        return Identity(os.geteuid(), os.getegid(), foreign=False)
    uid = _unused_id(Path("/proc/self/uid_map").read_text(encoding="ascii"))
    gid = _unused_id(Path("/proc/self/gid_map").read_text(encoding="ascii"))
    if uid is None or gid is None:  # root of a namespace that maps root alone: an ordinary user
        return Identity(0, os.getegid(), foreign=False)
    return Identity(uid, gid, foreign=True)


def _unused_id(id_map: str) -> int | None:
    """An id that this process may give away, by the text of its uid_map; None when there is none.

    A number of our own for each jail, so that limits by user are not shared between slots.
    """
    wanted = _FIRST_ID + os.getpid() % _IDS
    last = None
    for line in id_map.splitlines():
        first, _, count = (int(word) for word in line.split())
        if first <= wanted < first + count:
            return wanted
        if first + count - 1 > 0:
            last = first + count - 1
    return last
