"""The walls around one candidate: its own user, pid, mount and ipc namespaces.

They are made by the zygote (``split``) and furnished from inside by the keeper (``furnish``). What
a candidate then sees is the jail's read-only root with an empty ``/proc`` and a scratch of its own.
"""

from __future__ import annotations

import dataclasses
import os

from adjudge_worker.guest import linux
from adjudge_worker.guest.scratch import Scratch, mounts_below

_NEW = linux.CLONE_NEWUSER | linux.CLONE_NEWPID | linux.CLONE_NEWNS | linux.CLONE_NEWIPC
_PROC_FLAGS = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
_NOTHING_OPTIONS = "size=4k,nr_inodes=2,mode=0555"


@dataclasses.dataclass(frozen=True, slots=True)
class Identity:
    """The user and group that a process is, inside and outside its namespaces alike."""

    user: int
    group: int


def split() -> tuple[int, int, Identity]:
    """Fork a child into namespaces of its own.

    Returns:
        In the parent the child's pid and pidfd, in the child ``(0, -1)``; with who we are, which
        the child can no longer ask the kernel before ``furnish``.

    Raises:
        OSError: the kernel refused (no user namespaces, or too many).
    """
    mounts_below()  # asked here once for all candidates
    identity = Identity(os.getuid(), os.getgid())
    pid, pidfd = linux.clone(_NEW)
    return pid, pidfd, identity


def furnish(identity: Identity) -> tuple[int, Scratch]:
    """Map our ids, give the namespace its own mounts, hide ``/proc``.

    Returns:
        A descriptor of a procfs of this pid namespace. No path leads there: whoever does not hold
        the descriptor sees an empty ``/proc``. And the scratch.

    Raises:
        OSError: the kernel refused one of the steps.
    """
    linux.control_process(linux.PR_SET_DUMPABLE, 1)  # else /proc/self belongs to root
    _tell("setgroups", "deny")
    _tell("uid_map", f"{identity.user} {identity.user} 1")
    _tell("gid_map", f"{identity.group} {identity.group} 1")
    _tell("oom_score_adj", "1000")  # out of memory: candidates go first
    linux.mount("", "/", "", linux.MS_REC | linux.MS_PRIVATE)
    processes = _private_procfs()
    scratch = Scratch()
    linux.control_process(linux.PR_SET_DUMPABLE, 0)
    linux.control_process(linux.PR_SET_NO_NEW_PRIVS, 1)
    return processes, scratch


def show_processes() -> None:
    """Put a procfs over the empty ``/proc``, read-only, where one sees only what one may trace.

    That is its own user's processes in this pid namespace; our own cannot be traced. Raises OSError
    when the kernel refuses.
    """
    flags = _PROC_FLAGS | linux.MS_RDONLY
    try:
        linux.mount("proc", "/proc", "proc", flags, "subset=pid,hidepid=2")
    except OSError:  # Linux before 5.8 knows no subset
        linux.mount("proc", "/proc", "proc", flags, "hidepid=2")


def hide_processes() -> None:
    """Take it away again. Raises OSError when the kernel refuses."""
    linux.unmount("/proc")


def _tell(name: str, words: str) -> None:
    """Write to one of our files in ``/proc``. A keeper writes by itself: every module that it uses
    costs it copies of pages.
    """
    file = os.open(f"/proc/self/{name}", os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(file, words.encode())
    finally:
        os.close(file)


def _private_procfs() -> int:
    flags = _PROC_FLAGS
    try:
        linux.mount("proc", "/proc", "proc", flags, "subset=pid")
    except OSError:  # Linux before 5.8 knows no subset
        linux.mount("proc", "/proc", "proc", flags)
    processes = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    linux.mount("tmpfs", "/proc", "tmpfs", flags | linux.MS_RDONLY, _NOTHING_OPTIONS)
    return processes
