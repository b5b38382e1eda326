"""The verifier ``programs``: does the candidate's program pass every hidden test?"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Any

from adjudge_verifiers.contract import (
    Budget,
    CaseResult,
    Outcome,
    SandboxedVerifier,
    Unavailable,
    Verdict,
)
from adjudge_verifiers.programs.assembly import assembled
from adjudge_verifiers.programs.examples import EXAMPLES
from adjudge_verifiers.programs.fences import find_code
from adjudge_verifiers.programs.parameters import ProgramsParameters
from adjudge_verifiers.programs.prepared import PreparedTask, prepare_task
from adjudge_verifiers.programs.report import CaseReport, compile_report, report
from adjudge_verifiers.programs.suites import suite_reports
from adjudge_verifiers.sandbox import CompileFailure, Program, SandboxUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge_verifiers.programs.fences import Code
    from adjudge_verifiers.sandbox import CaseRun, Sandbox

DECIDED_BY = "tests"


class Programs(SandboxedVerifier[ProgramsParameters, PreparedTask]):
    """Runs the candidate on every test in the sandbox and compares outside it.

    CORRECT means that every test ran and came out right; nothing that a program prints, returns or
    exits with can stand for a test. The budget bounds all tests of one candidate together.
    """

    name = "programs"
    version = "1.0.0"
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

        Raises Unavailable when this worker lacks the language, SandboxUnavailable when the sandbox
        itself failed.
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
    if prepared.suite:
        runs = sandbox.run_suite(program, prepared.suite, prepared.limits)
    else:
        runs = sandbox.run(program, prepared.cases, prepared.limits)
    if isinstance(runs, CompileFailure):
        return _compile_error(prepared, code, compile_report(runs))
    return _verdict(prepared, code, _judge_runs(prepared, runs))


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


def _judge_runs(task: PreparedTask, runs: Iterable[CaseRun]) -> list[CaseReport]:
    """The reports of the tests that ran: all, or up to the first failure or the end of the budget.

    Raises SandboxUnavailable when the sandbox answers fewer or more cases than it was asked.
    """
    reports: list[CaseReport] = []
    ran = 0
    started = time.monotonic()
    cpu_seconds = 0.0
    iterator = iter(runs)
    try:
        for run in iterator:
            if ran == len(task.cases):
                raise SandboxUnavailable("the sandbox answered more cases than it was asked")
            new = suite_reports(run, task.limits) if task.suite else [report(task, ran, run)]
            reports += new
            ran += 1
            cpu_seconds += run.cpu_seconds
            if not all(one.passed for one in new) and task.stop_at_first_failure:
                return reports
            if ran < len(task.cases) and (
                cpu_seconds > task.budget.cpu_seconds
                or time.monotonic() - started > task.budget.wall_seconds
            ):
                return [*reports, _out_of_budget(task, cpu_seconds)]
    finally:
        close = getattr(iterator, "close", None)
        if close is not None:
            close()
    if ran != len(task.cases):
        raise SandboxUnavailable(f"the sandbox answered {ran} of {len(task.cases)} cases")
    return reports


def _out_of_budget(task: PreparedTask, cpu_seconds: float) -> CaseReport:
    cpu_is_spent = cpu_seconds > task.budget.cpu_seconds
    message = (
        f"not run: the tests before it used the whole budget of {task.budget.cpu_seconds:g} s of "
        f"processor time or {task.budget.wall_seconds:g} s on the clock"
    )
    return CaseReport(
        CaseResult(Outcome.TIME_LIMIT, message), "cpu_budget" if cpu_is_spent else "wall_budget"
    )


def _verdict(task: PreparedTask, code: Code, reports: Sequence[CaseReport]) -> Verdict:
    passed = sum(one.passed for one in reports)
    total = max(len(task.cases), len(reports))  # a pytest file is several tests
    more: dict[str, Any] = {
        "answer": code.source,
        "decided_by": DECIDED_BY,
        "tests": [one.result for one in reports],
        "details": {**_details(task, code, passed), "tests_total": total},
    }
    failed = next((number for number, one in enumerate(reports) if not one.passed), None)
    if failed is None:
        return Verdict.correct(message=f"All {passed} tests passed.", **more)
    first = reports[failed]
    message = f"Test {failed + 1} of {total}: {first.result.message}."
    if task.partial_credit and passed:
        return Verdict.partial(
            passed / total, reason=first.reason, message=message, **more
        )
    if first.result.outcome is Outcome.INCORRECT:
        return Verdict.incorrect(reason=first.reason, message=message, **more)
    return Verdict.fault(first.result.outcome, reason=first.reason, message=message, **more)


def _details(task: PreparedTask, code: Code, passed: int) -> dict[str, Any]:
    return {"code_from": code.how, "tests_passed": passed, "tests_total": len(task.cases)}
