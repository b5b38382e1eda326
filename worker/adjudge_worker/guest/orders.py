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
    address_space: bool = True
    """Whether address space is limited too. False for virtual machines, which reserve far more than
    they use: then memory is watched alone."""


@dataclasses.dataclass(frozen=True, slots=True)
class Recipe:
    """How a program in one language becomes processes. Paths are those in the jail.

    ``compile`` are the commands that make it, one after the other; none for what is run as it is.
    Where they fail to link, ``relink`` are tried: slower programs, but everything can be linked.
    ``binary`` is what they leave to be executed, by a descriptor: nobody can find it by name. For
    an interpreter or a virtual machine it is empty: then ``run`` is the command that runs the
    program, and ``keep`` ends the names of the files that it needs (the source, when it is empty).
    Python, which the keeper runs itself, has neither.
    """

    file_name: str
    compile: list[list[str]] = dataclasses.field(default_factory=list[list[str]])
    relink: list[list[str]] = dataclasses.field(default_factory=list[list[str]])
    binary: str = ""
    run: list[str] = dataclasses.field(default_factory=list[str])
    keep: str = ""
    compiler_environment: dict[str, str] = dataclasses.field(default_factory=dict[str, str])
    environment: dict[str, str] = dataclasses.field(default_factory=dict[str, str])
    """Of compilers and of the program, beside what every program gets."""
    compiler_shows_processes: bool = False
    shows_processes: bool = False
    """Whether compilers, and compilers and program, see their own processes in ``/proc``."""


@dataclasses.dataclass(frozen=True, slots=True)
class Compile:
    """Order: make the source (the first blob) ready to run.

    ``files`` names what lies beside the source; their contents are the further blobs.
    ``libraries`` says for each third-party module that Python candidates may import in which folder
    it lies. ``entry_point`` is None for a program that runs on standard input; else every run calls
    it with ``[positional, by keyword]`` arguments, encoded as ``values.py`` does; ``node_types``
    says which of them, and whether the result, are nodes (see ``nodes.py``).
    """

    recipe: Recipe
    entry_point: str | None
    node_types: dict[str, str]
    libraries: dict[str, str]
    compile_bounds: Bounds
    run_bounds: Bounds
    files: list[str] = dataclasses.field(default_factory=list[str])
    role: str = ""
    """"hosted" for a Python program whose module test code asks for, "tests" for that code."""
    is_made: bool = False
    """The program was made before: the descriptor that comes with the order is its binary."""
    told_bytes: int = 0
    """A binary of at most this many bytes is told with ``Compiled``, as its only blob."""

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Compile:
        """From a message's header. Raises TypeError when fields are missing or too many."""
        recipe = Recipe(**fields.pop("recipe"))
        compile_bounds = Bounds(**fields.pop("compile_bounds"))
        run_bounds = Bounds(**fields.pop("run_bounds"))
        return cls(**fields, recipe=recipe, compile_bounds=compile_bounds, run_bounds=run_bounds)


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """Order: run the program once. The first blob is its standard input, or a call's arguments.

    ``arguments`` are those of its command line. ``files`` names what lies in its folder for this
    run; their contents are the further blobs. A name that ends with a slash is an empty folder's.
    ``streams`` says what the descriptors are that come with it: the program's standard input and
    output, in place of files; else they are further ones, see ``stdio.GIVEN``.
    """

    streams: bool = False
    arguments: list[str] = dataclasses.field(default_factory=list[str])
    files: list[str] = dataclasses.field(default_factory=list[str])


@dataclasses.dataclass(frozen=True, slots=True)
class Ending:
    """Told: how a run ended. The blobs are stdout, the tail of stderr and the result.

    ``stopped`` names the limit for which the keeper ended it ("cpu", "wall", "memory", "output"),
    or is empty. ``ended_at`` is on the machine's monotonic clock. Lengths are what was written, of
    which the blobs hold no more than the limits. ``last`` says that the keeper cannot serve another
    run.
    """

    exit_code: int
    signal: int
    stopped: str
    cpu_seconds: float
    wall_seconds: float
    ended_at: float
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
