"""Test code as tests: made ready, and what its runs say.

The code runs in the sandbox, in a process that no candidate is in. Here it is only parsed, to find
tasks that no candidate could pass or fail. What cannot be told from the code alone is the
candidate's: a policy must not be able to have its group masked.
"""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from adjudge_verifiers.contract import BadTask, CaseResult, Outcome
from adjudge_verifiers.programs.checkers.excerpt import printable
from adjudge_verifiers.programs.parameters import CodeTest, PytestTest
from adjudge_verifiers.programs.report import FAULTS, CaseReport
from adjudge_verifiers.sandbox import CaseRun, RunStatus, TestCode

if TYPE_CHECKING:
    from adjudge_verifiers.programs.parameters import ProgramsParameters
    from adjudge_verifiers.sandbox import Limits, TestRun

_OUTCOMES = {
    RunStatus.EXITED: (Outcome.CORRECT, "correct", ""),
    RunStatus.FAILED: (Outcome.INCORRECT, "test_failed", "an assertion does not hold"),
    RunStatus.SKIPPED: (Outcome.INCORRECT, "test_failed", "all tests were skipped"),
    RunStatus.EXCEPTION: (Outcome.RUNTIME_ERROR, "exception", "it raised"),
    RunStatus.NO_RESULT: (Outcome.RUNTIME_ERROR, "no_result", "the program ended before the test"),
}
_CPU_SHARE = 0.9
_MESSAGE_CHARACTERS = 100
_STARTS = ("test", "Test")


def is_suite(parameters: ProgramsParameters) -> bool:
    """Whether the task's tests are test code."""
    return isinstance(parameters.tests[0], CodeTest | PytestTest)


def suite_cases(parameters: ProgramsParameters) -> list[TestCode]:
    """The tests for the sandbox. Raises BadTask that names the field."""
    if parameters.language != "python":
        raise BadTask("language", "test code is for python programs")
    if parameters.checker is not None:
        raise BadTask("checker", "test code compares by itself; it takes no checker")
    if not parameters.module_name.isidentifier():
        raise BadTask("module_name", f"expected a module's name, got {parameters.module_name!r}")
    kind = type(parameters.tests[0])
    cases = []
    for number, test in enumerate(parameters.tests):
        if not isinstance(test, CodeTest | PytestTest) or type(test) is not kind:
            raise BadTask(f"tests[{number}]", "tests of several kinds in one task; make two of it")
        is_file = isinstance(test, PytestTest)
        code = test.pytest if isinstance(test, PytestTest) else test.code
        field = f"tests[{number}].{'pytest' if is_file else 'code'}"
        code = _joined(parameters.test_setup, code)
        tree = _parsed(code, field)
        if is_file and not _has_tests(tree):
            raise BadTask(field, "has no test: pytest looks for functions called test…")
        if not is_file and not _does_anything(tree):
            raise BadTask(field, "only defines things and tests nothing; is a call missing?")
        cases.append(TestCode(code, is_file, parameters.module_name))
    return cases


def suite_reports(run: CaseRun, limits: Limits) -> list[CaseReport]:
    """What a run says: one report, or one for each test of a pytest file that came to its end."""
    if run.status in {RunStatus.TIME_LIMIT, RunStatus.MEMORY_LIMIT, RunStatus.OUTPUT_LIMIT}:
        return [_over_limit(run, limits)]
    ran = [test for test in run.tests if test.status is not RunStatus.SKIPPED]
    if not ran:
        return [_report(run, run, 1)]
    return [_report(test, run, len(ran)) for test in ran]


def _over_limit(run: CaseRun, limits: Limits) -> CaseReport:
    outcome, reason = FAULTS[run.status]
    if reason == "wall_time" and run.cpu_seconds >= _CPU_SHARE * limits.cpu_seconds:
        reason = "cpu_time"
    message = {
        "cpu_time": f"more than {limits.cpu_seconds:g} s of processor time",
        "wall_time": f"more than {limits.wall_seconds:g} s on the clock",
        "memory": f"more than {limits.memory_bytes:,} bytes of memory",
        "output": f"more than {limits.output_bytes:,} bytes of output",
    }[reason]
    result = CaseResult(
        outcome,
        message,
        cpu_seconds=run.cpu_seconds,
        wall_seconds=run.wall_seconds,
        peak_memory_bytes=run.peak_memory_bytes,
    )
    return CaseReport(result, reason)


def _report(test: CaseRun | TestRun, run: CaseRun, share: int) -> CaseReport:
    """One report. The run's time is shared out, since nobody knows more."""
    status = test.status if test.status in _OUTCOMES else RunStatus.NO_RESULT
    outcome, reason, message = _OUTCOMES[status]
    if status is RunStatus.EXCEPTION:
        message = f"{message} {_kind_of(test.message)}"
    result = CaseResult(
        outcome,
        message,
        cpu_seconds=run.cpu_seconds / share,
        wall_seconds=run.wall_seconds / share,
        peak_memory_bytes=run.peak_memory_bytes,
    )
    return CaseReport(result, reason)


def _kind_of(message: str) -> str:
    """The type that a message names: its text may hold what the test gave or expected."""
    return printable(message.removeprefix("the test code raised ").partition(":")[0])[
        :_MESSAGE_CHARACTERS
    ]


def _joined(setup: str, code: str) -> str:
    return f"{setup}\n{code}" if setup else code


def _parsed(code: str, field: str) -> ast.Module:
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(code)
            compile(tree, "<test>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        raise BadTask(field, f"does not compile: {type(error).__name__}: {error}") from error
    return tree


def _has_tests(tree: ast.Module) -> bool:
    """Whether there is anything that pytest could take for a test."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if name.startswith("test"):
                    return True
            case ast.ImportFrom(names=names):
                if any((one.asname or one.name).startswith((*_STARTS, "*")) for one in names):
                    return True
    return False


def _does_anything(tree: ast.Module) -> bool:
    """Whether the code, run from its top, asserts, raises, calls or defines test cases."""
    nodes: list[ast.AST] = list(tree.body)
    while nodes:
        match node := nodes.pop():
            case ast.Assert() | ast.Raise() | ast.Call() | ast.Await():
                return True
            case ast.ClassDef(bases=bases):
                if any("TestCase" in ast.unparse(base) for base in bases):
                    return True
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                continue
            case _:
                nodes += ast.iter_child_nodes(node)
    return False
