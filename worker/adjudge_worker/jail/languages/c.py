"""C17 with GNU's extensions, by gcc."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from adjudge_worker.guest.orders import Recipe
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.jail.languages.detection import ask, find_program, folders_of, version_in
from adjudge_worker.jail.languages.language import Language, Toolchain
from adjudge_worker.jail.linking import fast_link

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import Program

_MISSING: Final = (
    "C programs need gcc on the worker's PATH (Debian and Ubuntu: apt install gcc libc6-dev)"
)
_SOURCE: Final = "solution.c"
_BINARY: Final = f"{SCRATCH}/program"
_FLAGS: Final = ("-std=gnu17", "-O2", "-pipe", "-w")


class C(Language):
    """C. Programs are linked with the mathematical library."""

    name: ClassVar[str] = "c"

    def find(self) -> Toolchain:
        """Look for gcc. Raises ToolchainMissing."""
        compiler = find_program("gcc", _MISSING)
        version = version_in(ask([compiler, "-dumpfullversion", "-dumpversion"], _MISSING))
        return Toolchain(f"gcc {version}", (compiler,), folders_of(compiler))

    def recipe(self, toolchain: Toolchain, program: Program, memory_bytes: int) -> Recipe:  # noqa: ARG002 - the same for all
        """Compile to one binary."""
        (compiler,) = toolchain.programs
        command = [compiler, *_FLAGS, "-o", _BINARY, f"{SCRATCH}/{_SOURCE}", "-lm"]
        return Recipe(
            _SOURCE,
            compile=[[*command, *fast_link(compiler)]],
            relink=[command],
            binary=_BINARY,
        )
