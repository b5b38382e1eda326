"""The sandbox of a worker slot: candidate programs in the jail, one keeper for each.

What happens after a candidate's source has reached a keeper is the candidate's doing, even when
the keeper is lost: a policy that could make the sandbox look broken would learn to.
"""

from __future__ import annotations

import copy
import dataclasses
import functools
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adjudge_verifiers.sandbox import (
    MIB,
    CallCase,
    CaseRun,
    CompileFailure,
    RunStatus,
    Sandbox,
    SandboxStopped,
    SandboxUnavailable,
)
from adjudge_worker.guest import values
from adjudge_worker.guest.orders import Bounds, Compile
from adjudge_worker.jail.endings import case_run
from adjudge_worker.jail.keeper import GRACE_SECONDS, Keeper, KeeperLost
from adjudge_worker.jail.languages import LANGUAGES, find_toolchains
from adjudge_worker.jail.languages.python import library_folders
from adjudge_worker.jail.making import make

from adjudge_worker.jail.suite import SuiteRun, missing_for

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Sequence

    from adjudge_verifiers.sandbox import Case, Limits, Program, TestCode
    from adjudge_worker.jail.compile_cache import CompileCache

COMPILE_BOUNDS = Bounds(
    cpu_seconds=20.0,
    wall_seconds=40.0,
    memory_bytes=1024 * MIB,
    output_bytes=64 * MIB,
    processes=64,
)


class JailSandbox(Sandbox):
    """Runs candidate programs in the jail of one slot. One program at a time."""

    def __init__(
        self,
        start_keeper: Callable[[socket.socket], int],
        stop: Callable[[], object] = lambda: None,
        cache: CompileCache | None = None,
    ) -> None:
        """``start_keeper`` hands a socket to the zygote and returns a pidfd of the keeper on it.

        It raises JailError when the jail gives none. ``stop`` is asked every 50 ms: true ends the
        program under way with SandboxStopped. Without a ``cache`` every program is compiled.
        """
        self._start_keeper = start_keeper
        self._stop = stop
        self._cache = cache
        self._libraries = library_folders()
        self._toolchains = find_toolchains()

    def until(self, stop: Callable[[], object]) -> JailSandbox:
        """The same sandbox, which gives up when ``stop()`` is true."""
        twin = copy.copy(self)
        twin._stop = stop  # noqa: SLF001 - its own class
        return twin

    def missing(self, language: str) -> str | None:
        """None when programs in ``language`` can run here, else what is missing."""
        if language not in LANGUAGES:
            return f"no such language: {language!r}; there are {', '.join(sorted(LANGUAGES))}"
        return self._toolchains.missing.get(language)

    def toolchain(self, language: str) -> str:
        """What programs in ``language`` are run with, such as "g++ 12.2.0"; "" when missing."""
        found = self._toolchains.found.get(language)
        return found.version if found is not None else ""

    def run(
        self, program: Program, cases: Sequence[Case], limits: Limits
    ) -> CompileFailure | Iterator[CaseRun]:
        """Compile once, then run the cases in order; see ``Sandbox.run``."""
        missing = self.missing(program.language)
        if missing is not None:
            raise SandboxUnavailable(missing)
        runtime_bytes = LANGUAGES[program.language].runtime_bytes
        limits = dataclasses.replace(limits, memory_bytes=limits.memory_bytes + runtime_bytes)
        order = self._order(program, limits)
        keeper = functools.partial(Keeper, self._start_keeper, self._stop)
        candidate = _Candidate(keeper, order, program, cases, limits, cache=self._cache)
        try:
            failure = candidate.begin()
        except BaseException:
            candidate.close()
            raise
        if failure is None:
            return candidate
        candidate.close()
        return failure

    def run_suite(
        self, program: Program, suite: Sequence[TestCode], limits: Limits
    ) -> CompileFailure | Iterator[CaseRun]:
        """Compile once, then run test code against its module; see ``Sandbox.run_suite``."""
        missing = self.missing(program.language) or missing_for(program, suite)
        if missing is not None:
            raise SandboxUnavailable(missing)
        keeper = functools.partial(Keeper, self._start_keeper, self._stop)
        run = SuiteRun(keeper, self._order(program, limits), program, suite, limits)
        failure = run.begin()
        return run if failure is None else failure

    def _order(self, program: Program, limits: Limits) -> Compile:
        language = LANGUAGES[program.language]
        toolchain = self._toolchains.found[program.language]
        return Compile(
            recipe=language.recipe(toolchain, program, limits.memory_bytes),
            entry_point=program.entry_point,
            node_types=dict(program.node_types),
            libraries=self._libraries if program.language == "python" else {},
            compile_bounds=dataclasses.replace(
                COMPILE_BOUNDS, address_space=not language.compiler_reserves
            ),
            run_bounds=Bounds(
                cpu_seconds=limits.cpu_seconds,
                wall_seconds=limits.wall_seconds,
                memory_bytes=limits.memory_bytes,
                output_bytes=limits.output_bytes,
                processes=limits.processes,
                address_space=not language.reserves,
            ),
        )


class _Candidate(Iterator[CaseRun]):
    """One program on its way through its cases, with a fresh keeper whenever one is lost.

    All its processes are gone after the last case, or when closed.
    """

    def __init__(
        self,
        start_keeper: Callable[[], Keeper],
        order: Compile,
        program: Program,
        cases: Sequence[Case],
        limits: Limits,
        *,
        cache: CompileCache | None,
    ) -> None:
        self._start_keeper = start_keeper
        self._cache = cache
        self._order = order
        self._program = program
        self._cases = iter(cases)
        self._limits = limits
        self._keeper: Keeper | None = None

    def begin(self) -> CompileFailure | None:
        """Start a keeper and compile. Raises SandboxUnavailable."""
        source = self._program.source.encode("utf-8", "surrogatepass")
        try:
            self._keeper, compiled = make(self._start_keeper, self._order, source, {}, self._cache)
        except KeeperLost as lost:
            return CompileFailure("time_limit" if lost.late else "memory_limit", str(lost))
        if compiled.reason:
            return CompileFailure(compiled.reason, compiled.message)
        return None

    def __next__(self) -> CaseRun:
        case = next(self._cases, None)
        if case is None:
            self.close()
            raise StopIteration
        try:
            return self._run(case)
        except SandboxStopped:
            self.close()
            raise

    def close(self) -> None:
        """End the keeper and all processes of the candidate; what is left is not run."""
        self._cases = iter(())
        self._end_keeper()

    def _end_keeper(self) -> None:
        if self._keeper is not None:
            self._keeper.end()
            self._keeper = None

    def _run(self, case: Case) -> CaseRun:
        if self._keeper is None:
            failure = self.begin()
            if failure is not None:
                return CaseRun(RunStatus.MEMORY_LIMIT, message=failure.message)
        limits = self._limits
        call = isinstance(case, CallCase)
        data = _input(case)
        assert self._keeper is not None  # noqa: S101 - begun above
        try:
            ending, stdout, stderr, result = self._keeper.run(
                data, limits.wall_seconds, limits.output_bytes
            )
        except KeeperLost as lost:
            self._end_keeper()
            return _lost(lost, limits)
        if ending.last:
            self._end_keeper()
        return case_run(ending, stdout, stderr, result, limits, call=call)


def _input(case: Case) -> bytes:
    """What the candidate's process is given: its standard input, or the arguments of the call."""
    if isinstance(case, CallCase):
        return values.encode([list(case.arguments), case.keyword_arguments])
    return case.stdin


def _lost(lost: KeeperLost, limits: Limits) -> CaseRun:
    if lost.late:
        return CaseRun(RunStatus.TIME_LIMIT, wall_seconds=limits.wall_seconds + GRACE_SECONDS)
    message = "the program brought its sandbox down"
    return CaseRun(RunStatus.SIGNALED, signal=int(signal.SIGKILL), message=message)
