"""Java, by a JDK's javac and java."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from adjudge_worker.guest.orders import Recipe
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.jail.languages.detection import ask, find_program, folders_of, version_in
from adjudge_worker.jail.languages.java_source import find_main
from adjudge_worker.jail.languages.language import MIB, Language, Toolchain, ToolchainMissing

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import Program

_MISSING: Final = (
    "Java programs need a JDK, with java on the worker's PATH "
    "(Debian and Ubuntu: apt install default-jdk-headless)"
)
_MACHINE: Final = (
    "-XX:+UseSerialGC",
    "-XX:-UsePerfData",
    "-XX:-UseContainerSupport",
    "-XX:ActiveProcessorCount=1",
    "-Xshare:auto",
    "-Xlog:disable",  # its warnings would go to the program's standard output
)
"""One collector without threads of its own, no shared files, nothing asked of the system."""
_COMPILER: Final = (
    *_MACHINE,
    "-XX:TieredStopAtLevel=1",
    "-Xmx512m",
    "-Xss16m",
    "-m",
    "jdk.compiler/com.sun.tools.javac.Main",
    "-proc:none",
    "-nowarn",
    "-Xlint:none",
    "-encoding",
    "UTF-8",
)
_PROGRAM: Final = ("-Xss64m", "-XX:NewRatio=5", "-XX:MaxJavaStackTraceDepth=30")
"""Deep recursion as in other languages; one table may take five sixths of the memory, as judges
have it, and not two thirds; an end of the errors that shows their beginning."""


class Java(Language):
    """A source file with one public type at most; it runs the type that has a ``main``."""

    name: ClassVar[str] = "java"
    runtime_bytes: ClassVar[int] = 96 * MIB
    compiler_reserves: ClassVar[bool] = True
    reserves: ClassVar[bool] = True

    def find(self) -> Toolchain:
        """Look for a JDK. Raises ToolchainMissing, also when there is a runtime alone."""
        found = os.path.realpath(find_program("java", _MISSING))
        home = Path(found).parents[1]
        machine = str(home / "bin" / "java")
        if not (home / "bin" / "javac").exists():
            raise ToolchainMissing(f"{home} has no compiler. {_MISSING}")
        version = _version(home) or version_in(ask([machine, "--version"], _MISSING))
        settings = _settings_outside(home)
        return Toolchain(f"OpenJDK {version}", (machine,), folders_of(str(home), *settings))

    def recipe(self, toolchain: Toolchain, program: Program, memory_bytes: int) -> Recipe:
        """Compile to class files."""
        (machine,) = toolchain.programs
        file, main = find_main(program.source)
        heap_mib = max(16, (memory_bytes - self.runtime_bytes) // MIB)
        return Recipe(
            file,
            compile=[[machine, *_COMPILER, "-d", SCRATCH, f"{SCRATCH}/{file}"]],
            run=[machine, *_MACHINE, f"-Xmx{heap_mib}m", *_PROGRAM, "-cp", SCRATCH, main],
            keep=".class",
            shows_processes=True,  # it finds its own libraries through /proc/self/exe
        )


def _version(home: Path) -> str:
    """What the JDK says of itself in a file, which is faster than to ask it; "" if nothing."""
    try:
        release = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return ""
    match = re.search(r'^JAVA_VERSION="([^"]+)"', release, re.MULTILINE)
    return match[1] if match else ""


def _settings_outside(home: Path) -> list[str]:
    """Folders below ``/etc`` in which Debian keeps the settings of a JDK."""
    links = [*home.glob("conf/*"), *home.glob("lib/*.cfg")]
    targets = [os.path.realpath(link) for link in links if link.is_symlink()]
    return sorted({"/".join(target.split("/")[:3]) for target in targets if target[:5] == "/etc/"})
