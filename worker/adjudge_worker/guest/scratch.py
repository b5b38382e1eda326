"""The scratch of one candidate: a tmpfs on ``/tmp``, bounded in bytes and files, renewed when used.

Where the interpreter or our packages lie below ``/tmp`` themselves, the jail's mounts of them are
put into the fresh scratch again, read-only as they were.
"""

from __future__ import annotations

import contextlib
import functools
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge_worker.guest import linux

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRATCH = "/tmp"  # noqa: S108 - the candidate's own tmpfs
SHARED_MEMORY = "/dev/shm"  # noqa: S108 - the candidate's own tmpfs

_FLAGS = linux.MS_NOSUID | linux.MS_NODEV
_SIZE_MIB = 64
_OPTIONS = "nr_inodes=4096,mode=0700"
_SHARED_MEMORY_OPTIONS = "size=16m,nr_inodes=256,mode=0700"
_MOST_MADE = 2000
_MOST_MADE_BYTES = 32 * 1024 * 1024
_MIB = 1024 * 1024
_EMPTY_FOLDER_BYTES = 40
"""The size of a folder in a tmpfs grows with every entry, from this on."""
_MOUNT_POINT = 4  # the field of /proc/self/mountinfo


@functools.cache
def mounts_below() -> tuple[str, ...]:
    """Where something is mounted below the scratch, outermost first. Asked once, in the zygote."""
    points = []
    for line in Path("/proc/self/mountinfo").read_bytes().splitlines():
        point = os.fsdecode(line.split()[_MOUNT_POINT].decode("unicode_escape"))
        if point.startswith(SCRATCH + "/"):
            points.append(point)
    return tuple(sorted(points))


def open_mounts_below() -> list[tuple[str, int]]:
    """Where something is mounted below the scratch, with a descriptor of each.

    To be asked in the mount namespace that they are needed in, before the scratch is covered.
    """
    return [(point, os.open(point, os.O_PATH)) for point in mounts_below()]


def mount_over(flags: int, options: str, below: list[tuple[str, int]]) -> None:
    """Put a fresh tmpfs on the scratch, and what was mounted below it there again.

    Raises OSError when the kernel refuses.
    """
    linux.mount("tmpfs", SCRATCH, "tmpfs", flags, options)
    for point, descriptor in below:
        Path(point).mkdir(parents=True, exist_ok=True)
        linux.mount_again(descriptor, point)


class Scratch:
    """The scratch and the shared memory of one candidate."""

    def __init__(self) -> None:
        """Mount both. Raises OSError when the kernel refuses."""
        self._below = open_mounts_below()
        self._has_shared_memory = os.path.isdir(SHARED_MEMORY)  # noqa: PTH112 - half the price of pathlib
        self._held: dict[str, bytes] = {}
        self._laid: dict[str, bytes] = {}
        self._room_mib = 0
        self._mount()

    @property
    def descriptors(self) -> list[int]:
        """What has to stay open for ``refresh``."""
        return [descriptor for _, descriptor in self._below]

    def hold(self, file: str, content: bytes) -> None:
        """Put a file here, now and whenever the scratch is refreshed."""
        self._held[file] = content
        self._write()

    def keep_made(self, ending: str) -> bool:
        """Hold the files that lie here and whose names end so, in place of what was held.

        False when there are none, or more than can be kept. Links are not followed.
        """
        made: dict[str, bytes] = {}
        left_bytes = _MOST_MADE_BYTES
        for folder, _, names in os.walk(SCRATCH):
            for name in names:
                path = f"{folder}/{name}"
                status = os.lstat(path)
                if name.endswith(ending) and stat.S_ISREG(status.st_mode):
                    left_bytes -= status.st_size
                    if left_bytes < 0 or len(made) == _MOST_MADE:
                        return False
                    made[path] = Path(path).read_bytes()
        self._held = made
        self._replace()
        return bool(made)

    def drop(self) -> None:
        """Forget the held files and everything else that lies here."""
        self._held = {}
        self._replace()

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Let these files, by their names in here, lie here whenever it is refreshed from now on.

        They find room beside what a program may write. The name of a folder ends with a slash.
        """
        self._laid = dict(files)

    def refresh(self) -> None:
        """Leave nothing but held and laid files, as they came. For when no candidate is running."""
        room_mib = sum(map(len, self._laid.values())) // _MIB
        if self._look() != self._state or room_mib > self._room_mib:
            self._room_mib = room_mib
            self._replace()
        for name, content in self._laid.items():  # another state than that of held files alone
            path = f"{SCRATCH}/{name}"
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - half the price of pathlib
            if not name.endswith("/"):
                Path(path).write_bytes(content)

    def _replace(self) -> None:
        os.chdir("/")
        linux.unmount(SCRATCH)
        if self._has_shared_memory:
            linux.unmount(SHARED_MEMORY)
        self._mount()
        self._write()

    def _mount(self) -> None:
        options = f"size={_SIZE_MIB + self._room_mib}m,{_OPTIONS}"
        mount_over(_FLAGS, options, self._below)
        if self._has_shared_memory:
            linux.mount(
                "tmpfs", SHARED_MEMORY, "tmpfs", _FLAGS | linux.MS_NOEXEC, _SHARED_MEMORY_OPTIONS
            )
        self._state = self._look()

    def _write(self) -> None:
        for name, content in self._held.items():
            folder = os.path.dirname(name)  # noqa: PTH120 - half the price of pathlib
            if folder != SCRATCH:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
            Path(name).write_bytes(content)
        self._state = self._look()

    def _look(self) -> list[tuple[str, int, int, int, int]]:
        """What tells whether any file or folder was changed: names, inodes, modes, times."""
        found = []
        folders = {SCRATCH, *map(os.path.dirname, self._held)}
        if self._has_shared_memory:
            folders.add(SHARED_MEMORY)
        for folder in folders:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                status = os.stat(folder)  # noqa: PTH116 - half the price of pathlib
                found.append(_seen(folder, status))
                if status.st_size == _EMPTY_FOLDER_BYTES:
                    continue
                with os.scandir(folder) as entries:
                    found += [_seen(one.path, one.stat(follow_symlinks=False)) for one in entries]
        return sorted(found)


def _seen(path: str, status: os.stat_result) -> tuple[str, int, int, int, int]:
    return path, status.st_ino, status.st_mode, status.st_mtime_ns, status.st_ctime_ns
