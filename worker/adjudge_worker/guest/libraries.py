"""The third-party modules that Python candidates may import, where installed, and no others."""

from __future__ import annotations

import contextlib
import importlib
import importlib.machinery
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class LibraryFinder:
    """Finds the allowed modules in the folders where they lie; nothing else of those folders.

    A ``MetaPathFinder`` but by inheritance: ``importlib.abc`` would load forty modules and their
    libraries into the zygote, which every keeper pays for.
    """

    def __init__(self, folders: Mapping[str, str]) -> None:
        """``folders`` says for each module's name where it lies."""
        self._folders = folders

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """The module's spec, or None when it is not ours to find (see importlib)."""
        if path is not None or fullname not in self._folders:
            return None
        folder = self._folders[fullname]
        return importlib.machinery.PathFinder.find_spec(fullname, [folder], target)


def offer(folders: Mapping[str, str]) -> None:
    """Make the modules of ``folders`` importable, and of third-party modules no others."""
    kept = [finder for finder in sys.meta_path if not isinstance(finder, LibraryFinder)]
    sys.meta_path[:] = [*kept, LibraryFinder(folders)]
    sys.path[:] = [folder for folder in sys.path if _is_standard(folder)]


def hide_ours() -> None:
    """Forget that modules of ours were imported; those that run go on to run."""
    ours = __name__.partition(".")[0]
    for name in [name for name in sys.modules if name.partition(".")[0] == ours]:
        del sys.modules[name]


def load(names: Iterable[str], folders: Mapping[str, str]) -> None:
    """Import those of the named modules that ``folders`` allows, before a candidate is forked.

    A library that is broken here is broken in the candidate as well: it will see the error.
    """
    for name in names:
        if name in folders:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


def _is_standard(folder: str) -> bool:
    return folder.endswith(".zip") or folder in _STANDARD


_STANDARD = frozenset((os.path.dirname(os.__file__), os.path.dirname(os.__file__) + "/lib-dynload"))  # noqa: PTH120 - pathlib takes long to import
