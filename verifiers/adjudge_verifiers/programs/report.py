"""What one run of a program showed: the table from the sandbox's words to ours."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from adjudge_verifiers.contract import CaseResult, Outcome
from adjudge_verifiers.programs.checkers.excerpt import excerpt, printable
from adjudge_verifiers.sandbox import CompileFailure, RunStatus, StdinCase

if TYPE_CHECKING:
    from adjudge_verifiers.programs.prepared import PreparedTask
    from adjudge_verifiers.sandbox import CaseRun

MESSAGE_CHARACTERS = 200
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
    """A test case's result and its stable reason code ("correct" when it passed)."""

    result: CaseResult
    reason: str

    @property
    def passed(self) -> bool:
        """True when this test earned its share."""
        return self.result.outcome is Outcome.CORRECT


def report(task: PreparedTask, number: int, run: CaseRun) -> CaseReport:
    """Judge what case ``number`` (from 0) produced."""
    outcome, reason, message = _judge(task, number, run)
    return CaseReport(
        CaseResult(
            outcome,
            message[:MESSAGE_CHARACTERS],
            cpu_seconds=run.cpu_seconds,
            wall_seconds=run.wall_seconds,
            peak_memory_bytes=run.peak_memory_bytes,
        ),
        reason,
    )


def _judge(task: PreparedTask, number: int, run: CaseRun) -> tuple[Outcome, str, str]:
    if run.status is not RunStatus.EXITED:
        outcome, reason = FAULTS[run.status]
        if outcome is Outcome.TIME_LIMIT and run.cpu_seconds >= 0.9 * task.limits.cpu_seconds:
            reason = "cpu_time"
        return outcome, reason, _fault_message(task, reason, run)
    if run.exit_code != 0:
        last = last_line(run.stderr_tail)
        message = f"the program ended with exit code {run.exit_code}"
        return Outcome.RUNTIME_ERROR, "exit_code", f"{message}: {last}" if last else message
    is_call = not isinstance(task.cases[number], StdinCase)
    if is_call and not run.has_value:
        return Outcome.RUNTIME_ERROR, "no_result", "the call gave no value"
    difference = task.difference(number, run)
    if difference is None:
        return Outcome.CORRECT, "correct", ""
    return Outcome.INCORRECT, "wrong_value" if is_call else "wrong_output", difference


def _fault_message(task: PreparedTask, reason: str, run: CaseRun) -> str:
    limits = task.limits
    return {
        "signal": f"the program was ended by signal {run.signal}",
        "exception": f"the call raised {excerpt(run.message.encode('utf-8', 'replace'))}",
        "no_result": printable(run.message) or "the call gave no value",
        "cpu_time": f"more than {limits.cpu_seconds:g} s of processor time",
        "wall_time": f"more than {limits.wall_seconds:g} s on the clock",
        "memory": f"more than {limits.memory_bytes:,} bytes of memory",
        "output": f"more than {limits.output_bytes:,} bytes of output",
    }[reason]


def last_line(stderr: bytes) -> str:
    """The last line a program wrote to its standard error, where an exception is named."""
    text = stderr.rstrip()
    return excerpt(text[text.rfind(b"\n") + 1 :]) if text else ""


def compile_report(failure: CompileFailure) -> tuple[str, str]:
    """Reason and message of a program that does not compile."""
    reason, message = COMPILE_REASONS[failure.reason]
    words = printable(failure.message[:COMPILER_CHARACTERS], keep="\n\t")
    return reason, f"{message} {words}"[:COMPILER_CHARACTERS].strip()
