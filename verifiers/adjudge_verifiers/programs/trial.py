"""The trial of one candidate: its tests run one after the other, each judged as it comes."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from typing import TYPE_CHECKING, Any

from adjudge_verifiers.contract import CaseResult, Outcome
from adjudge_verifiers.programs.custom_checker import CustomChecker
from adjudge_verifiers.programs.interaction import Interactions
from adjudge_verifiers.programs.report import CaseReport, report
from adjudge_verifiers.programs.suites import suite_reports
from adjudge_verifiers.sandbox import CompileFailure, RunStatus, SandboxUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from adjudge_verifiers.programs.prepared import PreparedTask
    from adjudge_verifiers.sandbox import Case, CaseRun, Program, Sandbox

NEAR = 1.25
"""A program that needs up to this share of its processor time is run once more before it is said
to need too much: a busy machine makes programs slower."""
MOST_SECOND_RUNS = 3


class Trial:
    """One candidate before one task's tests. For one use."""

    def __init__(self, task: PreparedTask, program: Program, sandbox: Sandbox) -> None:
        """Raises Unavailable when this worker lacks the language of a helper program."""
        self._task = task
        self._program = program
        self._sandbox = sandbox
        self._limits = dataclasses.replace(task.limits, cpu_seconds=NEAR * task.limits.cpu_seconds)
        self._checker = (
            CustomChecker(task.checker_program, sandbox, task.proved)
            if task.checker_program is not None
            else None
        )
        self._interactions = (
            Interactions(task, task.interactor, sandbox, task.proved)
            if task.interactor is not None
            else None
        )
        self._lost_subtasks: set[int] = set()
        self._asked: list[int] = []
        self._cpu_seconds = 0.0
        self._started = time.monotonic()
        self.reports: list[tuple[int, CaseReport]] = []
        """With the number of the test, from 0; a pytest file is one test with several reports."""
        self.shares: dict[int, float] = {}
        """What each test that ran has earned, from 0 to 1."""
        self.second_runs: list[dict[str, Any]] = []
        """Tests that were run again, with the processor time of both runs."""

    def hold(self) -> CompileFailure | None:
        """Run and judge until all is decided; returns why the program does not compile, if so.

        Raises BadTask when a helper program is broken, SandboxUnavailable when the sandbox answers
        fewer or more cases than it was asked, or failed.
        """
        with contextlib.ExitStack() as stack:
            if self._checker is not None:
                stack.enter_context(self._checker)
            runs = self._start_all()
            if isinstance(runs, CompileFailure):
                return runs
            iterator = iter(runs)
            stack.callback(getattr(iterator, "close", lambda: None))
            self._follow(iterator)
        return None

    def _start(self, cases: Iterable[Case]) -> CompileFailure | Iterable[Any]:
        """Each run that comes is a CaseRun, or two of an interaction."""
        if self._interactions is None:
            return self._sandbox.run(self._program, cases, self._limits)
        return self._interactions.start(self._program, cases, self._limits)  # type: ignore[arg-type]  # all stdin cases

    def _start_all(self) -> CompileFailure | Iterable[Any]:
        suite = self._task.suite
        if not suite:
            return self._start(self._wanted())
        self._asked = list(range(len(suite)))
        return self._sandbox.run_suite(self._program, suite, self._task.limits)

    def _wanted(self) -> Iterator[Any]:
        """The cases that can still matter; which are asked for is noted."""
        subtasks, stops = self._task.subtasks, self._task.stop_at_first_failure
        for number, case in enumerate(self._task.cases):
            if stops and subtasks and not subtasks.can_earn(number, self._lost_subtasks):
                continue
            self._asked.append(number)
            yield case

    def _follow(self, runs: Iterator[Any]) -> None:
        seen = 0
        for run in runs:
            if seen == len(self._asked):
                raise SandboxUnavailable("the sandbox answered more cases than it was asked")
            number = self._asked[seen]
            seen += 1
            self._take(number, self._judge(number, run))
            if self._is_decided() or self._over_budget():
                return
        if seen != len(self._asked) or not seen:
            raise SandboxUnavailable(f"the sandbox answered {seen} of {len(self._asked)} cases")

    def _is_decided(self) -> bool:
        task = self._task
        if not task.stop_at_first_failure or task.subtasks is not None:
            return False
        return self.shares[self.reports[-1][0]] < 1

    def _take(self, number: int, reports: Sequence[CaseReport]) -> None:
        self.reports += [(number, one) for one in reports]
        share = self.shares[number] = min(one.share for one in reports)
        if self._task.subtasks is not None and not share:
            self._lost_subtasks.update(self._task.subtasks.groups_of[number])

    def _judge(self, number: int, came: Any) -> Sequence[CaseReport]:
        if self._task.suite:
            self._cpu_seconds += came.cpu_seconds
            return suite_reports(came, self._task.limits)
        run, *partner = came if isinstance(came, tuple) else (came,)
        self._cpu_seconds += run.cpu_seconds
        if self._is_near(run):
            run, *partner = self._faster(number, [run, *partner])
        if run.status is RunStatus.EXITED and run.cpu_seconds > self._task.limits.cpu_seconds:
            run = dataclasses.replace(run, status=RunStatus.TIME_LIMIT)
        if self._interactions is not None:
            return [self._interactions.report(number, run, *partner)]
        return [report(self._task, number, run, self._checker)]

    def _is_near(self, run: CaseRun) -> bool:
        """Whether a program ended by itself, a little over its time."""
        limit = self._task.limits.cpu_seconds
        return (
            run.status is not RunStatus.TIME_LIMIT
            and limit < run.cpu_seconds <= NEAR * limit
            and len(self.second_runs) < MOST_SECOND_RUNS
        )

    def _faster(self, number: int, first: list[CaseRun]) -> list[CaseRun]:
        """The first run of a case, with its partner's if any, or a second one that was faster."""
        runs = self._start([self._task.cases[number]])  # type: ignore[list-item]  # no test code
        if isinstance(runs, CompileFailure):
            return first
        answers = list(runs)
        if len(answers) != 1:
            raise SandboxUnavailable("the sandbox did not run a case again")
        second = [*answers[0]] if isinstance(answers[0], tuple) else answers
        seconds = [first[0].cpu_seconds, second[0].cpu_seconds]
        self._cpu_seconds += seconds[1]
        self.second_runs.append({"test": number, "cpu_seconds": seconds})
        return second if seconds[1] < seconds[0] else first

    def _over_budget(self) -> bool:
        """Whether the budget of all tests together is used up; notes it at the next test."""
        budget = self._task.budget
        left = next((n for n in range(len(self._task.cases)) if n not in self.shares), None)
        cpu_is_spent = self._cpu_seconds > budget.cpu_seconds
        is_spent = cpu_is_spent or time.monotonic() - self._started > budget.wall_seconds
        if left is None or not is_spent:
            return False
        message = (
            f"not run: the tests before it used the whole budget of {budget.cpu_seconds:g} s of "
            f"processor time or {budget.wall_seconds:g} s on the clock"
        )
        reason = "cpu_budget" if cpu_is_spent else "wall_budget"
        self._take(left, [CaseReport(CaseResult(Outcome.TIME_LIMIT, message), reason)])
        return True
