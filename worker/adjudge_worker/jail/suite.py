"""Test code against a candidate's module: two keepers, one socket between two of their processes.

What the processes say to each other, the slot does not hear. It takes the word of the test process
alone, whose keeper no candidate is in.
"""

from __future__ import annotations

import dataclasses
import json
import signal
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from adjudge_verifiers.sandbox import (
    MIB,
    CaseRun,
    CompileFailure,
    RunStatus,
    TestRun,
)
from adjudge_worker.guest.orders import Recipe
from adjudge_worker.jail.endings import case_run
from adjudge_worker.jail.keeper import GRACE_SECONDS, Keeper, KeeperLost
from adjudge_worker.jail.languages.python import library_folders
from adjudge_worker.jail.making import make

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge_verifiers.sandbox import Limits, Program, TestCode
    from adjudge_worker.guest.orders import Compile
    from adjudge_worker.jail.test_keepers import TestKeepers

PYTEST_LIBRARIES: Final = (
    "_pytest",
    "iniconfig",
    "packaging",
    "pluggy",
    "py",
    "pygments",
    "pytest",
)
"""What pytest needs, beside what candidates may import."""

_STATUSES: Final = {
    "passed": RunStatus.EXITED,
    "failed": RunStatus.FAILED,
    "raised": RunStatus.EXCEPTION,
    "lost": RunStatus.NO_RESULT,
    "skipped": RunStatus.SKIPPED,
}
_LIMITS: Final = frozenset({RunStatus.TIME_LIMIT, RunStatus.MEMORY_LIMIT, RunStatus.OUTPUT_LIMIT})
_WAITS_LONGER_SECONDS: Final = 0.5
"""So that a candidate that never answers runs into its own limit, not the test code into its."""
_MESSAGE_CHARACTERS: Final = 1_000
_HARNESS_BYTES: Final = 96 * MIB
"""What pytest and our harness need beside what the tests use themselves."""

_Told = tuple[CaseRun, bytes]


def missing_for(program: Program, suite: Sequence[TestCode]) -> str | None:
    """None when the suite can run here, else what is missing and how to get it."""
    if program.language != "python":
        return f"test code is for Python programs, not for {program.language}"
    if any(test.is_file for test in suite) and "pytest" not in library_folders(["pytest"]):
        return "pytest files need pytest on the worker (pip install pytest)"
    return None


class SuiteRun(Iterator[CaseRun]):
    """One candidate on its way through its tests, with fresh keepers whenever one is lost.

    All processes of the candidate and of its tests are gone after the last test, or when closed.
    """

    def __init__(
        self,
        start_keeper: Callable[[], Keeper],
        order: Compile,
        program: Program,
        suite: Sequence[TestCode],
        limits: Limits,
        *,
        shelf: TestKeepers,
        stop: Callable[[], object],
    ) -> None:
        """``start_keeper`` may raise SandboxUnavailable; keepers of test code rest on ``shelf``."""
        self._start_keeper = start_keeper
        self._hosted_order = dataclasses.replace(order, role="hosted", entry_point=None)
        self._tests_order = _tests_order(order, suite)
        self._shelf = shelf
        self._stop = stop
        self._program = program
        self._suite = iter(suite)
        self._left = len(suite)
        self._limits = limits
        self._candidate: Keeper | None = None
        self._tests: Keeper | None = None
        self._runs = 0
        self._tests_rest = False

    def begin(self) -> CompileFailure | None:
        """Start the candidate's keeper and compile. Raises SandboxUnavailable."""
        failure = self._begin()
        if failure is not None:
            self.close()
        return failure

    def __next__(self) -> CaseRun:
        test = next(self._suite, None)
        if test is None:
            self.close()
            raise StopIteration
        self._left -= 1
        try:
            return self._judge(test)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End both keepers and all processes in them; what is left is not run."""
        self._suite = iter(())
        self._end_candidate()
        if self._tests is not None:
            if self._tests_rest:
                self._shelf.put(self._tests_order, self._tests)
            else:
                self._tests.end()
            self._tests = None

    def _begin(self) -> CompileFailure | None:
        source = self._program.source.encode("utf-8", "surrogatepass")
        try:
            self._candidate, compiled = make(
                self._start_keeper, self._hosted_order, source, {}, None
            )
        except KeeperLost as lost:
            self._end_candidate()
            return CompileFailure("time_limit" if lost.late else "memory_limit", str(lost))
        except BaseException:
            self.close()
            raise
        self._runs = 0
        if compiled.reason:
            return CompileFailure(compiled.reason, compiled.message)
        return None

    def _judge(self, test: TestCode) -> CaseRun:
        """Run one test; a second time, in a fresh process, when it failed in one used before.

        A time limit is not tried again: it would double the cost of every endless loop.
        """
        used = self._runs > 0
        run = self._run(test, b"last" if self._left == 0 else b"")
        if used and run.status not in {RunStatus.EXITED, RunStatus.TIME_LIMIT}:
            run = self._run(test, b"fresh")
        return run

    def _run(self, test: TestCode, words: bytes) -> CaseRun:
        """Run one test; ``words`` go to the candidate's keeper, see ``HostedProgram.run``."""
        if self._candidate is None:
            failure = self._begin()
            if failure is not None:
                return CaseRun(RunStatus.MEMORY_LIMIT, message=failure.message)
        if self._tests is None:
            self._tests = self._shelf.take(self._tests_order, self._start_keeper, self._stop)
        self._runs += 1
        assert self._candidate is not None  # noqa: S101 - begun above
        self._tests_rest = False
        wall_seconds = self._limits.wall_seconds
        one, other = socket.socketpair()
        with one, other:
            try:
                self._candidate.begin(words, wall_seconds, descriptors=[one.fileno()])
            except KeeperLost as lost:
                self._end_candidate()
                return self._lost(lost)
            self._tests.begin(
                _data(test, self._program.entry_point, last=words == b"last"),
                wall_seconds + _WAITS_LONGER_SECONDS,
                descriptors=[other.fileno()],
            )
        told, result = self._finish_tests()
        self._tests_rest = self._tests is not None and words == b"last"
        ended, _ = self._finish_candidate()
        return _merged(told, result, ended)

    def _finish_tests(self) -> _Told:
        """How the test process ended, and what our harness left in it."""
        assert self._tests is not None  # noqa: S101 - running
        try:
            answer = self._tests.finish(self._limits.output_bytes)
        except KeeperLost as lost:
            self._end_tests()
            return self._lost(lost), b""
        if answer[0].last:
            self._end_tests()
        ending, stdout, stderr, result = answer
        bounds = self._tests_order.run_bounds
        limits = dataclasses.replace(self._limits, memory_bytes=bounds.memory_bytes)
        return case_run(ending, stdout, stderr, b"", limits, call=False), result

    def _finish_candidate(self) -> _Told:
        """How the candidate's process ended. It left nothing that anybody reads."""
        assert self._candidate is not None  # noqa: S101 - running
        try:
            ending, stdout, stderr, _ = self._candidate.finish(self._limits.output_bytes)
        except KeeperLost as lost:
            self._end_candidate()
            return self._lost(lost), b""
        if ending.last:
            self._end_candidate()
        return case_run(ending, stdout, stderr, b"", self._limits, call=False), b""

    def _lost(self, lost: KeeperLost) -> CaseRun:
        if lost.late:
            seconds = self._limits.wall_seconds + GRACE_SECONDS
            return CaseRun(RunStatus.TIME_LIMIT, wall_seconds=seconds)
        message = "the program brought its sandbox down"
        return CaseRun(RunStatus.SIGNALED, signal=int(signal.SIGKILL), message=message)

    def _end_candidate(self) -> None:
        if self._candidate is not None:
            self._candidate.end()
            self._candidate = None

    def _end_tests(self) -> None:
        if self._tests is not None:
            self._tests.end()
            self._tests = None


def _tests_order(order: Compile, suite: Sequence[TestCode]) -> Compile:
    """The order to a keeper of test code: limits as the candidate's, and what our harness needs."""
    libraries = dict(order.libraries)
    if any(test.is_file for test in suite):
        libraries |= library_folders(PYTEST_LIBRARIES)
    wall_seconds = order.run_bounds.wall_seconds + _WAITS_LONGER_SECONDS
    return dataclasses.replace(
        order,
        recipe=Recipe("test.py"),
        role="tests",
        entry_point=None,
        libraries=libraries,
        run_bounds=dataclasses.replace(
            order.run_bounds,
            wall_seconds=wall_seconds,
            memory_bytes=order.run_bounds.memory_bytes + _HARNESS_BYTES,
        ),
    )


def _data(test: TestCode, entry_point: str | None, *, last: bool) -> bytes:
    order = {
        "kind": "pytest" if test.is_file else "code",
        "code": test.code,
        "module_name": test.module_name,
        "entry_point": entry_point,
        "last": last,
    }
    return json.dumps(order).encode()


def _merged(told: CaseRun, result: bytes, ended: CaseRun) -> CaseRun:
    """What the tests said, unless a limit was broken on either side."""
    facts: dict[str, Any] = {
        "stdout": told.stdout,
        "stderr_tail": told.stderr_tail,
        "cpu_seconds": told.cpu_seconds + ended.cpu_seconds,
        "wall_seconds": max(told.wall_seconds, ended.wall_seconds),
        "peak_memory_bytes": told.peak_memory_bytes + ended.peak_memory_bytes,
    }
    for run in (ended, told):
        if run.status in _LIMITS:
            return dataclasses.replace(run, **facts)
    tests = _test_runs(result)
    if not tests:
        message = "the test's process ended before the test did"
        return CaseRun(RunStatus.NO_RESULT, message=message, **facts)
    ran = [test for test in tests if test.status is not RunStatus.SKIPPED]
    bad = [test for test in ran if test.status is not RunStatus.EXITED]
    if not ran:
        return CaseRun(RunStatus.FAILED, message="all tests were skipped", tests=tests, **facts)
    first = bad[0] if bad else ran[0]
    return CaseRun(first.status, message=first.message, tests=tests, **facts)


def _test_runs(result: bytes) -> list[TestRun]:
    """The tests of a result that our harness left; none when there is no result."""
    if not result:
        return []
    try:
        tests = json.loads(result)["tests"]
        return [
            TestRun(test["name"], _STATUSES[test["status"]], test["message"][:_MESSAGE_CHARACTERS])
            for test in tests
        ]
    except (ValueError, KeyError, TypeError):  # test code wrote into it
        return []
