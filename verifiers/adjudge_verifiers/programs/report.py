"""What one run of a program showed: the table from the sandbox's words to ours."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from adjudge_verifiers.contract import CaseResult, Outcome
from adjudge_verifiers.programs.checkers.excerpt import excerpt, printable
from adjudge_verifiers.sandbox import CompileFailure, RunStatus, StdinCase

if TYPE_CHECKING:
    from adjudge_verifiers.programs.custom_checker import CustomChecker
    from adjudge_verifiers.programs.prepared import PreparedTask
    from adjudge_verifiers.sandbox import CaseRun

COMPILER_CHARACTERS = 1000

FAULTS = {
    RunStatus.SIGNALED: (Outcome.RUNTIME_ERROR, "signal"),
    RunStatus.EXCEPTION: (Outcome.RUNTIME_ERROR, "exception"),
    RunStatus.NO_RESULT: (Outcome.RUNTIME_ERROR, "no_result"),
    RunStatus.TIME_LIMIT: (Outcome.TIME_LIMIT, "wall_time"),
    RunStatus.MEMORY_LIMIT: (Outcome.MEMORY_LIMIT, "memory"),
    RunStatus.OUTPUT_LIMIT: (Outcome.OUTPUT_LIMIT, "output"),
}
"""Outcome and reason of every way to end but EXITED; processor time is told apart below."""

COMPILE_REASONS = {
    "syntax": ("syntax", "The program does not compile."),
    "time_limit": ("compile_time", "Compiling took too long."),
    "memory_limit": ("compile_memory", "Compiling took too much memory."),
    "output_limit": ("compile_output", "Compiling wrote too much."),
}
"""Reason and message of every way not to compile; the compiler's own words follow, if any."""


@dataclasses.dataclass(frozen=True, slots=True)
class CaseReport:
    """A test case's result, its stable reason code ("correct" when it passed), what it earned.

    The result's message holds nothing of the test's data; ``difference`` may, and is for those who
    may see it. ``points`` is what a checker with points gave for a test that did not quite pass,
    between 0 and 1.
    """

    result: CaseResult
    reason: str
    difference: str = ""
    points: float = 0.0

    @property
    def share(self) -> float:
        """What this test earned, from 0 to 1."""
        return 1.0 if self.passed else self.points

    @property
    def passed(self) -> bool:
        """True when this test earned its whole share."""
        return self.result.outcome is Outcome.CORRECT


def case_report(
    run: CaseRun,
    outcome: Outcome,
    reason: str,
    message: str,
    difference: str = "",
    *,
    points: float = 0.0,
) -> CaseReport:
    """A report with what the run used."""
    result = CaseResult(
        outcome,
        message,
        cpu_seconds=run.cpu_seconds,
        wall_seconds=run.wall_seconds,
        peak_memory_bytes=run.peak_memory_bytes,
    )
    return CaseReport(result, reason, difference, points)


def report(
    task: PreparedTask, number: int, run: CaseRun, checker: CustomChecker | None = None
) -> CaseReport:
    """Judge what case ``number`` (from 0) produced. Raises what ``checker`` raises."""
    bad_end = fault(task, run)
    if bad_end is not None:
        return bad_end
    case = task.cases[number]
    is_call = not isinstance(case, StdinCase)
    if is_call and not run.has_value:
        return case_report(run, Outcome.RUNTIME_ERROR, "no_result", "the call gave no value")
    if checker is not None and isinstance(case, StdinCase):
        share = checker.share(number, case.stdin, task.expected[number], run.stdout)
        return _checked(run, share)
    difference = task.difference(number, run)
    if difference is None:
        return _correct(run)
    reason, words = ("wrong_value", "value") if is_call else ("wrong_output", "output")
    return case_report(run, Outcome.INCORRECT, reason, f"the {words} is wrong", difference)


def _correct(run: CaseRun) -> CaseReport:
    return case_report(run, Outcome.CORRECT, "correct", "")


def _checked(run: CaseRun, share: float | None) -> CaseReport:
    """The report on an output of which a checker program granted a share."""
    if share is None:
        words = "the checker failed on the output"
        return case_report(run, Outcome.INCORRECT, "checker_failed_on_output", words)
    if share == 1:
        return _correct(run)
    reason = "partial_points" if share else "wrong_output"
    return case_report(run, Outcome.INCORRECT, reason, "the output is wrong", points=share)


def fault(task: PreparedTask, run: CaseRun) -> CaseReport | None:
    """The report on a run that did not end well; None for one that did."""
    if run.status is not RunStatus.EXITED:
        outcome, reason = FAULTS[run.status]
        if outcome is Outcome.TIME_LIMIT and run.cpu_seconds >= 0.9 * task.limits.cpu_seconds:
            reason = "cpu_time"
        message = _fault_message(task, reason, run.signal)
        return case_report(run, outcome, reason, message, _fault_difference(reason, run))
    if run.exit_code != 0:
        message = f"the program ended with exit code {run.exit_code}"
        last = last_line(run.stderr_tail)
        difference = f"{message}: {last}" if last else ""
        return case_report(run, Outcome.RUNTIME_ERROR, "exit_code", message, difference)
    return None


def _fault_message(task: PreparedTask, reason: str, signal: int = 0) -> str:
    limits = task.limits
    return {
        "signal": f"the program was ended by signal {signal}",
        "exception": "the call raised an exception",
        "no_result": "the call gave no value",
        "cpu_time": f"more than {limits.cpu_seconds:g} s of processor time",
        "wall_time": f"more than {limits.wall_seconds:g} s on the clock",
        "memory": f"more than {limits.memory_bytes:,} bytes of memory",
        "output": f"more than {limits.output_bytes:,} bytes of output",
    }[reason]


def _fault_difference(reason: str, run: CaseRun) -> str:
    """What a program itself said of its end: it may quote what it was given."""
    if reason == "exception":
        return f"the call raised {excerpt(run.message.encode('utf-8', 'replace'))}"
    return printable(run.message) if reason == "no_result" else ""


def last_line(stderr: bytes) -> str:
    """The last line a program wrote to its standard error, where an exception is named."""
    text = stderr.rstrip()
    return excerpt(text[text.rfind(b"\n") + 1 :]) if text else ""


def compile_report(failure: CompileFailure) -> tuple[str, str]:
    """Reason and message of a program that does not compile."""
    reason, message = COMPILE_REASONS[failure.reason]
    words = printable(failure.message[:COMPILER_CHARACTERS], keep="\n\t")
    return reason, f"{message} {words}"[:COMPILER_CHARACTERS].strip()
