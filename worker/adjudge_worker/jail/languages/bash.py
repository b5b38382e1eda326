"""Bash scripts, which may use what is installed beside it (coreutils, grep, sed, awk, …)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from adjudge_worker.guest.orders import Recipe
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.jail.languages.detection import ask, find_program, folders_of, version_in
from adjudge_worker.jail.languages.language import Language, Toolchain

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import Program

_MISSING: Final = (
    "Bash programs need bash on the worker's PATH (Debian and Ubuntu: apt install bash)"
)
_SOURCE: Final = "solution.sh"


class Bash(Language):
    """Bash. Its syntax is checked first. ``<(…)`` leads through ``/proc``, which it hence sees."""

    name: ClassVar[str] = "bash"

    def find(self) -> Toolchain:
        """Look for bash. Raises ToolchainMissing."""
        shell = find_program("bash", _MISSING)
        version = version_in(ask([shell, "--version"], _MISSING))
        return Toolchain(f"bash {version}", (shell,), folders_of(shell))

    def recipe(self, toolchain: Toolchain, program: Program, memory_bytes: int) -> Recipe:  # noqa: ARG002 - the same for all
        """Run as it is."""
        (shell,) = toolchain.programs
        file = f"{SCRATCH}/{_SOURCE}"
        return Recipe(
            _SOURCE, compile=[[shell, "-n", file]], run=[shell, file], shows_processes=True
        )
