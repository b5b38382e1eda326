"""What a slot orders of a keeper and what it is told: the fields of their messages."""

from __future__ import annotations

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Bounds:
    """What one run of a program may use; see ``adjudge_verifiers.sandbox.Limits``."""

    cpu_seconds: float
    wall_seconds: float
    memory_bytes: int
    output_bytes: int
    processes: int


@dataclasses.dataclass(frozen=True, slots=True)
class Compile:
    """Order: make the source (the only blob) ready to run.

    ``compiler`` is the command of a compiled language, up to the output and source names, which the
    keeper adds; empty for Python. ``libraries`` says for each third-party module that Python
    candidates may import in which folder it lies. ``entry_point`` is None for a program that runs
    on standard input; else every run calls it with ``[positional, by keyword]`` arguments, encoded
    as ``values.py`` does.
    """

    file_name: str
    entry_point: str | None
    compiler: list[str]
    libraries: dict[str, str]
    compile_bounds: Bounds
    run_bounds: Bounds

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Compile:
        """From a message's header. Raises TypeError when fields are missing or too many."""
        compile_bounds = Bounds(**fields.pop("compile_bounds"))
        run_bounds = Bounds(**fields.pop("run_bounds"))
        return cls(**fields, compile_bounds=compile_bounds, run_bounds=run_bounds)


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """Order: run the program once. The first blob is its standard input, or a call's arguments.

    ``streams`` says what the descriptors are that come with it: the program's standard input and
    output, in place of files; else they are further ones, see ``stdio.GIVEN``.
    """

    streams: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Ending:
    """Told: how a run ended. The blobs are stdout, the tail of stderr and the result.

    ``stopped`` names the limit for which the keeper ended it ("cpu", "wall", "memory", "output"),
    or is empty. Lengths are what was written, of which the blobs hold no more than the limits.
    ``last`` says that the keeper cannot serve another run.
    """

    exit_code: int
    signal: int
    stopped: str
    cpu_seconds: float
    wall_seconds: float
    peak_memory_bytes: int
    stdout_bytes: int
    stderr_bytes: int
    last: bool


REASONS = {
    "cpu": "time_limit",
    "wall": "time_limit",
    "memory": "memory_limit",
    "output": "output_limit",
}
"""What a broken limit is called when a compiler broke it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Compiled:
    """Told: how compiling went.

    ``reason`` is empty when the program can run, else "syntax", "time_limit", "memory_limit" or
    "output_limit".
    """

    reason: str = ""
    message: str = ""
