"""The languages that candidate programs may be written in, and what each needs on this machine."""

from __future__ import annotations

import dataclasses
import importlib.util
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARIES: Final = (
    "mpmath",
    "networkx",
    "numpy",
    "pandas",
    "scipy",
    "sortedcontainers",
    "sympy",
)
"""What Python candidates may import beside the standard library, where it is installed."""

_CPP_FLAGS: Final = ("-std=c++17", "-O2", "-pipe")


@dataclasses.dataclass(frozen=True, slots=True)
class Language:
    """One language: where a program's source lies, what compiles it, what may be missing."""

    file_name: str
    compiler: Callable[[], list[str]]
    """The command up to output and source; empty when the keeper itself compiles."""
    missing: Callable[[], str | None]
    """None when programs can run here, else what is missing and how to get it."""


def library_folders() -> dict[str, str]:
    """In which folder each installed library of ``LIBRARIES`` lies."""
    folders = {}
    for name in LIBRARIES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            place = Path(spec.origin).parent
            folders[name] = str(place.parent if spec.submodule_search_locations else place)
    return folders


def _cpp_compiler() -> list[str]:
    return [shutil.which("g++") or "g++", *_CPP_FLAGS]


def _cpp_missing() -> str | None:
    if shutil.which("g++"):
        return None
    return "C++ programs need g++ on the worker's PATH (Debian and Ubuntu: apt install g++)"


LANGUAGES: Final = {
    "python": Language("solution.py", compiler=list, missing=lambda: None),
    "cpp": Language("solution.cpp", compiler=_cpp_compiler, missing=_cpp_missing),
}
