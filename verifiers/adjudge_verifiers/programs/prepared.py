"""A task made ready: cases for the sandbox, and beside them what only the worker knows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from adjudge_verifiers.contract import BadTask
from adjudge_verifiers.programs import values
from adjudge_verifiers.programs.checkers.case import folded
from adjudge_verifiers.programs.checkers.floats import is_nan
from adjudge_verifiers.programs.checkers.options import (
    ExactChecker,
    FloatsChecker,
    ProgramChecker,
    TokensChecker,
)
from adjudge_verifiers.programs.helper_program import Helper
from adjudge_verifiers.programs.nodes import check_arguments, node_types, written
from adjudge_verifiers.programs.parameters import CallTest, StdinTest
from adjudge_verifiers.programs.subtasks import Subtasks
from adjudge_verifiers.programs.suites import is_suite, suite_cases
from adjudge_verifiers.programs.tagged import read_value
from adjudge_verifiers.sandbox import CallCase, Limits, StdinCase, TestCode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge_verifiers.contract import Budget
    from adjudge_verifiers.programs.checkers.options import TextChecker
    from adjudge_verifiers.programs.parameters import Feedback, ProgramsParameters
    from adjudge_verifiers.sandbox import Case, CaseRun

CALL_TOLERANCE = FloatsChecker(rel_tol=1e-9, abs_tol=0.0)
"""Of call tests, where the task names no checker."""


@dataclasses.dataclass(frozen=True, slots=True)
class PreparedTask:
    """One programming task, ready to judge any number of candidates."""

    language: str
    entry_point: str | None
    node_types: Mapping[str, str]
    source_prefix: str
    source_suffix: str
    cases: Sequence[Case | TestCode]
    expected: Sequence[Any]
    """Bytes for stdin cases, values for call cases, nothing for test code."""
    checker: TextChecker
    case_sensitive: bool
    """Where not, what is expected on standard output is folded already."""
    checker_program: Helper | None
    """Stands for ``checker`` when there is one."""
    interactor: Helper | None
    limits: Limits
    budget: Budget
    partial_credit: bool
    subtasks: Subtasks | None
    stop_at_first_failure: bool
    feedback: Feedback
    proved: set[int] = dataclasses.field(default_factory=set[int])
    """Tests for which a helper program was seen to work without any candidate."""

    @property
    def suite(self) -> list[TestCode]:
        """The cases when they are test code, else none."""
        return [case for case in self.cases if isinstance(case, TestCode)]

    def difference(self, number: int, run: CaseRun) -> str | None:
        """None when case ``number`` (from 0) came out right, else where it first goes wrong."""
        expected = self.expected[number]
        if isinstance(self.cases[number], StdinCase):
            output = run.stdout if self.case_sensitive else folded(run.stdout)
            return self.checker.difference(expected, output)
        rel_tol, abs_tol = _tolerances(self.checker)
        return values.difference(expected, run.value, rel_tol=rel_tol, abs_tol=abs_tol)


def prepare_task(parameters: ProgramsParameters, default_budget: Budget) -> PreparedTask:
    """Check what the schema cannot and build the cases. Raises BadTask that names the field."""
    budget = _budget(parameters, default_budget)
    limits = _limits(parameters, budget)
    cases: Sequence[Case | TestCode]
    expected: Sequence[Any]
    checker: TextChecker
    interactor = _interactor(parameters)
    helper = None
    if is_suite(parameters):
        cases = suite_cases(parameters)
        expected, checker = [None] * len(cases), TokensChecker()
    elif isinstance(parameters.tests[0], CallTest):
        cases, expected = _calls(parameters)
        checker = _call_checker(parameters)
    else:
        cases, expected = _runs(parameters, limits.output_bytes)
        checker, helper = _stdin_checker(parameters)
        if isinstance(checker, FloatsChecker):
            _refuse_nan(expected)
        if not parameters.case_sensitive:
            _refuse_case(parameters)
            expected = [folded(text) for text in expected]
    if interactor is not None:
        cases = [
            interactor.said.case(case.stdin, right, None)
            for case, right in zip(cases, expected, strict=True)
            if isinstance(case, StdinCase)
        ]
    _check_entry_point(parameters)
    subtasks = _subtasks(parameters)
    stop = parameters.stop_at_first_failure
    return PreparedTask(
        language=parameters.language,
        entry_point=parameters.entry_point,
        node_types=node_types(parameters.argument_types, parameters.result_type),
        source_prefix=parameters.source_prefix,
        source_suffix=parameters.source_suffix,
        cases=cases,
        expected=expected,
        checker=checker,
        case_sensitive=parameters.case_sensitive,
        checker_program=helper,
        interactor=interactor,
        limits=limits,
        budget=budget,
        partial_credit=parameters.partial_credit,
        subtasks=subtasks,
        feedback=parameters.feedback,
        stop_at_first_failure=not parameters.partial_credit if stop is None else stop,
    )


def _budget(parameters: ProgramsParameters, default: Budget) -> Budget:
    """The task's budget; what it leaves unsaid is this verifier's, not the contract's."""
    own = parameters.budget
    if own is None:
        return default
    return default.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})


def _limits(parameters: ProgramsParameters, budget: Budget) -> Limits:
    """The limits of one test: the task's, and no more than the budget of the whole judgement."""
    limits = parameters.limits
    return Limits(
        cpu_seconds=min(limits.cpu_seconds, budget.cpu_seconds),
        wall_seconds=min(limits.wall_seconds, budget.wall_seconds),
        memory_bytes=min(limits.memory_bytes, budget.memory_bytes),
        output_bytes=limits.output_bytes,
    )


def _runs(parameters: ProgramsParameters, output_bytes: int) -> tuple[list[StdinCase], list[bytes]]:
    cases, expected = [], []
    for number, test in enumerate(parameters.tests):
        if not isinstance(test, StdinTest):
            raise _mixed(number)
        cases.append(StdinCase(_encoded(test.stdin, f"tests[{number}].stdin")))
        right = _encoded(test.expected, f"tests[{number}].expected")
        if len(right) > output_bytes:
            raise BadTask(
                f"tests[{number}].expected",
                f"has {len(right):,} bytes, but limits.output_bytes allows {output_bytes:,}",
            )
        expected.append(right)
    return cases, expected


def _calls(parameters: ProgramsParameters) -> tuple[list[CallCase], list[Any]]:
    cases, expected = [], []
    tagged = parameters.tagged_values
    types = node_types(parameters.argument_types, parameters.result_type)
    for number, test in enumerate(parameters.tests):
        if not isinstance(test, CallTest):
            raise _mixed(number)
        path = f"tests[{number}]"
        arguments = read_value(test.arguments, f"{path}.arguments", tagged=tagged)
        keywords = {
            name: read_value(value, f"{path}.keyword_arguments.{name}", tagged=tagged)
            for name, value in test.keyword_arguments.items()
        }
        check_arguments(types, arguments, keywords, path)
        cases.append(CallCase(arguments, keywords))
        right = read_value(test.expected, f"{path}.expected", tagged=tagged)
        expected.append(written(parameters.result_type, right, f"{path}.expected"))
    return cases, expected


def _mixed(number: int) -> BadTask:
    return BadTask(
        f"tests[{number}]", "stdin tests and call tests in one task; make two tasks of it"
    )


def _encoded(text: str, field: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise BadTask(field, f"is no Unicode text: {error.reason} at {error.start}") from error


def _stdin_checker(parameters: ProgramsParameters) -> tuple[TextChecker, Helper | None]:
    checker = parameters.checker
    if isinstance(checker, ProgramChecker):
        return TokensChecker(), Helper.of(checker, "checker")
    return checker or TokensChecker(), None


def _refuse_case(parameters: ProgramsParameters) -> None:
    if parameters.interactor is not None or isinstance(parameters.checker, ProgramChecker):
        raise BadTask("case_sensitive", "a program of the task decides here; no text is compared")


def _interactor(parameters: ProgramsParameters) -> Helper | None:
    if parameters.interactor is None:
        return None
    if not isinstance(parameters.tests[0], StdinTest):
        raise BadTask("interactor", "interactive problems take tests with stdin and expected")
    if parameters.checker is not None:
        raise BadTask("checker", "the interactor decides; an interactive problem takes no checker")
    return Helper.of(parameters.interactor, "interactor")


def _subtasks(parameters: ProgramsParameters) -> Subtasks | None:
    if parameters.subtasks is None:
        return None
    if parameters.partial_credit:
        raise BadTask("partial_credit", "subtasks say themselves what is earned; use one of both")
    return Subtasks.of(parameters.subtasks, len(parameters.tests))


def _call_checker(parameters: ProgramsParameters) -> TextChecker:
    checker = parameters.checker or CALL_TOLERANCE
    if not isinstance(checker, FloatsChecker | ExactChecker):
        raise BadTask(
            "checker", f"{checker.name!r} compares text; call tests take 'floats', 'exact' or none"
        )
    return checker


def _tolerances(checker: TextChecker) -> tuple[float, float]:
    if isinstance(checker, FloatsChecker):
        return checker.rel_tol, checker.abs_tol
    return 0.0, 0.0


def _check_entry_point(parameters: ProgramsParameters) -> None:
    name = parameters.entry_point
    if not isinstance(parameters.tests[0], CallTest):
        if parameters.argument_types is not None or parameters.result_type != "plain":
            raise BadTask("argument_types", "only calls have arguments; these are no call tests")
        if is_suite(parameters):
            _check_name(name)
        elif name is not None:
            raise BadTask("entry_point", "only call tests have one; these tests are on stdin")
        return
    if parameters.language != "python":
        raise BadTask(
            "language",
            f"call tests are for python; programs in {parameters.language} are tested on stdin",
        )
    if name is None:
        raise BadTask("entry_point", "call tests need the name of the function they call")
    _check_name(name)


def _check_name(name: str | None) -> None:
    if name is None:
        return
    parts = name.split(".")
    if len(parts) > 2 or not all(part.isidentifier() for part in parts):  # noqa: PLR2004 - Class.method
        raise BadTask("entry_point", f'expected "function" or "Class.method", got {name[:80]!r}')


def _refuse_nan(expected: Sequence[bytes]) -> None:
    for number, text in enumerate(expected):
        if b"n" in text.lower() and any(is_nan(word) for word in text.split()):
            raise BadTask(f"tests[{number}].expected", "holds NaN, which equals nothing")
