"""Compiles the starter of programs (guest/starter.c) for the jails of this worker."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import adjudge_worker

if TYPE_CHECKING:
    from adjudge_worker.jail.workshop import Workshop

_log = logging.getLogger(__name__)

NAME: Final = "starter.so"
_SOURCE: Final = Path(adjudge_worker.__file__).with_name("guest") / "starter.c"
_COMPILERS: Final = ("cc", "gcc", "clang")
_FLAGS: Final = ("-std=gnu11", "-O2", "-shared", "-fPIC")
_PATIENCE_SECONDS: Final = 60.0


def build_starter(workshop: Workshop) -> bool:
    """Put the starter among the workshop's tools; false where no C compiler makes it.

    Programs are then started by forks of Python: slower, with the same outcomes.
    """
    target = workshop.tools / NAME
    if target.exists():
        return True
    compiler = next(filter(None, map(shutil.which, _COMPILERS)), None)
    if compiler is None:
        return False
    part = workshop.folder / f"{NAME}.{os.getpid()}"  # other slots may be at it as well
    command = [compiler, *_FLAGS, "-o", str(part), str(_SOURCE)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        _log.warning("no starter: %s", error)
        return False
    if done.returncode:
        _log.warning("no starter: %s", done.stderr.decode(errors="replace").strip()[-500:])
        return False
    part.chmod(0o555)
    part.replace(target)
    return True
