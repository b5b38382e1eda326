"""What the sandbox must know of a programming language, and what was found of it here."""

from __future__ import annotations

import abc
import dataclasses
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import Program
    from adjudge_worker.guest.orders import Recipe

MIB: Final = 1024 * 1024


@dataclasses.dataclass(frozen=True, slots=True)
class Toolchain:
    """What one language is compiled and run with on this machine."""

    version: str
    """As verdicts name it: "g++ 12.2.0"."""
    programs: tuple[str, ...] = ()
    """Paths of the compiler, the interpreter, …: each language knows which is which."""
    folders: tuple[str, ...] = ()
    """What the jail has to show (read-only) beside the system's folders."""


class ToolchainMissing(Exception):
    """Raised when a language cannot run here; the text says what is missing and the fix."""


class Language(abc.ABC):
    """One language. It holds no state: the same object serves every program."""

    name: ClassVar[str]
    """What tasks call it."""
    runtime_bytes: ClassVar[int] = 0
    """Memory that the language's own machinery takes, granted beside a task's limit."""
    compiler_reserves: ClassVar[bool] = False
    reserves: ClassVar[bool] = False
    """Whether compiler and program reserve address space far beyond what they use."""

    @abc.abstractmethod
    def find(self) -> Toolchain:
        """Look for the toolchain. Raises ToolchainMissing."""

    @abc.abstractmethod
    def recipe(self, toolchain: Toolchain, program: Program, memory_bytes: int) -> Recipe:
        """How this program is compiled and run.

        ``memory_bytes`` is what it may use, ``runtime_bytes`` included.
        """
