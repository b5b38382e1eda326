"""The typed builder of tasks for the verifier ``programs``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from adjudge.task import Task

if TYPE_CHECKING:
    from typing_extensions import NotRequired

Language = Literal["python", "c", "cpp", "cpp20", "java", "rust", "javascript", "go", "bash"]
"""``cpp`` is C++17."""


class Budget(TypedDict, total=False):
    """Time and memory for one judgement."""

    cpu_seconds: float
    wall_seconds: float
    memory_bytes: int


class StdinTest(TypedDict):
    """Run the program on ``stdin``; it should print ``expected``."""

    stdin: str
    expected: str


class CallTest(TypedDict):
    """Call the entry point; it should return ``expected``. Values are JSON."""

    arguments: Sequence[Any]
    keyword_arguments: NotRequired[Mapping[str, Any]]
    expected: Any


class CodeTest(TypedDict):
    """Run this Python code against the candidate's module; it passes when it raises nothing."""

    code: str


class PytestTest(TypedDict):
    """Run a whole pytest file against the candidate's module; each test function is one test."""

    pytest: str


class Limits(TypedDict, total=False):
    """What one test of a program may use."""

    cpu_seconds: float
    wall_seconds: float
    memory_bytes: int
    output_bytes: int


class Floats(TypedDict):
    """The checker that compares numbers within a tolerance."""

    name: Literal["floats"]
    rel_tol: NotRequired[float]
    abs_tol: NotRequired[float]


class CheckerProgram(TypedDict):
    """The checker that is a program of its own, run in the sandbox. ``files`` lie beside it.

    ``arguments`` follow those of the protocol; ``full_points`` is what testlib's ``quitp`` gives
    for a whole test.
    """

    name: Literal["program"]
    language: Language
    source: str
    files: NotRequired[Mapping[str, str]]
    protocol: NotRequired[Literal["testlib", "kattis"]]
    arguments: NotRequired[Sequence[str]]
    full_points: NotRequired[float]
    limits: NotRequired[Limits]


class Interactor(TypedDict):
    """The program that talks with the candidate; a test's ``stdin`` is its input file."""

    language: Language
    source: str
    files: NotRequired[Mapping[str, str]]
    protocol: NotRequired[Literal["testlib", "kattis"]]
    arguments: NotRequired[Sequence[str]]
    full_points: NotRequired[float]
    limits: NotRequired[Limits]


class Subtask(TypedDict):
    """Tests (their positions, from 0) that earn ``weight`` when all of them pass."""

    name: NotRequired[str]
    tests: Sequence[int]
    weight: NotRequired[float]


CheckerName = Literal[
    "tokens",
    "exact",
    "lines",
    "trailing_space",
    "unordered_lines",
    "unordered_tokens",
    "floats",
]
Checker = CheckerName | Floats | CheckerProgram
Tests = Sequence[StdinTest] | Sequence[CallTest] | Sequence[CodeTest] | Sequence[PytestTest]
NodeType = str
"""``plain``, ``linked_list`` or ``binary_tree``; with ``[]`` behind it, a list of them."""


def programs(
    language: Language,
    tests: Tests,
    *,
    entry_point: str | None = None,
    module_name: str | None = None,
    test_setup: str | None = None,
    argument_types: Sequence[NodeType] | Mapping[str, NodeType] | None = None,
    result_type: NodeType | None = None,
    checker: Checker | None = None,
    case_sensitive: bool | None = None,
    interactor: Interactor | None = None,
    subtasks: Sequence[Subtask] | None = None,
    feedback: Literal["none", "outcome", "diff"] | None = None,
    limits: Limits | None = None,
    partial_credit: bool | None = None,
    stop_at_first_failure: bool | None = None,
    source_prefix: str | None = None,
    source_suffix: str | None = None,
    tagged_values: bool | None = None,
    budget: Budget | None = None,
    rewards: Mapping[str, float] | None = None,
) -> Task:
    """A program and its hidden tests, all of one kind; only stdin tests are for every language.

    ``entry_point`` is a function or ``"Class.method"``. Code and pytest files see the candidate as
    the module ``module_name`` (default "solution"); ``test_setup`` stands before each test's code.

    ``argument_types`` (by position, or by keyword) and ``result_type`` say which values of call
    tests are ``linked_list`` or ``binary_tree``, written as LeetCode does. ``tagged_values`` reads
    ``{"$tuple": […]}``, ``{"$set": […]}`` and ``{"$dict": [[key, value]]}`` as what they name.

    ``interactor`` talks with the candidate instead of a plain standard input. ``partial_credit``
    rewards the share of passed tests, ``subtasks`` the weight of whole groups. ``feedback`` is what
    the verdict tells of single tests. ``source_prefix`` and ``source_suffix`` stand around the
    candidate's code.
    """
    types = argument_types
    return build(
        "programs",
        language=language,
        tests=list(tests),
        entry_point=entry_point,
        module_name=module_name,
        test_setup=test_setup,
        argument_types=dict(types) if isinstance(types, Mapping) else types and list(types),
        result_type=result_type,
        checker=checker,
        case_sensitive=case_sensitive,
        interactor=interactor,
        subtasks=subtasks and list(subtasks),
        feedback=feedback,
        limits=limits,
        partial_credit=partial_credit,
        stop_at_first_failure=stop_at_first_failure,
        source_prefix=source_prefix,
        source_suffix=source_suffix,
        tagged_values=tagged_values,
        budget=budget,
        rewards=rewards,
    )


def build(verifier: str, **parameters: Any) -> Task:
    """A task of the parameters that are not None."""
    return Task(verifier, {name: value for name, value in parameters.items() if value is not None})
