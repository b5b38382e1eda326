"""The sandbox of a worker slot: candidate programs in the jail, one keeper for each.

What happens after a candidate's source has reached a keeper is the candidate's doing, even when
the keeper is lost: a policy that could make the sandbox look broken would learn to.
"""

from __future__ import annotations

import copy
import dataclasses
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adjudge_verifiers.sandbox import (
    MIB,
    CaseRun,
    CompileFailure,
    PartnerFailure,
    Sandbox,
    SandboxStopped,
    SandboxUnavailable,
)
from adjudge_worker.guest.orders import Bounds, Compile
from adjudge_worker.jail.interaction import Interactions
from adjudge_worker.jail.keeper import Keeper
from adjudge_worker.jail.languages import LANGUAGES, find_toolchains
from adjudge_worker.jail.languages.python import LIBRARIES, library_folders
from adjudge_worker.jail.one_program import OneProgram
from adjudge_worker.jail.suite import SuiteRun, missing_for
from adjudge_worker.jail.test_keepers import TestKeepers

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable, Sequence

    from adjudge_verifiers.sandbox import Case, Limits, Program, StdinCase, TestCode
    from adjudge_worker.jail.compile_cache import CompileCache

COMPILE_BOUNDS = Bounds(
    cpu_seconds=20.0,
    wall_seconds=40.0,
    memory_bytes=1024 * MIB,
    output_bytes=64 * MIB,
    processes=256,  # linkers start a thread for each processor of the machine
)


class JailSandbox(Sandbox):
    """Runs candidate programs in the jail of one slot. One program at a time."""

    def __init__(
        self,
        start_keeper: Callable[[socket.socket], int],
        stop: Callable[[], object] = lambda: None,
        cache: CompileCache | None = None,
        libraries: Sequence[str] = LIBRARIES,
    ) -> None:
        """``start_keeper`` hands a socket to the zygote and returns a pidfd of the keeper on it.

        It raises JailError when the jail gives none. ``stop`` is asked every 50 ms: true ends the
        program under way with SandboxStopped. Without a ``cache`` every program is compiled.
        ``libraries`` are the third-party modules that Python programs may import.
        """
        self._start_keeper = start_keeper
        self._stop = stop
        self._cache = cache
        self._libraries = library_folders(libraries)
        self._toolchains = find_toolchains()
        self._test_keepers = TestKeepers()

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
        self, program: Program, cases: Iterable[Case], limits: Limits
    ) -> CompileFailure | Iterator[CaseRun]:
        """Compile once, then run the cases in order; see ``Sandbox.run``."""
        missing = self.missing(program.language)
        if missing is not None:
            raise SandboxUnavailable(missing)
        one = self._one_program(program, limits)
        return _begun(one) or _Runs(one, cases)

    def interact(
        self,
        candidate: Program,
        partner: Program,
        cases: Iterable[StdinCase],
        limits: Limits,
        partner_limits: Limits,
    ) -> CompileFailure | Iterator[tuple[CaseRun, CaseRun]]:
        """Let two programs talk, each in its own keeper; see ``Sandbox.interact``."""
        missing = self.missing(candidate.language) or self.missing(partner.language)
        if missing is not None:
            raise SandboxUnavailable(missing)
        one = self._one_program(candidate, limits)
        failure = _begun(one)
        if failure is not None:
            return failure
        other = self._one_program(partner, partner_limits)
        try:
            failure = _begun(other)
        except BaseException:
            one.close()
            raise
        if failure is not None:
            one.close()
            raise PartnerFailure(failure)
        return Interactions(one, other, cases)

    def _one_program(self, program: Program, limits: Limits) -> OneProgram:
        runtime_bytes = LANGUAGES[program.language].runtime_bytes
        limits = dataclasses.replace(limits, memory_bytes=limits.memory_bytes + runtime_bytes)
        keeper = functools.partial(Keeper, self._start_keeper, self._stop)
        return OneProgram(keeper, self._order(program, limits), program, limits, self._cache)

    def run_suite(
        self, program: Program, suite: Sequence[TestCode], limits: Limits
    ) -> CompileFailure | Iterator[CaseRun]:
        """Compile once, then run test code against its module; see ``Sandbox.run_suite``."""
        missing = self.missing(program.language) or missing_for(program, suite)
        if missing is not None:
            raise SandboxUnavailable(missing)
        keeper = functools.partial(Keeper, self._start_keeper, self._stop)
        order = self._order(program, limits)
        run = SuiteRun(
            keeper, order, program, suite, limits, shelf=self._test_keepers, stop=self._stop
        )
        failure = run.begin()
        return run if failure is None else failure

    def close(self) -> None:
        """End what waits for a next candidate. The sandbox can be used again."""
        self._test_keepers.end()

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
            files=[*program.files],
        )


def _begun(one: OneProgram) -> CompileFailure | None:
    """Compile; a program that did not get that far is closed."""
    try:
        failure = one.begin()
    except BaseException:
        one.close()
        raise
    if failure is not None:
        one.close()
    return failure


class _Runs(Iterator[CaseRun]):
    """The runs of one program. All its processes are gone after the last one, or when closed."""

    def __init__(self, one: OneProgram, cases: Iterable[Case]) -> None:
        self._one = one
        self._cases = iter(cases)

    def __next__(self) -> CaseRun:
        case = next(self._cases, None)
        if case is None:
            self.close()
            raise StopIteration
        try:
            return self._one.run(case)
        except SandboxStopped:
            self.close()
            raise

    def close(self) -> None:
        """End the program; what is left is not run."""
        self._cases = iter(())
        self._one.close()
