"""Go, by the compiler and the linker behind ``go build``: without the go command's bookkeeping.

Go before 1.20 brings its standard library compiled. For a later one it is compiled when first
looked for (about a minute of processor time), into a cache that outlives the worker.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from adjudge_worker.guest.orders import Recipe
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.jail.languages.detection import ask, find_program, folders_of, version_in
from adjudge_worker.jail.languages.language import MIB, Language, Toolchain, ToolchainMissing

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import Program

_MISSING: Final = (
    "Go programs need go on the worker's PATH (Debian and Ubuntu: apt install golang-go)"
)
_SOURCE: Final = "solution.go"
_OBJECT: Final = f"{SCRATCH}/solution.o"
_BINARY: Final = f"{SCRATCH}/program"
_ENVIRONMENT: Final = {
    "CGO_ENABLED": "0",
    "GO111MODULE": "off",
    "GOENV": "off",
    "GOFLAGS": "",
    "GOPROXY": "off",
    "GOTOOLCHAIN": "local",
}
"""For the go command where we use it: no network, no C, no configuration of the user's."""
_COMPILE_SECONDS: Final = 600.0


class Go(Language):
    """Go with its standard library alone."""

    name: ClassVar[str] = "go"
    compiler_reserves: ClassVar[bool] = True
    reserves: ClassVar[bool] = True
    runtime_bytes: ClassVar[int] = 8 * MIB

    def find(self) -> Toolchain:
        """Look for go. Raises ToolchainMissing."""
        command = find_program("go", _MISSING)
        asked = [command, "env", "GOROOT", "GOTOOLDIR", "GOVERSION", "GOOS", "GOARCH"]
        root, tools, version, system, machine = ask(
            asked, _MISSING, environment=_ENVIRONMENT
        ).splitlines()
        programs = (f"{tools}/compile", f"{tools}/link")
        folders = folders_of(root, tools)
        compiled = f"{root}/pkg/{system}_{machine}"
        if Path(compiled, "fmt.a").exists():
            libraries = (f"-I={compiled}", f"-L={compiled}")
        else:
            cache = _cache(version)
            table = _compile_library(command, cache)
            libraries = (f"-importcfg={table}", f"-importcfg={table}")
            folders += folders_of(str(cache))
        return Toolchain(f"go {version_in(version)}", (*programs, *libraries), folders)

    def recipe(self, toolchain: Toolchain, program: Program, memory_bytes: int) -> Recipe:  # noqa: ARG002 - the same for all
        """Compile, then link to one binary."""
        compiler, linker, its_libraries, libraries = toolchain.programs
        source = f"{SCRATCH}/{_SOURCE}"
        return Recipe(
            _SOURCE,
            compile=[
                [compiler, "-p=main", "-complete", its_libraries, "-o", _OBJECT, source],
                [linker, "-s", "-w", libraries, "-o", _BINARY, _OBJECT],
            ],
            binary=_BINARY,
            compiler_environment={"GOMAXPROCS": "2"},
            environment={"GOMAXPROCS": "1", "GOMEMLIMIT": str(memory_bytes), "GOTRACEBACK": "1"},
        )


def _cache(version: str) -> Path:
    """A folder of our own in the user's cache. Raises ToolchainMissing when it cannot be made."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home, "adjudge", version)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ToolchainMissing(
            f"Go's standard library must be compiled once, but {folder} cannot be made ({error}). "
            "Name a folder that can be written: XDG_CACHE_HOME=…"
        ) from error
    return folder


def _compile_library(command: str, cache: Path) -> Path:
    """A table of the compiled packages of the standard library; made once, by one at a time."""
    table = cache / "importcfg"
    with (cache / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not table.exists():
            line = "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}"
            text = ask(
                [command, "list", "-export", "-f", line, "std"],
                _MISSING,
                environment={**_ENVIRONMENT, "GOCACHE": str(cache / "compiled")},
                patience_seconds=_COMPILE_SECONDS,
            )
            fresh = cache / "importcfg.new"
            fresh.write_text(text, encoding="utf-8")
            fresh.rename(table)
    return table
