"""The verifier ``programs``: does the candidate's program pass every hidden test?"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any

from adjudge_verifiers.contract import (
    Budget,
    Outcome,
    SandboxedVerifier,
    Unavailable,
    Verdict,
)
from adjudge_verifiers.programs import feedback
from adjudge_verifiers.programs.assembly import assembled
from adjudge_verifiers.programs.examples import EXAMPLES
from adjudge_verifiers.programs.fences import find_code
from adjudge_verifiers.programs.parameters import ProgramsParameters
from adjudge_verifiers.programs.prepared import PreparedTask, prepare_task
from adjudge_verifiers.programs.report import compile_report
from adjudge_verifiers.programs.trial import Trial
from adjudge_verifiers.sandbox import Program

if TYPE_CHECKING:
    from adjudge_verifiers.programs.fences import Code
    from adjudge_verifiers.sandbox import Sandbox

DECIDED_BY = "tests"


class Programs(SandboxedVerifier[ProgramsParameters, PreparedTask]):
    """Runs the candidate on every test in the sandbox and compares outside it.

    CORRECT means that every test ran and came out right; nothing that a program prints, returns or
    exits with can stand for a test. The budget bounds all tests of one candidate together.
    """

    name = "programs"
    version = "1.1.0"
    summary = "Runs a program in one of nine languages on hidden tests in a sandbox and compares."
    parameters_type = ProgramsParameters
    budget = Budget(cpu_seconds=120.0, wall_seconds=300.0, memory_bytes=16 * 1024**3)
    examples = EXAMPLES
    deterministic = False  # a program may look at the clock or throw dice

    def prepare(self, parameters: ProgramsParameters) -> PreparedTask:
        """Build the cases. Raises BadTask for broken tests or options."""
        return prepare_task(parameters, self.budget)

    def judge(self, prepared: PreparedTask, completion: str, sandbox: Sandbox) -> Verdict:
        """Judge one completion.

        Raises Unavailable when this worker lacks a language, SandboxUnavailable when the sandbox
        itself failed, BadTask when a checker program or an interactor is proved to be broken.
        """
        missing = sandbox.missing(prepared.language)
        if missing is not None:
            raise Unavailable(missing)
        verdict = _judge(prepared, completion, sandbox)
        toolchain = {"toolchain": sandbox.toolchain(prepared.language)}
        return dataclasses.replace(verdict, details={**(verdict.details or {}), **toolchain})


def _judge(prepared: PreparedTask, completion: str, sandbox: Sandbox) -> Verdict:
    code = find_code(completion, prepared.language)
    if code.source is None:
        return Verdict.fault(Outcome.NO_ANSWER, reason=code.reason, message=code.message)
    source = assembled(prepared.source_prefix, code, prepared.source_suffix, prepared.language)
    if not _is_unicode(source):
        return _compile_error(prepared, code, ("encoding", "The program is no Unicode text."))
    program = Program(prepared.language, source, prepared.entry_point, prepared.node_types)
    trial = Trial(prepared, program, sandbox)
    failure = trial.hold()
    if failure is not None:
        return _compile_error(prepared, code, compile_report(failure))
    return _verdict(prepared, code, trial)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _compile_error(task: PreparedTask, code: Code, why: tuple[str, str]) -> Verdict:
    reason, message = why
    return Verdict.fault(
        Outcome.COMPILE_ERROR,
        reason=reason,
        message=message,
        answer=code.source,
        decided_by="compiler",
        details=_details(task, code, 0),
    )


def _verdict(task: PreparedTask, code: Code, trial: Trial) -> Verdict:
    reports = [one for _, one in trial.reports]
    passed = sum(one.passed for one in reports)
    total = max(len(task.cases), len(reports))  # a pytest file is several tests
    details = {**_details(task, code, passed), "tests_total": total}
    if task.subtasks is not None:
        details["subtasks"] = task.subtasks.details(trial.shares)
        details["tests_run"] = sorted(trial.shares)
    if trial.second_runs:
        details["run_twice"] = trial.second_runs
    more: dict[str, Any] = {
        "answer": code.source,
        "decided_by": DECIDED_BY,
        "tests": feedback.results(task.feedback, reports),
        "details": details,
    }
    score = _score(task, trial, total)
    if score == 1:
        return Verdict.correct(message=f"All {passed} tests passed.", **more)
    position = next(at for at, one in enumerate(reports) if not one.passed)
    first = reports[position]
    number = position if task.suite else trial.reports[position][0]
    message = feedback.message(task.feedback, number, total, first)
    if score > 0:
        return Verdict.partial(score, reason=first.reason, message=message, **more)
    if first.result.outcome is Outcome.INCORRECT:
        return Verdict.incorrect(reason=first.reason, message=message, **more)
    return Verdict.fault(first.result.outcome, reason=first.reason, message=message, **more)


def _score(task: PreparedTask, trial: Trial, total: int) -> float:
    """What the candidate earned, from 0 to 1; exactly 1 when every test ran and passed."""
    shares = trial.shares
    if len(shares) == len(task.cases) and all(share == 1 for share in shares.values()):
        return 1.0
    earned = 0.0
    if task.subtasks is not None:
        earned = task.subtasks.earned(shares)
    elif task.partial_credit:
        earned = sum(one.share for _, one in trial.reports) / total
    return min(earned, math.nextafter(1.0, 0.0))


def _details(task: PreparedTask, code: Code, passed: int) -> dict[str, Any]:
    return {"code_from": code.how, "tests_passed": passed, "tests_total": len(task.cases)}
