"""The languages that candidate programs may be written in: one file each, and this table."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Final

from adjudge_worker.jail.languages.bash import Bash
from adjudge_worker.jail.languages.c import C
from adjudge_worker.jail.languages.cpp import Cpp, Cpp20
from adjudge_worker.jail.languages.go import Go
from adjudge_worker.jail.languages.java import Java
from adjudge_worker.jail.languages.javascript import JavaScript
from adjudge_worker.jail.languages.language import Language, Toolchain, ToolchainMissing
from adjudge_worker.jail.languages.python import Python
from adjudge_worker.jail.languages.rust import Rust

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final[Mapping[str, Language]] = {
    language.name: language
    for language in (
        Python(),
        C(),
        Cpp(),
        Cpp20(),
        Java(),
        Rust(),
        JavaScript(),
        Go(),
        Bash(),
    )
}


@dataclasses.dataclass(frozen=True, slots=True)
class Toolchains:
    """What was found on this machine: for each language a toolchain, or what is missing."""

    found: Mapping[str, Toolchain]
    missing: Mapping[str, str]

    def folders(self) -> list[str]:
        """What the jail has to show for them."""
        return [folder for toolchain in self.found.values() for folder in toolchain.folders]


@functools.cache
def find_toolchains() -> Toolchains:
    """Look for every language's toolchain, once in a process."""
    found, missing = {}, {}
    for name, language in LANGUAGES.items():
        try:
            found[name] = language.find()
        except ToolchainMissing as error:
            missing[name] = str(error)
    return Toolchains(found, missing)
