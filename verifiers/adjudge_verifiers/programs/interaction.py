"""Interactive problems: who is to blame when candidate and interactor have talked.

| interactor | candidate | outcome |
|---|---|---|
| right | ended well | CORRECT |
| right | ended badly | the candidate's end |
| wrong | broke a limit | that limit |
| wrong | ended badly before it | the candidate's end: a crash explains what the interactor missed |
| wrong | otherwise | INCORRECT |
| failed, but works | ended badly before it, or broke a limit | the candidate's end |
| failed, but works | otherwise | INCORRECT |
| failed also without the candidate | | BAD_TASK |

An interactor works when it does not fail while its partner keeps still. That proof is made without
the candidate, so that no policy can turn its task into a broken one.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from adjudge_verifiers.contract import Outcome, Unavailable
from adjudge_verifiers.programs.helper_program import FAILED, PASSED
from adjudge_verifiers.programs.report import CaseReport, case_report, fault
from adjudge_verifiers.sandbox import (
    CompileFailure,
    PartnerFailure,
    Program,
    RunStatus,
    SandboxUnavailable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge_verifiers.programs.helper_program import Helper
    from adjudge_verifiers.programs.prepared import PreparedTask
    from adjudge_verifiers.sandbox import CaseRun, Limits, Sandbox, StdinCase

STILL_SECONDS = 1.0
_STILL = Program("python", f"import time\ntime.sleep({STILL_SECONDS})\n")
_BROKEN_LIMITS = {RunStatus.TIME_LIMIT, RunStatus.MEMORY_LIMIT, RunStatus.OUTPUT_LIMIT}


class Interactions:
    """The interactor of a task at work with one candidate."""

    def __init__(
        self, task: PreparedTask, interactor: Helper, sandbox: Sandbox, proved: set[int]
    ) -> None:
        """``proved`` remembers, for all candidates, the tests in which the interactor works.

        Raises Unavailable when this worker lacks its language.
        """
        missing = sandbox.missing(interactor.program.language)
        if missing is not None:
            raise Unavailable(f"{interactor.field}: {missing}")
        self._task = task
        self._interactor = interactor
        self._sandbox = sandbox
        self._proved = proved

    def start(
        self, program: Program, cases: Iterable[StdinCase], limits: Limits
    ) -> CompileFailure | Iterable[tuple[CaseRun, CaseRun]]:
        """See ``Sandbox.interact``. Raises BadTask when the interactor does not compile."""
        helper = self._interactor
        partner_limits = dataclasses.replace(
            helper.limits, wall_seconds=max(helper.limits.wall_seconds, limits.wall_seconds + 5.0)
        )  # so that of two that wait for each other, the candidate is ended first
        try:
            return self._sandbox.interact(program, helper.program, cases, limits, partner_limits)
        except PartnerFailure as error:
            raise helper.does_not_compile(error.failure.message) from error

    def report(self, number: int, run: CaseRun, partner: CaseRun) -> CaseReport:
        """Judge test ``number``. Raises BadTask when the interactor fails without the candidate."""
        share = self._interactor.said.share(partner)
        bad_end = fault(self._task, run)
        came_first = run.wall_seconds <= partner.wall_seconds
        if share is None:
            self._prove(number)
        if bad_end is not None and (share == PASSED or run.status in _BROKEN_LIMITS or came_first):
            return bad_end
        if share is None:
            words = "the interactor failed on what the program wrote"
            return case_report(run, Outcome.INCORRECT, "interactor_failed_on_output", words)
        if share == PASSED:
            return case_report(run, Outcome.CORRECT, "correct", "")
        words = "the interactor was not satisfied"
        if share == FAILED:
            return case_report(run, Outcome.INCORRECT, "wrong_interaction", words)
        return case_report(run, Outcome.INCORRECT, "partial_points", words, points=share)

    def _prove(self, number: int) -> None:
        if number in self._proved:
            return
        case = self._task.cases[number]
        runs = self._sandbox.interact(
            _STILL,
            self._interactor.program,
            [case],  # type: ignore[list-item]  # of an interactive task all are stdin cases
            self._task.limits,
            self._interactor.limits,
        )
        if isinstance(runs, CompileFailure):
            raise SandboxUnavailable(f"the still partner does not run: {runs.message}")
        for still, run in list(runs):  # to their end, so that nothing is left running
            ended_alone = run.wall_seconds < min(still.wall_seconds, STILL_SECONDS)
            if self._interactor.said.share(run) is None and ended_alone:
                raise self._interactor.failed(run, f"in tests[{number}] before anybody said a word")
        self._proved.add(number)
