"""Becoming another program, without the starter's help."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, NoReturn

from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.guest.starter import NOT_EXECUTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def execute(program: str | int, command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Become ``program``, a path or a descriptor, in the scratch; with all of ``environment``.

    Where the kernel refuses, the process ends with the status NOT_EXECUTED.
    """
    os.chdir(SCRATCH)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # ignored by Python, and that outlives exec
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execve(program, [*command], environment)  # noqa: S606 - no shell is wanted
    except OSError:
        os._exit(NOT_EXECUTED)
