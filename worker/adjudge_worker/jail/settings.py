"""How one jail is built: the operator's choices."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping  # noqa: TC003 - settings are read at run time
from pathlib import Path  # noqa: TC003 - settings are read at run time
from typing import Literal

from adjudge_worker.jail.languages.python import LIBRARIES

MIB = 1024 * 1024


@dataclasses.dataclass(frozen=True, slots=True)
class JailSettings:
    """How one jail is built. Every slot has one jail."""

    nsjail: Path | None = None
    """The nsjail binary; None looks for one (see ``jail/binary.py``)."""
    memory_bytes: int = 4096 * MIB
    """Memory of everything in the jail together, where a control group can be made; and the most
    that one evaluator may ever map beyond its start, everywhere."""
    processes: int = 512
    """Processes and threads of everything in the jail together."""
    scratch_bytes: int = 256 * MIB
    """Size of the jail's /tmp."""
    scratch_files: int = 16384
    """Files in the jail's /tmp."""
    cgroups: Literal["auto", "never"] = "auto"
    """"auto": a control group for memory and processes where this user may make one, else limits
    by process alone; the probe's report says which."""
    starter: Literal["auto", "never"] = "auto"
    """"auto": programs are started by ``guest/starter.c`` where a C compiler makes it, else, and
    for "never", by forks of Python: the outcomes are the same."""
    precompile: bool = True
    """Whether precompiled headers for C++ are made in the background when the jail starts."""
    extra_verifiers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Verifiers beside ours and the installed plugins: name → "module:Class"."""
    libraries: tuple[str, ...] = LIBRARIES
    """Third-party modules that Python programs may import, where they are installed."""
    extra_paths: tuple[Path, ...] = ()
    """Folders that are put on the jail's module path and can be read there."""
    start_seconds: float = 60.0
    """How long interpreter and verifiers may take to become warm."""
