"""Becoming another program."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, NoReturn

from adjudge_worker.guest.scratch import SCRATCH

if TYPE_CHECKING:
    from collections.abc import Mapping


def execute(program: str | int, command: list[str], environment: Mapping[str, str]) -> NoReturn:
    """Become ``program``, a path or a descriptor, in the scratch.

    ``environment`` is put beside our own. Raises OSError when the kernel refuses.
    """
    os.chdir(SCRATCH)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # ignored by Python, and that outlives exec
        signal.signal(number, signal.SIG_DFL)
    os.execve(program, command, {**os.environ, **environment})  # noqa: S606 - no shell is wanted
