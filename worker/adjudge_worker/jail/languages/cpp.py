"""C++17 and C++20 with GNU's extensions, by g++."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from adjudge_worker.guest.orders import Recipe
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.jail.languages.detection import ask, find_program, folders_of, version_in
from adjudge_worker.jail.languages.language import Language, Toolchain
from adjudge_worker.jail.linking import fast_link
from adjudge_worker.jail.precompiled import flags

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import Program

_MISSING: Final = "C++ programs need g++ on the worker's PATH (Debian and Ubuntu: apt install g++)"
_SOURCE: Final = "solution.cpp"
_BINARY: Final = f"{SCRATCH}/program"


class Cpp(Language):
    """C++ of one standard."""

    name: ClassVar[str] = "cpp"
    standard: ClassVar[str] = "gnu++17"

    def find(self) -> Toolchain:
        """Look for g++. Raises ToolchainMissing."""
        compiler = find_program("g++", _MISSING)
        version = version_in(ask([compiler, "-dumpfullversion", "-dumpversion"], _MISSING))
        return Toolchain(f"g++ {version}", (compiler,), folders_of(compiler))

    def recipe(self, toolchain: Toolchain, program: Program, memory_bytes: int) -> Recipe:  # noqa: ARG002 - the same for all
        """Compile to one binary."""
        (compiler,) = toolchain.programs
        command = [compiler, *flags(self.standard), "-o", _BINARY, f"{SCRATCH}/{_SOURCE}"]
        return Recipe(
            _SOURCE,
            compile=[[*command, *fast_link(compiler)]],
            relink=[command],
            binary=_BINARY,
        )


class Cpp20(Cpp):
    """C++20."""

    name: ClassVar[str] = "cpp20"
    standard: ClassVar[str] = "gnu++20"
