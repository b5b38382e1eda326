"""What of this machine's files can be seen inside the jail: everything read-only, little else."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import importlib.util
import os
import site
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge_worker.jail.errors import JailError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SYSTEM_FOLDERS = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/alternatives")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_STREAMS = (
    ("/dev/fd", "/proc/self/fd"),
    ("/dev/stdin", "/proc/self/fd/0"),
    ("/dev/stdout", "/proc/self/fd/1"),
    ("/dev/stderr", "/proc/self/fd/2"),
)
_OUR_PACKAGES = ("adjudge", "adjudge_verifiers", "adjudge_worker")
_PLUGINS = "adjudge.verifiers"
_MOST_LINKS = 40
_NEVER = ("/", "/etc", "/home", "/proc", "/root", "/run", "/sys", "/tmp", "/var")  # noqa: S108 - names only


@dataclasses.dataclass(frozen=True, slots=True)
class Visible:
    """What the jail shows: paths bound to themselves, and symbolic links (link → target)."""

    paths: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def visible(extra_paths: Sequence[Path | str] = ()) -> Visible:
    """The interpreter, its libraries, our packages, plugins, compilers, five devices.

    Raises JailError when a path would show too much, such as a whole home or temporary folder.
    """
    links = tuple(
        (folder, str(Path(folder).readlink()))
        for folder in _SYSTEM_FOLDERS
        if Path(folder).is_symlink()
    )
    links += tuple(_steps_to(sys.executable))
    links += _STREAMS
    linked = {link for link, _ in links}
    system = [path for path in (*_SYSTEM_FOLDERS, *_SYSTEM_FILES) if path not in linked]
    wanted = [*system, *python_folders(), *_plugin_folders(), *map(str, extra_paths)]
    for path in wanted:
        if shows_too_much(path):
            raise JailError(
                f"{path} would be visible in the jail with everything below it. Install the "
                "package (or interpreter) that needs it into a folder of its own."
            )
    paths = _outermost([*wanted, *_DEVICES])
    return Visible(tuple(paths), tuple(link for link in links if not _covered(link[0], paths)))


def shows_too_much(path: str) -> bool:
    """Whether more than a program or a package lies there, such as a whole home."""
    return path in _NEVER or path == str(Path.home())


def python_folders() -> list[str]:
    """Interpreter, installed packages and our own packages, wherever they were installed."""
    folders = [sys.prefix, sys.base_prefix, *site.getsitepackages()]
    return folders + [folder for name in _OUR_PACKAGES if (folder := _package_folder(name))]


def python_roots() -> list[str]:
    """The folders to put on the module path so that our packages are found."""
    roots = [
        str(Path(folder).parent) for name in _OUR_PACKAGES if (folder := _package_folder(name))
    ]
    return list(dict.fromkeys(roots))


def _plugin_folders() -> list[str]:
    tops = {
        entry.module.partition(".")[0]
        for entry in importlib.metadata.entry_points(group=_PLUGINS)
        if entry.module
    }
    return [folder for name in sorted(tops) if (folder := _package_folder(name))]


def _package_folder(name: str) -> str | None:
    """The folder of a top-level package, the file of a module, None when it is not installed."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    if spec.submodule_search_locations:
        return str(Path(next(iter(spec.submodule_search_locations))).resolve())
    return spec.origin


def _steps_to(path: str) -> Iterator[tuple[str, str]]:
    """Every symbolic link on the way to a file: (link, target)."""
    for _ in range(_MOST_LINKS):
        steps = [step for step in (*reversed(Path(path).parents), Path(path)) if step.is_symlink()]
        if not steps:
            return
        target = str(steps[0].readlink())
        yield str(steps[0]), target
        rest = Path(path).relative_to(steps[0])
        path = os.path.normpath(steps[0].parent / target / rest)


def _covered(path: str, folders: list[str]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def _outermost(paths: list[str]) -> list[str]:
    """The paths that exist, outer folders first, without those that lie below another one."""
    kept: list[str] = []
    for path in sorted({str(Path(path)) for path in paths if Path(path).exists()}):
        if not _covered(path, kept):
            kept.append(path)
    return kept
