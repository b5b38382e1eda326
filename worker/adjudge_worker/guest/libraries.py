"""The third-party modules that Python candidates may import where they are installed, and no others."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class LibraryFinder(importlib.abc.MetaPathFinder):
    """Finds the allowed modules in the folders where they lie; nothing else of those folders."""

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


def show(folders: Mapping[str, str]) -> None:
    """Make the modules of ``folders`` importable, and nothing but them and the standard library."""
    ours = __package__.partition(".")[0]
    kept = [finder for finder in sys.meta_path if not isinstance(finder, LibraryFinder)]
    sys.meta_path[:] = [*kept, LibraryFinder(folders)]
    sys.path[:] = [folder for folder in sys.path if folder in STANDARD_FOLDERS]
    for name in [name for name in sys.modules if name.partition(".")[0] == ours]:
        del sys.modules[name]


def load(names: Iterable[str], folders: Mapping[str, str]) -> None:
    """Import those of the named modules that ``folders`` allows, before a candidate is forked.

    A library that is broken here is broken in the candidate as well: it will see the error.
    """
    for name in names:
        if name in folders:
            try:
                importlib.import_module(name)
            except ImportError as error:
                sys.stderr.write(f"adjudge: {name} cannot be imported: {error}\n")


STANDARD_FOLDERS = frozenset(
    folder
    for folder in sys.path
    if folder.endswith(".zip") or "site-packages" not in folder and "dist-packages" not in folder
)
