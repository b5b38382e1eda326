"""System calls of Linux for which Python has no function."""

from __future__ import annotations

import ctypes
import os
import platform
import signal

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_NOEXEC = 0x8
MS_REC = 0x4000
MS_PRIVATE = 0x4_0000
MNT_DETACH = 0x2

PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2

_CLONE_PIDFD = 0x1000
_SYS_CLONE3 = 435
_SYS_OPEN_TREE = 428
_SYS_MOVE_MOUNT = 429
_OPEN_TREE_CLONE = 0x1
_AT_RECURSIVE = 0x8000
_AT_EMPTY_PATH = 0x1000
_AT_FDCWD = -100
_MOVE_MOUNT_EMPTY_PATH = 0x4
_SYS_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION_3 = 0x2008_0522

# PyDLL keeps the interpreter's lock through the call: a process that is cloned holds it.
_libc = ctypes.PyDLL(None, use_errno=True)


class _CloneArguments(ctypes.Structure):
    """``struct clone_args`` of ``linux/sched.h``, version 0."""

    _fields_ = (
        ("flags", ctypes.c_uint64),
        ("pidfd", ctypes.c_uint64),
        ("child_tid", ctypes.c_uint64),
        ("parent_tid", ctypes.c_uint64),
        ("exit_signal", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("stack_size", ctypes.c_uint64),
        ("tls", ctypes.c_uint64),
    )


def clone(flags: int) -> tuple[int, int]:
    """Fork into new namespaces.

    Args:
        flags: the ``CLONE_NEW*`` flags of the namespaces to make.

    Returns:
        In the parent the child's pid and a pidfd of it; in the child ``(0, -1)``.

    Raises:
        OSError: the kernel refused.
    """
    pidfd = ctypes.c_int(-1)
    arguments = _CloneArguments(
        flags=flags | _CLONE_PIDFD, pidfd=ctypes.addressof(pidfd), exit_signal=signal.SIGCHLD
    )
    size = ctypes.c_size_t(ctypes.sizeof(arguments))
    ctypes.pythonapi.PyOS_BeforeFork()
    pid = _libc.syscall(ctypes.c_long(_SYS_CLONE3), ctypes.byref(arguments), size)
    if pid == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
        return 0, -1
    error = ctypes.get_errno()
    ctypes.pythonapi.PyOS_AfterFork_Parent()
    if pid < 0:
        raise OSError(error, f"clone3: {os.strerror(error)}")
    return int(pid), pidfd.value


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """``mount(2)``. Raises OSError when the kernel refuses."""
    names = (source.encode(), target.encode(), kind.encode() or None)
    done = _libc.mount(*names, ctypes.c_ulong(flags), options.encode() or None)
    _check(done, f"mount {kind or 'flags'} on {target}")


def unmount(target: str) -> None:
    """Take the topmost mount on ``target`` away, at once for all who look up names from now on.

    Raises OSError when nothing is mounted there or the kernel refuses.
    """
    _check(_libc.umount2(target.encode(), MNT_DETACH), f"unmount {target}")


def mount_again(source: int, target: str) -> None:
    """Mount what the descriptor ``source`` shows, and all below it, on ``target`` as well.

    It stays as read-only as it is. Needs no ``/proc``. Raises OSError when the kernel refuses.
    """
    nothing = ctypes.c_char_p(b"")
    flags = ctypes.c_uint(_OPEN_TREE_CLONE | _AT_RECURSIVE | _AT_EMPTY_PATH)
    tree = _libc.syscall(ctypes.c_long(_SYS_OPEN_TREE), ctypes.c_int(source), nothing, flags)
    if tree < 0:
        _check(tree, "open_tree")
    try:
        done = _libc.syscall(
            ctypes.c_long(_SYS_MOVE_MOUNT),
            ctypes.c_int(tree),
            nothing,
            ctypes.c_int(_AT_FDCWD),
            ctypes.c_char_p(target.encode()),
            ctypes.c_uint(_MOVE_MOUNT_EMPTY_PATH),
        )
        _check(done, f"move_mount to {target}")
    finally:
        os.close(tree)


def control_process(option: int, *values: int) -> None:
    """``prctl(2)``. Raises OSError when the kernel refuses."""
    padded = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    _check(_libc.prctl(ctypes.c_int(option), *padded), f"prctl {option}")


def drop_capabilities() -> None:
    """Give up every capability, in all three sets of the calling thread.

    Raises OSError when the kernel refuses.
    """
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    number = ctypes.c_long(_SYS_CAPSET[platform.machine()])
    _check(_libc.syscall(number, ctypes.byref(header), ctypes.byref(nothing)), "capset")


def default_thread_stack(size_bytes: int) -> None:
    """Set the stack of threads made from now on that ask for no size of their own.

    glibc fixes it from RLIMIT_STACK when a program starts; a forked candidate has another limit
    than the zygote it comes from.
    """
    attributes = ctypes.create_string_buffer(128)
    pointer = ctypes.byref(attributes)
    for done in (
        _libc.pthread_attr_init(pointer),
        _libc.pthread_attr_setstacksize(pointer, ctypes.c_size_t(size_bytes)),
        _libc.pthread_setattr_default_np(pointer),
        _libc.pthread_attr_destroy(pointer),
    ):
        if done:
            raise OSError(done, f"default stack of threads: {os.strerror(done)}")


def _check(done: int, what: str) -> None:
    if done != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
