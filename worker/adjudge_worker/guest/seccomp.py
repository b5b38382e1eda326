"""The system-call filter of a candidate: an allow-list, assembled here as classic BPF.

What is not allowed fails with EPERM, or with ENOSYS when the call is younger than Linux 5.1: then
libc falls back to an older one (``clone3`` to ``clone``, whose flags can be looked at). Calls of
another architecture than ours kill the process.

Refused on purpose, among others: every way to a socket but ``socketpair(AF_UNIX)``, ptrace and
process_vm_*, mount and the new mount API, unshare, setns and ``clone`` with namespaces, bpf,
perf_event_open, io_uring, keys, userfaultfd, modules and kexec, clocks, set*id, chroot, quotas,
file handles, fanotify and inotify, System V and POSIX queues, memfd_create and memfd_secret
(memory that no limit counts), sync (stalls the machine). A candidate's wishes about its own
resource limits "succeed" and are ignored, because honest programs ask for bigger stacks.
"""

from __future__ import annotations

import ctypes
import dataclasses
import errno
import functools
import platform
import socket
import sys
from typing import TYPE_CHECKING, Final

from adjudge_worker.guest import linux
from adjudge_worker.guest.syscalls import ALLOWED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_ALLOW, _KILL, _ERROR = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
_X32 = 0x4000_0000
_FIRST_YOUNG_CALL = 424  # from here on all architectures share their numbers

_NAMESPACES = 0x7E02_0000
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET."""
_TERMINAL_CONTROLS = (0x5401, 0x5413, 0x540F, 0x541B, 0x5421, 0x5450, 0x5451)
"""TCGETS, TIOCGWINSZ, TIOCGPGRP, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX."""
_PROCESS_CONTROLS = (1, 2, 3, 15, 16, 21, 23, 29, 30, 38, 39, 0x5356_4D41)
"""PR_SET/GET_PDEATHSIG, GET_DUMPABLE, SET/GET_NAME, GET_SECCOMP, CAPBSET_READ, SET/GET_TIMERSLACK,
SET/GET_NO_NEW_PRIVS, SET_VMA."""


@dataclasses.dataclass(frozen=True, slots=True)
class Instruction:
    """``struct sock_filter``: jumps count the instructions to skip."""

    code: int
    operand: int
    if_true: int = 0
    if_false: int = 0


class _Filter(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("operand", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("filters", ctypes.c_void_p))


@dataclasses.dataclass(frozen=True, slots=True)
class _Architecture:
    audit: int
    column: int
    """Where ``ALLOWED`` has its numbers."""


_ARCHITECTURES: Final = {
    "x86_64": _Architecture(0xC000_003E, 0),
    "aarch64": _Architecture(0xC000_00B7, 1),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Profile:
    """Whom the filter is for."""

    refused: frozenset[str] = frozenset()
    """Calls of the allow-list that are refused all the same."""
    sets_own_limits: bool = False
    """Whether its wishes about its own resource limits are granted, up to the hard limit."""


CANDIDATE: Final = Profile()
EVALUATOR: Final = Profile(
    refused=frozenset(
        [
            "clone",
            "execve",
            "execveat",
            "fork",
            "kill",
            "pidfd_open",
            "pidfd_send_signal",
            "socketpair",
            "tkill",
            "vfork",
        ]
    ),
    sets_own_limits=True,
)
"""An evaluator makes no process, no thread and no socket; it lowers its memory for each item."""


def install(profile: Profile = CANDIDATE) -> None:
    """Put the filter on this process and all that come from it, for ever.

    Needs no_new_privs. Raises OSError when the kernel refuses.
    """
    linux.control_process(
        linux.PR_SET_SECCOMP, linux.SECCOMP_MODE_FILTER, ctypes.addressof(prepare(profile)[0])
    )


@functools.cache
def prepare(profile: Profile = CANDIDATE) -> tuple[_Program, object]:
    """The filter as the kernel reads it, with the memory that it points to."""
    program = assemble(platform.machine(), profile)
    filters = (_Filter * len(program))()
    for place, instruction in zip(filters, program, strict=True):
        place.code, place.operand = instruction.code, instruction.operand
        place.if_true, place.if_false = instruction.if_true, instruction.if_false
    return _Program(len(program), ctypes.addressof(filters)), filters


def assemble(machine: str, profile: Profile = CANDIDATE) -> list[Instruction]:
    """The whole filter for "x86_64" or "aarch64". Raises KeyError for another machine."""
    architecture = _ARCHITECTURES[machine]
    numbers = {
        name: row[architecture.column]
        for name, row in ALLOWED.items()
        if name not in profile.refused
    }
    program = [
        Instruction(_LOAD, _ARCHITECTURE),
        Instruction(_EQUAL, architecture.audit, if_true=1),
        Instruction(_RETURN, _KILL),
        Instruction(_LOAD, _NUMBER),
        Instruction(_AT_LEAST, _X32, if_false=1),
        Instruction(_RETURN, _KILL),
    ]
    for name, rule in _argument_rules(profile).items():
        number = numbers.pop(name, None)
        if number is not None:
            program.append(Instruction(_EQUAL, number, if_false=len(rule)))
            program += rule
    return program + _search(_segments(number for number in numbers.values() if number is not None))


def _argument_rules(profile: Profile) -> dict[str, list[Instruction]]:
    """Calls whose arguments decide. Every rule ends with a return."""
    granted = [Instruction(_RETURN, _ALLOW)]
    return {
        "clone": [
            *_argument(0),
            Instruction(_ANY_BIT, _NAMESPACES, if_false=1),
            _refuse(errno.EPERM),
            Instruction(_RETURN, _ALLOW),
        ],
        "socketpair": _one_of(0, (socket.AF_UNIX,), errno.EPERM),
        "ioctl": _one_of(1, _TERMINAL_CONTROLS, errno.ENOTTY),
        "prctl": _one_of(0, _PROCESS_CONTROLS, errno.EPERM),
        "personality": _one_of(0, (0xFFFF_FFFF,), errno.EPERM),  # asking, not changing
        "setrlimit": granted if profile.sets_own_limits else [_refuse(0)],
        "prlimit64": [
            *_argument(0),  # whose: only our own
            Instruction(_EQUAL, 0, if_true=1),
            _refuse(errno.EPERM),
            *(granted if profile.sets_own_limits else ()),
            *_argument(2),  # the address of a new limit, in two halves
            Instruction(_EQUAL, 0, if_true=1),
            _refuse(0),
            *_argument(2, upper_half=True),
            Instruction(_EQUAL, 0, if_true=1),
            _refuse(0),
            Instruction(_RETURN, _ALLOW),
        ],
    }


def _argument(position: int, *, upper_half: bool = False) -> list[Instruction]:
    """Load one half of an argument (both machines are little-endian)."""
    return [Instruction(_LOAD, 16 + 8 * position + 4 * upper_half)]


def _refuse(error: int) -> Instruction:
    return Instruction(_RETURN, _ERROR | error)


def _one_of(position: int, values: Sequence[int], error: int) -> list[Instruction]:
    tests = [
        Instruction(_EQUAL, value, if_true=len(values) - at) for at, value in enumerate(values)
    ]
    return [*_argument(position), *tests, _refuse(error), Instruction(_RETURN, _ALLOW)]


def _segments(allowed: Iterable[int]) -> list[tuple[int, Instruction]]:
    """Runs of numbers with one answer: (first number, answer), ascending, from 0 on."""
    numbers = set(allowed)
    segments: list[tuple[int, Instruction]] = []
    for number in range(max(*numbers, _FIRST_YOUNG_CALL) + 2):
        if number in numbers:
            answer = Instruction(_RETURN, _ALLOW)
        else:
            answer = _refuse(errno.ENOSYS if number >= _FIRST_YOUNG_CALL else errno.EPERM)
        if not segments or segments[-1][1] != answer:
            segments.append((number, answer))
    return segments


def _search(segments: Sequence[tuple[int, Instruction]]) -> list[Instruction]:
    """A binary search for the segment of the number in the accumulator; few answers, shared by all.

    The kernel translates the filter for every process: each instruction counts.
    """
    answers = list(dict.fromkeys(answer for _, answer in segments))
    count = len(segments) - 1

    def start(low: int, high: int, at: int) -> int:
        """Where the search of these segments starts, whose tests stand from ``at`` on."""
        return at if high - low > 1 else count + answers.index(segments[low][1])

    def tests(low: int, high: int, at: int) -> list[Instruction]:
        if high - low == 1:
            return []
        middle = (low + high) // 2
        below, above = at + 1, at + middle - low
        test = Instruction(
            _AT_LEAST,
            segments[middle][0],
            if_true=start(middle, high, above) - at - 1,
            if_false=start(low, middle, below) - at - 1,
        )
        return [test, *tests(low, middle, below), *tests(middle, high, above)]

    return [*tests(0, len(segments), 0), *answers]


if sys.byteorder != "little":
    raise ImportError("the system-call filter is written for little-endian machines")
