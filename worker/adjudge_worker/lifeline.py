"""Ties this process's life to its parent's."""

from __future__ import annotations

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent_pid: int, sent: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send us ``sent`` when our parent dies (prctl(2), PR_SET_PDEATHSIG).

    ``parent_pid`` is who the parent was when this process was started: if it is gone by now, nobody
    will send anything any more, and the signal is raised here at once. Raises OSError when the
    kernel refuses.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, sent, 0, 0, 0) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent_pid:
        signal.raise_signal(sent)
