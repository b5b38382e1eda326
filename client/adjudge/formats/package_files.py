"""The files of a problem package, a folder or a zip, read within bounds and never outside of it.

Nothing is unpacked to disk. Of a zip, names that climb out (``..``), are absolute or hold
backslashes, links, devices and encrypted members are refused, and every member is read no further
than it may be, whatever its header says. In a folder a link may point to other files of the
package, as the format allows, and nowhere else.
"""

from __future__ import annotations

import contextlib
import os
import stat
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.formats.errors import RowError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

MAX_FILES = 100_000
MAX_FILE_BYTES = 512 * 1024 * 1024
MAX_PACKAGE_BYTES = 2 * 1024 * 1024 * 1024

_UNIX = 3


class PackageFiles:
    """File names with forward slashes, from the folder that holds ``problem.yaml``."""

    def __init__(self, name: str, readers: dict[str, Callable[[], bytes]]) -> None:
        self._name = name
        self._readers = readers
        self._left_bytes = MAX_PACKAGE_BYTES

    @property
    def names(self) -> list[str]:
        """All files, in order of their paths."""
        return sorted(self._readers)

    def __contains__(self, name: object) -> bool:
        return name in self._readers

    def read(self, name: str) -> bytes:
        """The bytes of one file. Raises RowError when it is missing or too big."""
        reader = self._readers.get(name)
        if reader is None:
            raise RowError(f"{self._name}/{name}", "a file", "nothing")
        content = reader()
        self._left_bytes -= len(content)
        if len(content) > MAX_FILE_BYTES or self._left_bytes < 0:
            expected = f"at most {MAX_FILE_BYTES:,} bytes, and {MAX_PACKAGE_BYTES:,} in all"
            raise RowError(f"{self._name}/{name}", expected, "more")
        return content

    def text(self, name: str) -> str:
        """The text of one file. Raises RowError also when it is not UTF-8."""
        try:
            return self.read(name).decode()
        except UnicodeDecodeError as error:
            got = f"byte {error.start} of it is not"
            raise RowError(f"{self._name}/{name}", "text in UTF-8", got) from error


@contextlib.contextmanager
def open_package(path: str | os.PathLike[str]) -> Generator[PackageFiles, None, None]:
    """The files of the package at ``path``. Raises RowError when it is none."""
    path = Path(path)
    if path.is_dir():
        yield PackageFiles(path.name, _rooted(_folder(path), path.name))
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield PackageFiles(path.name, _rooted(_members(archive, path.name), path.name))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        # the last: zipfile's word for a compression that it does not know
        raise RowError(path.name, "a folder or a sound zip", str(error)) from error
    except OSError as error:
        raise RowError(path.name, "a folder or a zip", error.strerror or str(error)) from error


def _rooted(readers: dict[str, Callable[[], bytes]], name: str) -> dict[str, Callable[[], bytes]]:
    """The files below the folder of ``problem.yaml``: the root, or its only folder."""
    if "problem.yaml" in readers:
        return readers
    roots = {file.partition("/")[0] for file in readers}
    inner = [root for root in roots if f"{root}/problem.yaml" in readers]
    if len(inner) != 1:
        raise RowError(f"{name}/problem.yaml", "one problem package", f"{len(inner)} of them")
    start = f"{inner[0]}/"
    return {
        file[len(start) :]: reader for file, reader in readers.items() if file.startswith(start)
    }


def _folder(root: Path) -> dict[str, Callable[[], bytes]]:
    real_root = root.resolve()
    readers: dict[str, Callable[[], bytes]] = {}
    for folder, _, files in os.walk(root):  # follows no links
        for file in files:
            path = Path(folder) / file
            name = path.relative_to(root).as_posix()
            if not path.resolve().is_relative_to(real_root):
                raise RowError(f"{root.name}/{name}", "a file of the package", "a link out of it")
            if not path.is_file():
                raise RowError(f"{root.name}/{name}", "a file", "a broken link or a device")
            readers[name] = _file_reader(path)
            _check_count(len(readers), root.name)
    return readers


def _file_reader(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)

    return read


def _members(archive: zipfile.ZipFile, package: str) -> dict[str, Callable[[], bytes]]:
    readers: dict[str, Callable[[], bytes]] = {}
    for member in archive.infolist():
        name = member.filename
        field = f"{package}/{name[:200]}"
        parts = name.rstrip("/").split("/")
        if not name or "\\" in name or ":" in parts[0] or not all(parts) or {".", ".."} & {*parts}:
            raise RowError(field, "a path inside of the package", "one that leaves it")
        mode = member.external_attr >> 16
        kind = stat.S_IFMT(mode) if member.create_system == _UNIX else 0
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise RowError(field, "a plain file or folder", "a link or a device")
        if member.flag_bits & 1:
            raise RowError(field, "a member that is not encrypted", "an encrypted one")
        if member.is_dir():
            continue
        if name in readers:
            raise RowError(field, "one member of this name", "two")
        readers[name] = _member_reader(archive, member)
        _check_count(len(readers), package)
    return readers


def _member_reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        with archive.open(member) as file:
            return file.read(MAX_FILE_BYTES + 1)

    return read


def _check_count(count: int, package: str) -> None:
    if count > MAX_FILES:
        raise RowError(package, f"at most {MAX_FILES:,} files", "more")
