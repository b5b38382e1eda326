"""The walls around nursery and evaluator, put up by themselves before they do anything else."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

from adjudge_worker.guest import linux, scratch, seccomp

MIB = 1024 * 1024
SCRATCH_OPTIONS = f"size={16 * MIB},nr_inodes=512,mode=0700"
OPEN_FILES = 64
FILE_BYTES = 8 * MIB
LIFETIME_CPU_SECONDS = 3600

_PR_SET_PDEATHSIG = 1
_UNTRUSTED = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
_NAMESPACES = (
    linux.CLONE_NEWUSER
    | linux.CLONE_NEWPID
    | linux.CLONE_NEWNS
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
)


def hide_from_tracing() -> None:
    """No process of the same user may trace this one or read its memory through /proc."""
    linux.control_process(linux.PR_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    """Be killed when the parent ends."""
    linux.control_process(_PR_SET_PDEATHSIG, signal.SIGKILL)


def fork_into_namespaces() -> tuple[int, int]:
    """Fork a child into user, pid, mount, IPC and UTS namespaces of its own.

    Returns:
        The child's pid and pidfd; in the child ``(0, -1)``.

    Raises:
        OSError: the kernel refused.
    """
    return linux.clone(_NAMESPACES)


def furnish(uid: int, gid: int) -> int:
    """Map the ids we had outside to themselves, and put an empty read-only folder over ``/proc``.

    Returns:
        A descriptor of a procfs of this pid namespace.

    Raises:
        OSError: the kernel refused one of the steps.
    """
    linux.control_process(linux.PR_SET_DUMPABLE, 1)  # else our entry in /proc belongs to root
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1", encoding="ascii")
    scratch.mounts_below()  # asked while there is a /proc to ask
    linux.mount("", "/", "", linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("proc", "/proc", "proc", _UNTRUSTED)
    processes = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    linux.mount("none", "/proc", "tmpfs", _UNTRUSTED | linux.MS_RDONLY, "size=4k,mode=0555")
    hide_from_tracing()
    linux.control_process(linux.PR_SET_NO_NEW_PRIVS, 1)
    return processes


def be_killed_first(processes: int, *, willing: bool) -> None:
    """Say who goes when memory runs out: evaluators before the processes they come from.

    ``processes`` is a descriptor of a procfs folder.
    """
    linux.control_process(linux.PR_SET_DUMPABLE, 1)  # else our entry in /proc belongs to root
    score = os.open("self/oom_score_adj", os.O_WRONLY, dir_fd=processes)
    os.write(score, b"1000" if willing else b"0")
    os.close(score)
    hide_from_tracing()


def enter_own_scratch() -> None:
    """Give this process a small /tmp that nobody else sees."""
    os.unshare(os.CLONE_NEWNS | os.CLONE_NEWIPC)
    below = scratch.open_mounts_below()
    scratch.mount_over(_UNTRUSTED, SCRATCH_OPTIONS, below)
    for _, descriptor in below:
        os.close(descriptor)
    os.chdir(scratch.SCRATCH)


def limit_evaluator(most_memory_bytes: int) -> None:
    """Numbers that hold for an evaluator's whole life; its memory is set for each item."""
    _lower(resource.RLIMIT_AS, most_memory_bytes)
    _lower(resource.RLIMIT_CPU, LIFETIME_CPU_SECONDS)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    _lower(resource.RLIMIT_NPROC, 1)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, FILE_BYTES)


def shut() -> None:
    """Give up every capability and the way to get one back; few system calls are left then."""
    linux.drop_capabilities()
    seccomp.install(seccomp.EVALUATOR)


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))
