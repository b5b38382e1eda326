"""Ties this process to its parent's life."""

from __future__ import annotations

import ctypes
import os
import signal
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
"""See prctl(2)."""


def die_with_parent(expected_parent: int) -> None:
    """Get SIGTERM when the parent dies. Raises OSError; Linux only.

    ``expected_parent``: its pid as known before the call, to notice a parent that died meanwhile.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, f"prctl(PR_SET_PDEATHSIG): {os.strerror(number)}")
    if os.getppid() != expected_parent:
        os.kill(os.getpid(), signal.SIGTERM)
