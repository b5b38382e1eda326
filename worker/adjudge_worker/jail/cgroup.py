"""Finds out whether this process may make control groups for memory and processes, and where."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time
from pathlib import Path

_NEEDED = ("memory", "pids")
_PREFIX = "NSJAIL."
_FRESH_SECONDS = 2.0


@dataclasses.dataclass(frozen=True, slots=True)
class ControlGroups:
    """Where nsjail makes the jail's control group.

    ``version`` is 1 or 2. Version 1: ``mounts`` and ``parents`` (path below the mount, no leading
    slash) of the controllers memory and pids. Version 2: both entries are the same.
    """

    version: int
    mounts: tuple[str, str]
    parents: tuple[str, str]


def find_control_groups() -> ControlGroups | None:
    """Where we may make a child group with both controllers, or None.

    A child of our own group, never of the root: what limits us must limit the jail.
    """
    memberships = Path("/proc/self/cgroup").read_text(encoding="utf-8")
    mounts = Path("/proc/self/mounts").read_text(encoding="utf-8")
    return _version_1(memberships, mounts) or _version_2(memberships, mounts)


def sweep(groups: ControlGroups) -> None:
    """Remove the groups of jails that are gone: an nsjail that was killed could not do it.

    A group is named after a process; it is left alone while that process is there, or was made in
    the last seconds (its process may be about to enter), or has processes in it.
    """
    for mount, parent in zip(groups.mounts, groups.parents, strict=True):
        for group in Path(mount, parent).glob(f"{_PREFIX}*"):
            pid = group.name.removeprefix(_PREFIX)
            if Path("/proc", pid).exists():
                continue
            with contextlib.suppress(OSError):  # in use, not ours, or another one was faster
                if time.time() - group.stat().st_mtime > _FRESH_SECONDS:
                    group.rmdir()


def _version_1(memberships: str, mounts: str) -> ControlGroups | None:
    found = []
    for controller in _NEEDED:
        group = _group(memberships, controller)
        mount = _mount(mounts, "cgroup", controller)
        if group is None or mount is None or not _may_make(Path(mount + group)):
            return None
        found.append((mount, group.strip("/")))
    return ControlGroups(1, (found[0][0], found[1][0]), (found[0][1], found[1][1]))


def _version_2(memberships: str, mounts: str) -> ControlGroups | None:
    group = _group(memberships, "")
    mount = _mount(mounts, "cgroup2", None)
    if group is None or mount is None:
        return None
    folder = Path(mount + group)
    delegated = folder / "cgroup.subtree_control"
    if not _may_make(folder) or not delegated.exists():
        return None
    if not set(_NEEDED) <= set(delegated.read_text(encoding="ascii").split()):
        return None
    return ControlGroups(2, (str(folder), str(folder)), ("", ""))


def _group(memberships: str, controller: str) -> str | None:
    """Our group's path from ``/proc/self/cgroup``; "" asks for version 2."""
    for line in memberships.splitlines():
        _, controllers, path = line.split(":", 2)
        if controller in controllers.split(",") and "/.." not in path:
            return path
    return None


def _mount(mounts: str, kind: str, option: str | None) -> str | None:
    """Where a hierarchy is mounted read-write, from ``/proc/self/mounts``."""
    for line in mounts.splitlines():
        _, target, found, options = line.split()[:4]
        words = options.split(",")
        if found == kind and "rw" in words and (option is None or option in words):
            return target
    return None


def _may_make(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
