"""Become another program that is killed when the parent dies.

    python -I -S die_with_parent.py PARENT_PID SIGNAL COMMAND [ARGUMENT …]

A program of its own rather than a hook between fork and exec: the parent may have threads (gRPC's
are always there), and nothing but exec is safe in a fork of such a process.
"""

from __future__ import annotations

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1


def command(words: list[str], signal_number: int) -> list[str]:
    """The command line that runs ``words`` and ends them by that signal when this process dies."""
    here = [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(int(signal_number))]
    return [*here, *words]


def main() -> None:
    """Ask the kernel for the signal, then become the command. Exit status 1: no parent any more."""
    parent, signal_number, *words = sys.argv[1:]
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != int(parent):
        sys.exit(1)
    os.execv(words[0], words)  # noqa: S606 - an argument list from our own parent


if __name__ == "__main__":
    main()
