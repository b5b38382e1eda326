"""JavaScript, by Node: CommonJS and ES modules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from adjudge_worker.guest.orders import Recipe
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.jail.languages.detection import ask, find_program, folders_of, version_in
from adjudge_worker.jail.languages.language import MIB, Language, Toolchain

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import Program

_MISSING: Final = (
    "JavaScript programs need node on the worker's PATH (Debian and Ubuntu: apt install nodejs)"
)
_MODULE: Final = re.compile(
    r"""^[ \t]*(?:
        import [ \t]* (?: [\w$*{"'] | $ )
        | export [ \t]* (?: [*{] | (?: default|const|let|var|function|class|async ) \b )
    )""",
    re.MULTILINE | re.VERBOSE,
)
_STACK_KIB: Final = 60_000
"""Of the 64 MiB at least that every program's stack may have."""


class JavaScript(Language):
    """Node runs the source; its syntax is checked first."""

    name: ClassVar[str] = "javascript"
    runtime_bytes: ClassVar[int] = 96 * MIB
    compiler_reserves: ClassVar[bool] = True
    reserves: ClassVar[bool] = True

    def find(self) -> Toolchain:
        """Look for node. Raises ToolchainMissing."""
        node = find_program("node", _MISSING)
        version = version_in(ask([node, "--version"], _MISSING))
        return Toolchain(f"node {version}", (node,), folders_of(node))

    def recipe(self, toolchain: Toolchain, program: Program, memory_bytes: int) -> Recipe:
        """Run as it is: as an ES module where it has an import or export of one."""
        (node,) = toolchain.programs
        name = "solution.mjs" if _MODULE.search(program.source) else "solution.js"
        file = f"{SCRATCH}/{name}"
        heap_mib = max(16, (memory_bytes - self.runtime_bytes) // MIB)
        flags = [f"--max-old-space-size={heap_mib}", f"--stack-size={_STACK_KIB}"]
        return Recipe(
            name, compile=[[node, "--check", file]], run=[node, *flags, file], shows_processes=True
        )
