"""How C and C++ programs are linked fastest on this machine: tried once, with a program that runs.

A statically linked program starts in half the time, because nothing has to be loaded and relocated
for each run; linking it takes longer, once. gold and its successors make up for that.
"""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path
from typing import Final

from adjudge_worker.jail.trying import succeeds

_TRIAL: Final = Path(__file__).with_name("trial.cpp")
_LINKERS: Final = ("mold", "lld", "gold")
"""Fastest first, as the compiler's ``-fuse-ld`` calls them."""
_STATIC: Final = "-static"
_PATIENCE_SECONDS: Final = 60.0


@functools.cache
def fast_link(compiler: str) -> tuple[str, ...]:
    """The flags that a C or C++ compiler links best with here.

    Empty where nothing but the compiler's own way works. Linking can fail with them where it would
    not without: a program may define what the static library defines.
    """
    linkers = [f"-fuse-ld={name}" for name in _LINKERS if shutil.which(f"ld.{name}")]
    ways: list[tuple[str, ...]] = [(_STATIC, linker) for linker in linkers]
    ways += [(_STATIC,), *((linker,) for linker in linkers)]
    return next((way for way in ways if _works(compiler, way)), ())


def _works(compiler: str, flags: tuple[str, ...]) -> bool:
    """Whether a program with threads and exceptions can be linked so, and runs."""
    with tempfile.TemporaryDirectory(prefix="adjudge-link-") as folder:
        program = f"{folder}/trial"
        language = ["-x", "c"] if Path(compiler).name in {"gcc", "cc"} else []
        commands = [[compiler, *flags, *language, str(_TRIAL), "-o", program, "-lm"], [program]]
        return all(succeeds(command, _PATIENCE_SECONDS) for command in commands)
