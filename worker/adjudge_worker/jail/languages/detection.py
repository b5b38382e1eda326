"""Finding a toolchain on the worker's machine: its programs, its version, what it needs to show."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from adjudge_worker.jail.languages.language import ToolchainMissing

_PATIENCE_SECONDS: Final = 20.0
_VERSION: Final = re.compile(r"\d+(\.\d+)+")
_SYSTEM: Final = ("/usr/", "/lib/", "/lib64/", "/bin/")


def find_program(name: str, missing: str) -> str:
    """The path of a program on PATH. Raises ToolchainMissing with ``missing``."""
    path = shutil.which(name)
    if path is None:
        raise ToolchainMissing(missing)
    return str(Path(path).absolute())


def ask(command: list[str], missing: str) -> str:
    """What a program of the toolchain prints. Raises ToolchainMissing when it does not run."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=_PATIENCE_SECONDS,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolchainMissing(f"{command[0]} does not run here ({error}). {missing}") from error
    if done.returncode:
        words = (done.stderr or done.stdout).strip()[-200:]
        raise ToolchainMissing(f"{' '.join(command)} failed ({words}). {missing}")
    return done.stdout + done.stderr


def version_in(text: str) -> str:
    """The first version number in a text, "?" when there is none."""
    match = _VERSION.search(text)
    return match[0] if match else "?"


def outside_the_system(*paths: str) -> tuple[str, ...]:
    """Those of the paths that the jail does not show anyway."""
    return tuple(path for path in paths if not f"{path}/".startswith(_SYSTEM))
