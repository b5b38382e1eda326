"""Python, by the worker's own interpreter, which is warm in the jail."""

from __future__ import annotations

import importlib.util
import platform
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from adjudge_worker.guest.orders import Recipe
from adjudge_worker.jail.languages.language import Language, Toolchain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge_verifiers.sandbox import Program

LIBRARIES: Final = (
    "mpmath",
    "networkx",
    "numpy",
    "pandas",
    "scipy",
    "sortedcontainers",
    "sympy",
)
"""What candidates may import beside the standard library, where it is installed."""


def library_folders(names: Iterable[str] = LIBRARIES) -> dict[str, str]:
    """In which folder each of the named libraries lies, of those that are installed."""
    folders = {}
    for name in names:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            place = Path(spec.origin).parent
            folders[name] = str(place.parent if spec.submodule_search_locations else place)
    return folders


class Python(Language):
    """Run by forks of the zygote, which compile by themselves."""

    name: ClassVar[str] = "python"

    def find(self) -> Toolchain:
        """The worker's own interpreter: always there."""
        return Toolchain(f"{platform.python_implementation()} {platform.python_version()}")

    def recipe(self, toolchain: Toolchain, program: Program, memory_bytes: int) -> Recipe:  # noqa: ARG002 - the same for all
        """Nothing to execute."""
        return Recipe("solution.py")
