"""A private folder for temporary files that does not outlive its owner for long."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "adjudge-"
_LOCK = "owner.lock"


class PrivateFolder:
    """A folder of mode 0700 that belongs to this process.

    The owner holds a lock in it, which the kernel takes away when the owner is killed. Whoever
    makes the next folder removes those of the same user whose owner is gone.
    """

    def __init__(self) -> None:
        """Make it. Raises OSError."""
        _sweep()
        fresh = Path(tempfile.mkdtemp(prefix="new-adjudge-"))  # no sweeper looks at it yet
        self._lock = os.open(fresh / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self.path = fresh.rename(fresh.with_name(_PREFIX + fresh.name.removeprefix("new-adjudge-")))

    def remove(self) -> None:
        """Remove it with all that is in it. Idempotent."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _sweep() -> None:
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # not ours, or gone meanwhile
            if _abandoned(path):
                shutil.rmtree(path, ignore_errors=True)


def _abandoned(path: Path) -> bool:
    """Whether this is a folder of ours whose owner has died. Raises OSError."""
    if path.is_symlink() or path.stat().st_uid != os.getuid():
        return False
    lock = os.open(path / _LOCK, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True
