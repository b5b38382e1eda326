"""Rust, edition 2021, by rustc."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar, Final

from adjudge_worker.guest.orders import Recipe
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.jail.languages.detection import ask, find_program, folders_of, version_in
from adjudge_worker.jail.languages.language import Language, Toolchain

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import Program

_MISSING: Final = (
    "Rust programs need rustc and a C linker on the worker's PATH "
    "(Debian and Ubuntu: apt install rustc gcc, or rustup)"
)
_SOURCE: Final = "solution.rs"
_BINARY: Final = f"{SCRATCH}/program"
_FLAGS: Final = (
    *("--edition", "2021", "-O"),
    *("-C", "codegen-units=1"),  # two thirds of the processor time; no room for more cores here
    *("--cap-lints", "allow", "--color", "never"),
)


class Rust(Language):
    """Rust without crates: the standard library alone."""

    name: ClassVar[str] = "rust"
    compiler_reserves: ClassVar[bool] = True  # LLVM and the compiler's own metadata

    def find(self) -> Toolchain:
        """Look for rustc and for the toolchain behind it. Raises ToolchainMissing."""
        linker = find_program("cc", _MISSING)
        found = find_program("rustc", _MISSING)
        root = ask([found, "--print", "sysroot"], _MISSING)
        own = f"{root}/bin/rustc"  # what rustup's proxy would start
        compiler = own if os.access(own, os.X_OK) else found
        version = version_in(ask([compiler, "--version"], _MISSING))
        folders = folders_of(compiler, root, linker)
        return Toolchain(f"rustc {version}", (compiler, root, linker), folders)

    def recipe(self, toolchain: Toolchain, program: Program, memory_bytes: int) -> Recipe:  # noqa: ARG002 - the same for all
        """Compile to one binary."""
        compiler, root, linker = toolchain.programs
        tools = ["--sysroot", root, "-C", f"linker={linker}"]
        command = [compiler, *_FLAGS, *tools, "-o", _BINARY, f"{SCRATCH}/{_SOURCE}"]
        return Recipe(
            _SOURCE,
            compile=[command],
            binary=_BINARY,
            compiler_shows_processes=True,  # it and its linker find their parts beside themselves
        )
