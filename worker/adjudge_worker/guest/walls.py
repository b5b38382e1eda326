"""Tries to get through every wall: run inside the jail at start, as evaluator and as candidate.

As a candidate it is a program like any other: the brief comes on standard input, what got through
goes to standard output, as JSON. Only the standard library, and nothing of ours, may be imported.
Nothing here does harm where a wall is missing: signals are number 0, files that could be made are
removed, and no mount is tried.
"""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Brief = dict[str, Any]

_OUTSIDE = ("192.0.2.1", 9)  # TEST-NET-1: nobody answers, and nothing must get so far
_PTRACE_SEIZE = 0x4206
_CAPABILITY_VERSION_3 = 0x2008_0522
_PR_GET_SECCOMP, _PR_GET_NO_NEW_PRIVS = 21, 39
_FILTERED = 2
_NEW_NAMESPACES = {
    "user": 0x1000_0000,
    "mount": 0x0002_0000,
    "pid": 0x2000_0000,
    "network": 0x4000_0000,
    "ipc": 0x0800_0000,
    "uts": 0x0400_0000,
}
_BLOCK = b"\0" * (1 << 20)


def attack(brief: Brief) -> dict[str, list[str]]:
    """Try every wall; for each what got through, nothing when it holds.

    Args:
        brief: ``port`` (on loopback) and ``socket`` (abstract unix) on which the slot listens,
            ``pids`` of processes that must be out of reach, ``folders`` that must not be written,
            ``hidden`` paths that must not be there, ``secrets`` (names of environment variables).
    """
    return {name: list(attempt(brief)) for name, attempt in ATTEMPTS.items()}


def _network(brief: Brief) -> Iterator[str]:
    try:
        for _, name in socket.if_nameindex():
            if name != "lo":
                yield f"network interface {name}"
    except OSError:
        pass  # refused: the wall stands before the question
    targets = (
        ("the slot on loopback", socket.AF_INET, ("127.0.0.1", brief["port"])),
        ("the slot's unix socket", socket.AF_UNIX, "\0" + brief["socket"]),
        ("an address outside", socket.AF_INET, _OUTSIDE),
    )
    for name, family, address in targets:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            if _reaches(family, kind, address):
                yield f"{kind.name} to {name}"


def _reaches(family: int, kind: int, address: Any) -> bool:
    try:
        with socket.socket(family, kind) as lane:
            lane.settimeout(0.2)
            lane.connect(address)
    except TimeoutError:
        return True  # packets left, only nobody answered
    except OSError:
        return False
    return True


def _processes_out_of_reach(brief: Brief) -> Iterator[str]:
    visible = [int(name) for name in os.listdir("/proc") if name.isdecimal()]  # noqa: PTH208
    for pid in visible:
        if pid not in {os.getpid(), os.getppid()}:
            yield f"process {pid} can be seen"
    for pid in {*brief["pids"], *range(2, 64), *visible} - {os.getpid(), os.getppid(), 1}:
        try:
            os.kill(pid, 0)
        except OSError:
            continue
        yield f"process {pid} can be signalled"


def _memory_of_others(brief: Brief) -> Iterator[str]:
    libc = ctypes.CDLL(None)
    for pid in {*brief["pids"], os.getppid(), 1} - {0, os.getpid()}:
        for name in ("environ", "mem", "maps"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:  # noqa: PTH123 - not a path of ours
                    file.read(1)
            except OSError:
                continue
            yield f"/proc/{pid}/{name} can be read"
        if libc.ptrace(_PTRACE_SEIZE, pid, None, None) == 0:
            yield f"process {pid} can be traced"


def _files(brief: Brief) -> Iterator[str]:
    for folder in brief["folders"]:
        path = os.path.join(folder, f"adjudge-probe-{os.getpid()}")  # noqa: PTH118 - as above
        try:
            with open(path, "xb"):  # noqa: PTH123 - as above
                pass
        except OSError:
            continue
        os.unlink(path)  # noqa: PTH108 - as above
        yield f"a file can be made in {folder}"
    for path in brief["hidden"]:
        if os.path.lexists(path):
            yield f"{path} can be seen"


def _secrets(brief: Brief) -> Iterator[str]:
    for name in brief["secrets"]:
        if name in os.environ:
            yield f"environment variable {name}"


def _privileges(_: Brief) -> Iterator[str]:
    if 0 in {os.getuid(), os.geteuid(), os.getgid(), os.getegid()}:
        yield "user or group is root"
    libc = ctypes.CDLL(None)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()
    if libc.capget(ctypes.byref(header), ctypes.byref(sets)) == 0 and any(sets):
        yield "capabilities are left"
    if libc.prctl(_PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0:
        yield "programs can give privileges"
    if libc.prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) != _FILTERED:
        yield "system calls are not filtered"


def _namespaces(_: Brief) -> Iterator[str]:
    libc = ctypes.CDLL(None)
    for name, flag in _NEW_NAMESPACES.items():
        if libc.unshare(flag) == 0:
            yield f"a new {name} namespace can be made"


ATTEMPTS: dict[str, Callable[[Brief], Iterator[str]]] = {
    "network": _network,
    "processes": _processes_out_of_reach,
    "memory of others": _memory_of_others,
    "files": _files,
    "secrets": _secrets,
    "privileges": _privileges,
    "namespaces": _namespaces,
}


def memory(limit_bytes: int) -> int:
    """How many bytes can be had beyond what is there: 0, or 1 MiB more than the limit."""
    try:
        block = mmap.mmap(-1, limit_bytes + len(_BLOCK))
    except (OSError, MemoryError):
        return 0
    for offset in range(0, len(block), mmap.PAGESIZE):
        block[offset] = 1
    return len(block)


def processes(limit: int) -> int:
    """How many children can be had at once, at most twice the limit and one."""
    children: list[int] = []
    try:
        while len(children) <= 2 * limit:
            child = os.fork()
            if child == 0:
                signal.pause()
                os._exit(0)
            children.append(child)
    except OSError:
        pass  # the wall
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return len(children)


def file_bytes(folder: str, limit_bytes: int) -> int:
    """How many bytes a file in ``folder`` can get, at most 1 MiB more than the limit."""
    path = os.path.join(folder, "adjudge-probe-size")  # noqa: PTH118 - as above
    written = 0
    try:
        with open(path, "wb", buffering=0) as file:  # noqa: PTH123 - as above
            while written <= limit_bytes:
                written += file.write(_BLOCK)
    except OSError:
        pass  # the wall
    finally:
        os.unlink(path)  # noqa: PTH108 - as above
    return written


def report(lane: socket.socket, brief: Brief) -> None:
    """Attack as an evaluator and send what got through, as one JSON object."""
    found = attack(brief)
    found["memory limit"] = ["more than allowed"] if memory(brief["memory_bytes"]) else []
    children = processes(1)
    found["process limit"] = [f"{children} processes can be made"] if children else []
    size = file_bytes("/tmp", brief["file_bytes"])  # noqa: S108 - the evaluator's own tmpfs
    found["file limit"] = [f"{size} bytes in a file"] if size > brief["file_bytes"] else []
    lane.sendall(json.dumps(found).encode())


def flood(limit_bytes: int) -> None:
    """Write more than the limit to standard output."""
    for _ in range(limit_bytes // len(_BLOCK) + 2):
        sys.stdout.buffer.write(_BLOCK)


def main() -> None:
    """Attack as a candidate, as the brief says."""
    brief: Brief = json.loads(sys.stdin.read())
    found: Any
    match brief["attack"]:
        case "walls":
            found = attack(brief)
        case "memory":
            found = memory(brief["memory_bytes"])
        case "processes":
            found = processes(brief["processes"])
        case "file":
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            found = file_bytes("/tmp", brief["file_bytes"])  # noqa: S108 - its own tmpfs
        case "output":
            flood(brief["output_bytes"])
            return
        case other:
            sys.exit(f"unknown attack {other!r}")
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
