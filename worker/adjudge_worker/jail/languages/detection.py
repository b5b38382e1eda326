"""Finding a toolchain on the worker's machine: programs, version, what the jail must show."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from adjudge_worker.jail.languages.language import ToolchainMissing
from adjudge_worker.jail.mounts import shows_too_much

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE_SECONDS: Final = 20.0
_VERSION: Final = re.compile(r"\d+(\.\d+)+")
_SYSTEM: Final = ("/usr/", "/lib/", "/lib64/", "/bin/", "/sbin/")


def find_program(name: str, missing: str) -> str:
    """The path of a program on PATH. Raises ToolchainMissing with ``missing``."""
    path = shutil.which(name)
    if path is None:
        raise ToolchainMissing(missing)
    return os.path.abspath(path)  # noqa: PTH100 - links are part of some toolchains


def ask(
    command: list[str],
    missing: str,
    *,
    environment: Mapping[str, str] | None = None,
    patience_seconds: float = _PATIENCE_SECONDS,
) -> str:
    """What a program of the toolchain prints. Raises ToolchainMissing when it does not run.

    ``environment`` is put beside our own.
    """
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=patience_seconds,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C", **(environment or {})},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolchainMissing(f"{command[0]} does not run here ({error}). {missing}") from error
    if done.returncode:
        words = (done.stderr or done.stdout).strip()[:200]
        raise ToolchainMissing(f"{' '.join(command)} failed ({words}). {missing}")
    return (done.stdout or done.stderr).strip()


def version_in(text: str) -> str:
    """The first version number in a text, "?" when there is none."""
    match = _VERSION.search(text)
    return match[0] if match else "?"


def folders_of(*paths: str) -> tuple[str, ...]:
    """The folders that the jail must show for these programs or folders to work in it.

    Of a program that is where it was installed to (the folder around its ``bin``); nothing for what
    lies below the system's folders, which every jail shows. Raises ToolchainMissing when it would
    be a whole home or the like.
    """
    folders: dict[str, None] = {}
    for path in (*paths, *map(os.path.realpath, paths)):
        if path.startswith(_SYSTEM):
            continue
        folder = Path(path)
        if not folder.is_dir():
            folder = folder.parent
        if folder.name == "bin":
            folder = folder.parent
        if shows_too_much(str(folder)):
            raise ToolchainMissing(
                f"{path} cannot be used: the jail would have to show all of {folder}. Install it "
                "into a folder of its own."
            )
        folders[str(folder)] = None
    return tuple(folders)
