"""What a worker makes once for all candidates of its slots: tools that the jails show, and a cache.

    tools/     shown read-only in every jail as ``TOOLS``; everybody may read it
    programs/  compiled programs (see compile_cache.py); only we may enter it, no jail shows it

Both lie in one temporary folder, which its maker removes. When he is killed, ``remover.sh`` does
it; when that is killed as well, the next maker: whoever makes a workshop holds a lock on it that
the kernel takes back when he ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from adjudge_worker.jail.errors import JailError

if TYPE_CHECKING:
    from collections.abc import Iterator

TOOLS: Final = "/adjudge"
"""Where jails show the tools."""

_PREFIX: Final = "adjudge-workshop-"
_REMOVER: Final = Path(__file__).with_name("remover.sh")
_LOCK: Final = "lock"
_YOUNG_SECONDS: Final = 10.0
"""A folder that young may be about to be locked by its maker."""


class Workshop:
    """One worker's folder of tools and compiled programs, gone when it is closed."""

    def __init__(self) -> None:
        """Make an empty one. Raises OSError when there is no place for temporary files."""
        self.process = os.getpid()
        self.helpers: list[subprocess.Popen[bytes]] = []
        remove_abandoned()
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = _lock(self.folder)
        self._remover, self._life = _start_remover(self.folder)
        self.folder.chmod(0o711)
        self.tools.mkdir(mode=0o755)
        self.tools.chmod(0o755)  # whatever the umask
        self.programs.mkdir(mode=0o700)

    @property
    def tools(self) -> Path:
        """What is put here can be seen in every jail."""
        return self.folder / "tools"

    @property
    def programs(self) -> Path:
        """What is put here can be seen in no jail."""
        return self.folder / "programs"

    def close(self) -> None:
        """Remove everything. May be called again; a forked child's call does nothing."""
        if self.process == os.getpid() and self._lock >= 0:
            for helper in self.helpers:
                helper.terminate()
                helper.wait()
            shutil.rmtree(self.folder, ignore_errors=True)
            self._remover.kill()
            self._remover.wait()
            os.close(self._life)
            os.close(self._lock)
            self._lock = -1


@contextlib.contextmanager
def our_workshop() -> Iterator[Workshop]:
    """The workshop of this process and of all that it forks, for as long as anybody holds it.

    Raises JailError when there is no place for temporary files.
    """
    if not _held:
        try:
            _held.append(Workshop())
        except OSError as error:
            raise JailError(
                f"there is no folder for temporary files ({error}). Set TMPDIR to one that can be "
                "written and in which files may be executed."
            ) from error
    else:
        _held.append(_held[0])
    try:
        yield _held[0]
    finally:
        workshop = _held.pop()
        if not _held:
            workshop.close()


_held: Final[list[Workshop]] = []
"""Once for each holder; in a forked process also for those of its parent, which outlive it."""


def remove_abandoned() -> None:
    """Remove workshops of ours whose makers were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # it is in use, or another worker was quicker
            status = folder.lstat()
            if status.st_uid != os.geteuid() or time.time() - status.st_mtime < _YOUNG_SECONDS:
                continue
            lock = _lock(folder)
            try:
                shutil.rmtree(folder)
            finally:
                os.close(lock)


def _start_remover(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The process, and the descriptor that keeps it waiting in us and in all that we fork."""
    theirs, ours = os.pipe()
    try:
        remover = subprocess.Popen(
            ["/bin/sh", str(_REMOVER), str(folder)],
            stdin=theirs,
            stdout=subprocess.DEVNULL,  # or whoever reads ours would wait for it
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except BaseException:
        os.close(ours)
        raise
    finally:
        os.close(theirs)
    return remover, ours


def _lock(folder: Path) -> int:
    """Hold the folder's lock for as long as the descriptor is open.

    Raises OSError (BlockingIOError) when somebody else holds it.
    """
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock
