"""One program in the jail, from its source to the runs of its cases."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

from adjudge_verifiers.sandbox import CallCase, CaseRun, CompileFailure, RunStatus
from adjudge_worker.guest import values
from adjudge_worker.guest.orders import Run
from adjudge_worker.jail.endings import case_run
from adjudge_worker.jail.keeper import GRACE_SECONDS, Keeper, KeeperLost
from adjudge_worker.jail.making import make

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge_verifiers.sandbox import Case, Limits, Program
    from adjudge_worker.guest.orders import Compile
    from adjudge_worker.jail.compile_cache import CompileCache


class OneProgram:
    """One program, compiled once and run often, with a fresh keeper whenever one is lost.

    All its processes are gone when it is closed.
    """

    def __init__(
        self,
        start_keeper: Callable[[], Keeper],
        order: Compile,
        program: Program,
        limits: Limits,
        cache: CompileCache | None,
    ) -> None:
        self._start_keeper = start_keeper
        self._order = order
        self._program = program
        self._limits = limits
        self._cache = cache
        self._keeper: Keeper | None = None
        self._lost: CaseRun | None = None
        self._calls = False
        self.ended_at = 0.0
        """When the last run ended, on the machine's monotonic clock."""

    def begin(self) -> CompileFailure | None:
        """Start a keeper and compile. Raises SandboxUnavailable."""
        program = self._program
        source = program.source.encode("utf-8", "surrogatepass")
        try:
            self._keeper, compiled = make(
                self._start_keeper, self._order, source, program.files, self._cache
            )
        except KeeperLost as lost:
            return CompileFailure("time_limit" if lost.late else "memory_limit", str(lost))
        if compiled.reason:
            return CompileFailure(compiled.reason, compiled.message)
        return None

    def run(self, case: Case) -> CaseRun:
        """Run one case. Raises SandboxStopped, SandboxUnavailable."""
        self.make_ready()
        self.start(case)
        return self.finish()

    def make_ready(self) -> None:
        """Have a keeper with the compiled program, a fresh one if the last was lost."""
        self._lost = None
        if self._keeper is None:
            failure = self.begin()
            if failure is not None:
                self.close()
                self._lost = CaseRun(RunStatus.MEMORY_LIMIT, message=failure.message)

    def start(self, case: Case, streams: Sequence[int] = ()) -> None:
        """Let a case start; ``streams``, if any, are the program's standard input and output."""
        if self._keeper is None or self._lost is not None:
            return
        self._calls = isinstance(case, CallCase)
        files = {} if isinstance(case, CallCase) else case.files
        arguments = [] if isinstance(case, CallCase) else [*case.arguments]
        order = Run(streams=bool(streams), arguments=arguments, files=[*files])
        wall_seconds, contents = self._limits.wall_seconds, [*files.values()]
        try:
            self._keeper.begin(_input(case), wall_seconds, order, streams, contents)
        except KeeperLost as lost:
            self._lose(lost)

    def finish(self) -> CaseRun:
        """What the case that was started has produced. Raises SandboxStopped."""
        limits = self._limits
        if self._keeper is not None and self._lost is None:
            try:
                ending, stdout, stderr, result = self._keeper.finish(limits.output_bytes)
            except KeeperLost as lost:
                self._lose(lost)
            else:
                if ending.last:
                    self.close()
                self.ended_at = ending.ended_at
                return case_run(ending, stdout, stderr, result, limits, call=self._calls)
        assert self._lost is not None  # noqa: S101 - else there was a keeper
        return self._lost

    def close(self) -> None:
        """End the keeper and all processes of the program."""
        if self._keeper is not None:
            self._keeper.end()
            self._keeper = None

    def _lose(self, lost: KeeperLost) -> None:
        self.close()
        self._lost = _lost(lost, self._limits)
        self.ended_at = time.monotonic()


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
