"""Starts programs of candidates without forking Python: the Python side of ``starter.c``."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import TYPE_CHECKING, Final

from adjudge_worker.guest import limits, seccomp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge_worker.guest.orders import Bounds

NOT_EXECUTED: Final = 127
"""Exit status of a process whose program the kernel refused to execute; shells use it too."""


class _Limit(ctypes.Structure):
    _fields_ = (("kind", ctypes.c_int), ("soft", ctypes.c_uint64), ("hard", ctypes.c_uint64))


class _Order(ctypes.Structure):
    """``struct order`` of ``starter.c``."""

    _fields_ = (
        ("streams", ctypes.c_int * 3),
        ("program", ctypes.c_int),
        ("folder", ctypes.c_char_p),
        ("arguments", ctypes.c_void_p),
        ("environment", ctypes.c_void_p),
        ("limits", ctypes.c_void_p),
        ("limit_count", ctypes.c_uint),
        ("filter", ctypes.c_void_p),
    )


def load(library: str) -> Starter | None:
    """The starter in a file; None when it cannot be loaded, which the jail's log says."""
    try:
        return Starter(library)
    except OSError as error:
        print(f"programs are started by forks of Python: {error}", file=sys.stderr)  # noqa: T201 - the jail's log
        return None


class Starter:
    """The loaded library."""

    def __init__(self, library: str) -> None:
        """Load it from a file. Raises OSError when it cannot be loaded."""
        # PyDLL keeps the interpreter's lock: the child borrows our memory.
        self._start = ctypes.PyDLL(library).adjudge_start
        self._last: object = None
        self._order = _Order()
        self._memory: object = None

    def start(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        bounds: Bounds,
        *,
        streams: Sequence[int],
        folder: str,
        program: int | None = None,
    ) -> int:
        """Start a confined process that executes a program.

        Args:
            arguments: its arguments, the name first.
            environment: all of its environment.
            bounds: its limits.
            streams: what become its descriptors 0 to 2; their own numbers are higher.
            folder: where it starts.
            program: a descriptor of the binary; None: the first argument is its path.

        Returns:
            Its pid.

        Raises:
            OSError: there is no process, or it could not be confined.
        """
        what = (tuple(arguments), tuple(environment.items()), bounds, folder, program)
        if what != self._last:  # a program is started once for each test
            self._order, self._memory = _order(*what)
            self._last = what
        order = self._order
        order.streams = (ctypes.c_int * 3)(*streams)
        fault = ctypes.c_int(0)
        pid = int(self._start(ctypes.byref(order), ctypes.byref(fault)))
        if pid < 0:
            raise OSError(-pid, f"vfork: {os.strerror(-pid)}")
        if fault.value:
            os.waitpid(pid, 0)
            raise OSError(fault.value, f"a program has no walls: {os.strerror(fault.value)}")
        return pid


def _order(
    arguments: Sequence[str],
    environment: Sequence[tuple[str, str]],
    bounds: Bounds,
    folder: str,
    program: int | None,
) -> tuple[_Order, object]:
    """An order but for its streams, and the memory that it points to."""
    wanted = limits.wanted(bounds, whole_life=True)
    words = _strings(arguments)
    variables = _strings([f"{name}={value}" for name, value in environment])
    table = (_Limit * len(wanted))(*(_Limit(*one) for one in wanted))
    order = _Order(
        program=-1 if program is None else program,
        folder=folder.encode(),
        arguments=_address(words),
        environment=_address(variables),
        limits=_address(table),
        limit_count=len(wanted),
        filter=ctypes.addressof(seccomp.prepare()[0]),
    )
    return order, (words, variables, table)


def _strings(words: Sequence[str]) -> ctypes.Array[ctypes.c_char_p]:
    """A list of strings as C has it, with a null pointer at its end."""
    encoded = [os.fsencode(word) for word in words]
    return (ctypes.c_char_p * (len(encoded) + 1))(*encoded, None)


def _address(memory: ctypes.Array[ctypes.c_char_p] | ctypes.Array[_Limit]) -> int:
    return ctypes.addressof(memory)
