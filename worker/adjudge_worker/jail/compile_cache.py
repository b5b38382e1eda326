"""Compiled programs by the content they came from, shared by the slots of one worker.

A program is opaque bytes of hostile origin: it is stored, measured and handed to a keeper as a
descriptor that can only be read, and never looked into. The name of an entry is a digest of all
that the compiler was given, so whoever subverts a compiler spoils the entry of his own source.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge_worker.guest.orders import Recipe
    from adjudge_worker.jail.workshop import Workshop

MIB: Final = 1024 * 1024
MOST_BYTES: Final = 256 * MIB
"""Of all entries together."""
MOST_PROGRAM_BYTES: Final = 32 * MIB
"""A bigger program is compiled every time."""

_PROGRAM, _FAILURE = ".program", ".failure"
_EXECUTABLE_BY_ALL: Final = 0o555


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """That a source does not compile, in the compiler's words."""

    message: str


def find_cache(workshop: Workshop) -> CompileCache | None:
    """The cache in a workshop; None where files of that folder may not be executed."""
    folder = workshop.programs
    if os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return None
    free_bytes = shutil.disk_usage(folder).free
    return CompileCache(folder, min(MOST_BYTES, free_bytes // 4))


def key(recipe: Recipe, source: bytes, files: Mapping[str, bytes]) -> str:
    """The name of an entry: equal only when the same compilers would be given the same again.

    A compiler is known by its file, which another version changes. What a program learns of the day
    (``__DATE__``) is that of the first time.

    Args:
        recipe: the commands, with all flags.
        source: the program.
        files: what lies beside it, by name.
    """
    commands = [
        recipe.file_name,
        recipe.compile,
        recipe.relink,
        recipe.compiler_environment,
        recipe.binary,
        [_version(command[0]) for command in recipe.compile],
    ]
    digest = hashlib.blake2b(digest_size=32)
    parts = [json.dumps(commands, sort_keys=True).encode(), source]
    for name, content in sorted(files.items()):
        parts += [name.encode("utf-8", "surrogatepass"), content]
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.hexdigest()


class CompileCache:
    """The entries below one folder. Several processes may use it at the same time."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        """``folder`` must be one that only we can enter."""
        self._folder = folder
        self._most_bytes = most_bytes

    def find(self, name: str) -> int | Failure | None:
        """A descriptor of the program, to be closed by the caller; the failure; or neither."""
        file = self._folder / (name + _PROGRAM)
        try:
            program = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return self._failure(name)
        os.utime(program)
        return program

    def put_program(self, name: str, program: bytes) -> None:
        """Keep a program, unless it is too big."""
        if len(program) <= MOST_PROGRAM_BYTES:
            self._put(name + _PROGRAM, program, _EXECUTABLE_BY_ALL)

    def put_failure(self, name: str, failure: Failure) -> None:
        """Keep the failure of a compilation. Only for one that would fail again."""
        self._put(name + _FAILURE, json.dumps(failure.message).encode(), 0o400)

    def _failure(self, name: str) -> Failure | None:
        file = self._folder / (name + _FAILURE)
        try:
            message = json.loads(file.read_bytes())
        except FileNotFoundError:
            return None
        with contextlib.suppress(FileNotFoundError):  # thrown away meanwhile
            os.utime(file)
        return Failure(message)

    def _put(self, name: str, content: bytes, mode: int) -> None:
        """Write a file that nobody ever sees a part of. Without room there is no entry."""
        try:
            self._make_room(len(content))
            descriptor, part = tempfile.mkstemp(dir=self._folder)
        except OSError:
            return
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                os.fchmod(file.fileno(), mode)
            Path(part).replace(self._folder / name)
        except OSError:
            Path(part).unlink(missing_ok=True)

    def _make_room(self, wanted_bytes: int) -> None:
        """Throw away what was not used for longest until there is room."""
        entries = []
        for file in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # thrown away by another slot
                status = file.stat()
                entries.append((status.st_mtime_ns, status.st_size, file))
        held_bytes = sum(size for _, size, _ in entries)
        for _, size, file in sorted(entries):
            if held_bytes + wanted_bytes <= self._most_bytes:
                return
            file.unlink(missing_ok=True)
            held_bytes -= size


def _version(compiler: str) -> list[int]:
    """What changes when a compiler is exchanged for another one at the same place."""
    status = Path(compiler).stat()
    return [status.st_ino, status.st_size, status.st_mtime_ns]
