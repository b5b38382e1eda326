"""The sandbox contract: how a verifier runs a candidate program, whatever builds the walls.

The jail of the worker implements it for real; ``FakeSandbox`` (in ``fake_sandbox.py``) answers from
a table, for tests. Expected outputs are no part of it: they never enter a sandbox.
"""

from __future__ import annotations

import dataclasses
import enum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KIB = 1024
MIB = 1024 * KIB


@dataclasses.dataclass(frozen=True, slots=True)
class Program:
    """A program: one source file, and what lies beside it.

    ``language`` is a name that ``Sandbox.missing`` knows. ``entry_point`` names the function (or
    "Class.method") that call cases call; None when the program is only run on standard input.
    ``files`` are further files by name, for the compiler and, in interpreted languages, for every
    run.

    ``node_types`` says which arguments of call cases (by position, "0" on, or by keyword) and
    whether the result ("return") are no plain values: "linked_list" or "binary_tree", or a list of
    them ("linked_list[]"). They are written as lists, as ``programs/nodes.py`` tells; the program
    gets ``ListNode`` and ``TreeNode``, or its own classes of these names are used.
    """

    language: str
    source: str
    entry_point: str | None = None
    node_types: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    files: Mapping[str, bytes] = dataclasses.field(default_factory=dict[str, bytes])


@dataclasses.dataclass(frozen=True, slots=True)
class StdinCase:
    """Run the program once with these bytes on standard input.

    ``arguments`` stand on its command line. ``files`` by name lie in its working folder, for this
    run alone; a name that ends with a slash is that of an empty folder.
    """

    stdin: bytes
    arguments: Sequence[str] = ()
    files: Mapping[str, bytes] = dataclasses.field(default_factory=dict[str, bytes])


@dataclasses.dataclass(frozen=True, slots=True)
class CallCase:
    """Call the program's entry point once. Arguments are plain values (None, bool, int, float, str,
    list, tuple, set, dict), nested at most 100 levels deep.
    """

    arguments: Sequence[Any] = ()
    keyword_arguments: dict[str, Any] = dataclasses.field(default_factory=dict[str, Any])


Case = StdinCase | CallCase


@dataclasses.dataclass(frozen=True, slots=True)
class TestCode:
    """Test code that passes when it raises nothing, or a whole pytest file.

    It runs in a process of its own; the candidate's module, in another one, is importable there as
    ``module_name``. Other than in a file, the module's public names are there without import, and
    ``candidate`` is the program's entry point, where it has one.
    """

    __test__: ClassVar[bool] = False  # for pytest, which takes a class called so for one of its own

    code: str
    is_file: bool = False
    module_name: str = "solution"


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one case; compilation has the sandbox's own.

    ``wall_seconds`` is a backstop for sleeping programs: processor time is what is judged.
    """

    cpu_seconds: float = 10.0
    wall_seconds: float = 20.0
    memory_bytes: int = 512 * MIB
    output_bytes: int = 16 * MIB
    processes: int = 64


class RunStatus(enum.Enum):
    """How one run of a program ended."""

    EXITED = "exited"
    """By itself: see ``exit_code``. An exit code other than 0 is a runtime error."""
    SIGNALED = "signaled"
    """By a signal that we did not send: see ``signal``."""
    EXCEPTION = "exception"
    """A call case raised: ``message`` names the exception type and text."""
    NO_RESULT = "no_result"
    """A call case returned something that is no plain value, or the process ended before it
    returned."""
    FAILED = "failed"
    """An assertion of test code does not hold. Of test code, EXITED means that it passed, EXCEPTION
    that it raised something else, NO_RESULT that the candidate's process ended under it."""
    SKIPPED = "skipped"
    """Test code was skipped by itself. Only in ``CaseRun.tests``."""
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"


@dataclasses.dataclass(frozen=True, slots=True)
class TestRun:
    """What became of one test of a pytest file. ``name`` is pytest's, such as "test_add[1-2]"."""

    __test__: ClassVar[bool] = False

    name: str
    status: RunStatus
    message: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class CaseRun:
    """What one case produced. Times in seconds, memory in bytes (0: not measured).

    ``stdout`` is complete up to ``Limits.output_bytes``; ``stderr_tail`` holds the last 2 KiB at
    most. ``value`` is a call case's return value, rebuilt outside the jail from exact builtin types
    only (None, bool, int, float, str, list, tuple, set, dict, bytes is refused); it means something
    only when ``status`` is EXITED and ``has_value`` is true.
    """

    status: RunStatus
    stdout: bytes = b""
    stderr_tail: bytes = b""
    exit_code: int = 0
    signal: int = 0
    value: Any = None
    has_value: bool = False
    message: str = ""
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_memory_bytes: int = 0
    tests: Sequence[TestRun] = ()
    """The tests of a pytest file that ran to its end, in order; the times are of all together."""


@dataclasses.dataclass(frozen=True, slots=True)
class CompileFailure:
    """The program does not compile: ``message`` holds the compiler's words, cut to 4 KiB.

    ``reason`` is "syntax", "time_limit", "memory_limit" or "output_limit".
    """

    reason: str
    message: str


class SandboxUnavailable(Exception):
    """The sandbox itself is broken or lacks the toolchain: never the candidate's fault."""


class PartnerFailure(Exception):
    """Raised when the other program of an interaction does not compile: never the candidate's
    fault. ``failure`` says why.
    """

    def __init__(self, failure: CompileFailure) -> None:
        super().__init__(f"the partner program does not compile ({failure.reason})")
        self.failure = failure


class SandboxStopped(Exception):
    """Raised by a running sandbox when nobody wants the answer any more: no fault of anyone's."""


class Sandbox(Protocol):
    """Runs candidate programs behind walls."""

    def missing(self, language: str) -> str | None:
        """None when programs in ``language`` can run here, else what is missing and the fix."""
        ...

    def toolchain(self, language: str) -> str:
        """What programs in ``language`` are run with, as "g++ 12.2.0"; "" when it is missing."""
        ...

    def run(
        self, program: Program, cases: Iterable[Case], limits: Limits
    ) -> CompileFailure | Iterable[CaseRun]:
        """Compile once, then run the cases in order, each taken when its run is asked for.

        Returns the compile failure, or one CaseRun for each case as they come. The caller may stop
        iterating (and must then call ``close()`` on the iterator, as generators allow): the rest is
        not run.
        Every process of the candidate is gone when iteration ends or is closed.

        Raises SandboxUnavailable when the sandbox itself failed.
        """
        ...

    def run_suite(
        self, program: Program, suite: Sequence[TestCode], limits: Limits
    ) -> CompileFailure | Iterable[CaseRun]:
        """Compile once, then run test code against the program's module, in processes apart.

        As ``run``, with the tests as cases: the limits hold for the candidate and for the test
        code, each by itself; what is told of time and memory is of both together.

        Raises SandboxUnavailable also when a pytest file is to run and pytest is not installed.
        """
        ...

    def interact(
        self,
        candidate: Program,
        partner: Program,
        cases: Iterable[StdinCase],
        limits: Limits,
        partner_limits: Limits,
    ) -> CompileFailure | Iterable[tuple[CaseRun, CaseRun]]:
        """Let two programs talk, each behind walls of its own, over two pipes and nothing else.

        What the one writes to its standard output the other reads on its standard input. ``cases``
        are the partner's: their arguments and files; their ``stdin`` is not used. Both get a fresh
        process for each case, and both have ended when its runs come: the candidate's, the
        partner's. ``stdout`` is empty in both, ``wall_seconds`` tells which ended first.

        Otherwise as ``run``: returns the candidate's compile failure.
        Raises PartnerFailure when the partner does not compile.
        """
        ...
