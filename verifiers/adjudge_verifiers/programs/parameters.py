"""What a task of the verifier ``programs`` says: language, tests, checker, limits, credit."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, JsonValue, Tag

from adjudge_verifiers.contract import TaskParameters
from adjudge_verifiers.programs.checkers.options import Checker  # noqa: TC001 - pydantic reads it
from adjudge_verifiers.programs.helper_program import (
    LONGEST_CODE_CHARACTERS,
    HelperProgram,
)
from adjudge_verifiers.programs.language import Language  # noqa: TC001 - pydantic reads it
from adjudge_verifiers.programs.limits import LimitsPerTest
from adjudge_verifiers.programs.nodes import NodeType  # noqa: TC001 - pydantic reads it
from adjudge_verifiers.programs.subtasks import MOST_SUBTASKS, Subtask

Feedback = Literal["none", "outcome", "diff"]

MOST_TESTS = 10_000


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class StdinTest(_Part):
    """Run the program on ``stdin``; the checker compares its output with ``expected``."""

    stdin: str
    expected: str


class CallTest(_Part):
    """Call the entry point; it must return ``expected``."""

    arguments: list[JsonValue] = Field(default_factory=list)
    keyword_arguments: dict[str, JsonValue] = Field(default_factory=dict)
    expected: JsonValue


class CodeTest(_Part):
    """Run Python code against the candidate's module: it passes when it raises nothing.

    The module's public names are there as by ``from solution import *``, and ``candidate`` is the
    entry point, where there is one.
    """

    code: str = Field(max_length=LONGEST_CODE_CHARACTERS)


class PytestTest(_Part):
    """Run a pytest file that imports the candidate's module: each of its tests is one of ours."""

    pytest: str = Field(max_length=LONGEST_CODE_CHARACTERS)


def _kind(test: Any) -> str:
    """Which kind a test is meant to be: only stdin tests have ``stdin``."""
    if isinstance(test, CallTest | CodeTest | PytestTest):
        return type(test).__name__
    if isinstance(test, dict) and "stdin" not in test and test.keys() & {"code", "pytest"}:
        return "CodeTest" if "code" in test else "PytestTest"
    if (
        isinstance(test, dict)
        and "stdin" not in test
        and test.keys() & {"arguments", "keyword_arguments"}
    ):
        return "CallTest"
    return "StdinTest"


AnyTest = Annotated[
    Annotated[StdinTest, Tag("StdinTest")]
    | Annotated[CallTest, Tag("CallTest")]
    | Annotated[CodeTest, Tag("CodeTest")]
    | Annotated[PytestTest, Tag("PytestTest")],
    Discriminator(_kind),
]


class ProgramsParameters(TaskParameters):
    """A programming task and its hidden tests."""

    language: Language = Field(
        description="`cpp` is C++17; ListVerifiers tells what this service can run."
    )
    tests: list[AnyTest] = Field(
        min_length=1,
        max_length=MOST_TESTS,
        description="All of one kind: on standard input or, for Python only, calls of "
        "`entry_point`, test code, or pytest files.",
    )
    entry_point: str | None = Field(
        default=None,
        max_length=200,
        description='For call tests: name of the function, or "Class.method" such as '
        '"Solution.twoSum". For test code: what is called `candidate` there.',
    )
    test_setup: str = Field(
        default="",
        max_length=LONGEST_CODE_CHARACTERS,
        description="For test code and pytest files: code put before each.",
    )
    module_name: str = Field(
        default="solution",
        max_length=100,
        description="For test code and pytest files: what the candidate is imported as.",
    )
    argument_types: list[NodeType] | dict[str, NodeType] | None = Field(
        default=None,
        description="For call tests: which arguments, by position or by keyword, are a "
        "`linked_list` or `binary_tree` (or a list of them, `linked_list[]`) as LeetCode writes "
        "and defines them.",
    )
    result_type: NodeType = Field(
        default="plain", description="What a call returns; see `argument_types`."
    )
    checker: Checker | None = Field(
        default=None,
        description="How outputs are compared. Stdin tests: `tokens` unless said otherwise. Call "
        "tests compare values; `floats` and `exact` set the tolerance (else 1e-9, relative).",
    )
    case_sensitive: bool = Field(
        default=True,
        strict=True,
        description="Whether capital and small letters differ where a checker compares text.",
    )
    interactor: HelperProgram | None = Field(
        default=None,
        description="Interactive problem: this program talks with the candidate over two pipes and "
        "decides. Its input file is the `stdin` of a test, its answer file the `expected`.",
    )
    limits: LimitsPerTest = LimitsPerTest()
    partial_credit: bool = Field(
        default=False, description="Reward the share of passed tests; else all must pass."
    )
    subtasks: list[Subtask] | None = Field(
        default=None,
        min_length=1,
        max_length=MOST_SUBTASKS,
        description="Groups of tests that earn their weight when all of their tests pass; the "
        "reward is the share of all weights. Every test is in at least one.",
    )
    stop_at_first_failure: bool | None = Field(
        default=None,
        description="Skip the tests after a failure, with subtasks those that can earn nothing any "
        "more; absent: only without partial credit.",
    )
    feedback: Feedback = Field(
        default="outcome",
        description="What a verdict tells of single tests: `none`, the `outcome` and what it used, "
        "or the first `diff`erence as well, which shows pieces of hidden tests.",
    )
    source_prefix: str = Field(
        default="",
        max_length=LONGEST_CODE_CHARACTERS,
        description="Code put before the candidate's, for example the signature it completes.",
    )
    source_suffix: str = Field(
        default="",
        max_length=LONGEST_CODE_CHARACTERS,
        description="Code put after the candidate's, on a line of its own.",
    )
    tagged_values: bool = Field(
        default=False,
        description='Read {"$tuple": […]}, {"$set": […]} and {"$dict": [[key, value], …]} in call '
        "tests as what they name.",
    )
