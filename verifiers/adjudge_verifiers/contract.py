"""The contract between adjudge and a verifier: the one page that a verifier's author reads.

A verifier says what a completion is worth. It is pure judgement: it knows no wire, no queue and no
process. Write a class like this one, publish it under the entry-point group ``adjudge.verifiers``,
and every trainer can use it:

    class Parity(Verifier[ParityParameters, bool]):
        name = "parity"
        version = "1.0.0"
        summary = "Says whether the answer is even or odd, as asked."
        parameters_type = ParityParameters
        budget = Budget(cpu_seconds=1.0, wall_seconds=2.0, memory_bytes=256 * MIB)
        examples = (Example({"want": "even"}, "<answer>4</answer>", Outcome.CORRECT),)

        def prepare(self, parameters):  # once for each distinct task
            return parameters.want == "even"

        def judge(self, prepared, completion):  # once for each candidate
            found = extract(completion, AnswerPolicy(sources=("tags",)))
            ...
            return Verdict.correct(answer="4", decided_by="parity")

What an author may rely on:

* ``prepare`` and ``judge`` run inside a jail: no network, no files but a small scratch, and a hard
  budget. An item over its budget is killed from outside; nobody else notices.
* Raise ``BadTask`` in ``prepare`` when the task (reference, options) is broken. Never raise for a
  candidate's fault: return the verdict that says so.
* Anything else that escapes becomes INTERNAL_ERROR and bears no reward. A policy that can trigger
  an abstention learns to, so treat such an escape as a bug of the verifier.
"""

from __future__ import annotations

import dataclasses
import enum
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge_verifiers.sandbox import Sandbox

KIB = 1024
MIB = 1024 * KIB

COMPLETION_LIMIT_CHARACTERS = MIB
"""A longer completion is refused unread, whatever the verifier."""


class Outcome(enum.IntEnum):
    """What became of one candidate. Names and numbers are those of ``adjudge.v1.Outcome``."""

    CORRECT = 1
    PARTIAL = 2
    INCORRECT = 3
    NO_ANSWER = 4
    INVALID_ANSWER = 5
    COMPILE_ERROR = 6
    RUNTIME_ERROR = 7
    TIME_LIMIT = 8
    MEMORY_LIMIT = 9
    OUTPUT_LIMIT = 10
    BAD_TASK = 11
    UNAVAILABLE = 12
    DEADLINE_EXCEEDED = 13
    INTERNAL_ERROR = 14

    @property
    def bears_reward(self) -> bool:
        """True when a trainer may learn from it: judged, or the candidate's own fault."""
        return self <= _LAST_WITH_REWARD


_LAST_WITH_REWARD = int(Outcome.OUTPUT_LIMIT)


class Budget(BaseModel):
    """Time and memory that one judgement may use."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    cpu_seconds: Annotated[float, Field(gt=0, le=120)] = 1.0
    wall_seconds: Annotated[float, Field(gt=0, le=300)] = 3.0
    memory_bytes: Annotated[int, Field(ge=16 * MIB, le=16 * 1024 * MIB)] = 512 * MIB


MOST_REWARD = 1e6
FiniteReward = Annotated[float, Field(ge=-MOST_REWARD, le=MOST_REWARD, allow_inf_nan=False)]


class TaskParameters(BaseModel):
    """What every verifier's parameters share. Unknown fields, NaN and infinity are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    budget: Budget | None = Field(
        default=None, description="Time and memory for one judgement; absent: the verifier's own."
    )
    rewards: dict[str, FiniteReward] = Field(
        default_factory=dict,
        description="Rewards other than 1 for CORRECT and 0 for a fault, by outcome name, "
        'for example {"NO_ANSWER": -0.5}. Outcomes that were not judged can have none.',
    )


@dataclasses.dataclass(frozen=True, slots=True)
class CaseResult:
    """What one test case showed. Times in seconds, memory in bytes (0: not measured)."""

    outcome: Outcome
    message: str = ""
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_memory_bytes: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one candidate and what it earns.

    ``reward`` is None exactly when the outcome bears none. ``reason`` is a stable lower_snake_case
    code, ``message`` one English sentence, ``answer`` what was extracted from the completion,
    ``decided_by`` the rung or rule that decided, ``details`` JSON-able facts of this verifier.
    """

    outcome: Outcome
    reward: float | None
    reason: str
    message: str = ""
    answer: str | None = None
    decided_by: str = ""
    tests: Sequence[CaseResult] = ()
    details: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        """Raise ValueError when outcome and reward contradict each other."""
        if (self.reward is None) is (self.outcome <= _LAST_WITH_REWARD):
            raise ValueError(f"{self.outcome.name} with reward {self.reward!r}")
        if self.reward is not None and not -MOST_REWARD <= self.reward <= MOST_REWARD:
            raise ValueError(f"reward must be within ±{MOST_REWARD:g}, got {self.reward!r}")

    @classmethod
    def correct(cls, *, reason: str = "correct", message: str = "", **more: Any) -> Verdict:
        """The answer is right: reward 1."""
        return cls(Outcome.CORRECT, 1.0, reason, message, **more)

    @classmethod
    def partial(cls, score: float, *, reason: str, message: str = "", **more: Any) -> Verdict:
        """Part of the reward, ``0 < score < 1``."""
        if not 0.0 < score < 1.0:
            raise ValueError(f"a partial score lies strictly between 0 and 1, got {score!r}")
        return cls(Outcome.PARTIAL, float(score), reason, message, **more)

    @classmethod
    def incorrect(cls, *, reason: str, message: str = "", **more: Any) -> Verdict:
        """The answer is wrong: reward 0."""
        return cls(Outcome.INCORRECT, 0.0, reason, message, **more)

    @classmethod
    def fault(cls, outcome: Outcome, *, reason: str, message: str = "", **more: Any) -> Verdict:
        """The candidate's own fault (NO_ANSWER … OUTPUT_LIMIT): reward 0."""
        if not Outcome.NO_ANSWER <= outcome <= Outcome.OUTPUT_LIMIT:
            raise ValueError(f"{outcome.name} is not a candidate's fault")
        return cls(outcome, 0.0, reason, message, **more)

    @classmethod
    def not_judged(cls, outcome: Outcome, *, reason: str, message: str, **more: Any) -> Verdict:
        """Ours or the task author's fault (BAD_TASK … INTERNAL_ERROR): no reward."""
        return cls(outcome, None, reason, message, **more)


class BadTask(Exception):
    """Raised by ``prepare`` when the task itself is broken.

    ``field`` is the path of the parameter at fault (``"reference"``, ``"tests[2].expected"``);
    ``reason`` a stable code.
    """

    def __init__(self, field: str, message: str, *, reason: str = "bad_task") -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
        self.reason = reason


class Unavailable(Exception):
    """Raised by ``prepare`` or ``judge`` when this worker lacks a toolchain the task needs."""


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """A worked example: published by ListVerifiers, run by the conformance suite."""

    parameters: Mapping[str, Any]
    completion: str
    outcome: Outcome


class _Described[P: TaskParameters, T](ABC):
    """What both kinds of verifier declare."""

    name: ClassVar[str]
    """Lower-case name on the wire, unique, at most 64 characters of ``[a-z0-9_.:-]``."""
    version: ClassVar[str]
    """Changes whenever any verdict may change."""
    summary: ClassVar[str]
    """One English sentence."""
    parameters_type: ClassVar[type[TaskParameters]]
    """The typed parameters; their JSON Schema is what ListVerifiers publishes."""
    budget: ClassVar[Budget] = Budget()
    """Default budget of one judgement."""
    examples: ClassVar[Sequence[Example]] = ()
    """At least one CORRECT and one that earns nothing."""
    deterministic: ClassVar[bool] = True
    """False forbids the cache."""
    requires: ClassVar[Sequence[str]] = ()
    """Top-level modules that ``warm`` imports (``("rdkit",)``). Where one is not installed, the
    verifier is listed as unavailable; they are looked for, never imported, by the registry."""
    extra: ClassVar[str] = ""
    """The optional dependency group of the distribution that installs ``requires``."""
    completion_characters: ClassVar[int] = COMPLETION_LIMIT_CHARACTERS
    """Longest text that ``judge`` is given. Only what adjudge itself wraps needs another."""

    def warm(self) -> None:  # noqa: B027 - a hook that does nothing by default
        """Load tables and libraries. Called once in the zygote, before any candidate is forked."""

    @abstractmethod
    def prepare(self, parameters: P) -> T:
        """Turn one task's parameters into what ``judge`` needs (references parsed, …).

        Called once for each distinct task; the result is kept while the task stays in use.
        Raises BadTask when the reference, tests or options are broken.
        """


class Verifier[P: TaskParameters, T](_Described[P, T]):
    """A verifier whose judgement runs in a warm, jailed evaluator process."""

    @abstractmethod
    def judge(self, prepared: T, completion: str) -> Verdict:
        """Judge one completion against one prepared task."""


class SandboxedVerifier[P: TaskParameters, T](_Described[P, T]):
    """A verifier that runs candidate programs through a ``Sandbox``.

    ``judge`` itself runs in the worker, outside the jail, so that expected outputs never share a
    process with a candidate program. It must do nothing to model text but linear scans, and hand
    everything else to the sandbox.
    """

    @abstractmethod
    def judge(self, prepared: T, completion: str, sandbox: Sandbox) -> Verdict:
        """Judge one completion against one prepared task."""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """An answer found in a completion: its text, and what ``same`` compares.

    Answers of equal text must mean the same.
    """

    text: str
    value: Any


class GroupsAnswers[P: TaskParameters](ABC):
    """What a verifier adds to its bases to group the answers of one prompt without a reference.

        class Parity(Verifier[ParityParameters, bool], GroupsAnswers[ParityOptions]):
            options_type = ParityOptions

            def read_answer(self, options, completion):
                found = extract(completion, AnswerPolicy(sources=("tags",)))
                if found.answer is None or not found.answer.isdecimal():
                    return None
                return Answer(found.answer, int(found.answer))

    Both methods run inside the jail; thirty times the verifier's own budget is there for a group.
    """

    options_type: ClassVar[type[TaskParameters]]
    """The typed options; all have defaults."""

    @abstractmethod
    def read_answer(self, options: P, completion: str) -> Answer | None:
        """The answer of one completion; None when there is none, or none that is valid."""

    def same(self, options: P, one: Answer, other: Answer) -> bool:  # noqa: ARG002 - for others
        """Whether two answers mean the same. Symmetric; by default, whether their values do."""
        return bool(one.value == other.value)


AnyVerifier = Verifier[Any, Any] | SandboxedVerifier[Any, Any]
