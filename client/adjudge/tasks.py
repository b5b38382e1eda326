"""Typed builders of tasks for adjudge's own verifiers.

An argument that is left out stays out of the task: the verifier's own default applies, and
``client.verifiers()`` tells it. Every builder raises ValueError or TypeError for what JSON cannot
say; whether the values make sense is the verifier's to judge (outcome BAD_TASK).
"""

from __future__ import annotations

from collections.abc import (  # noqa: TC003 - type hints of a TypedDict resolve at run time
    Mapping,
    Sequence,
)
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from adjudge.task import Task

if TYPE_CHECKING:
    from typing_extensions import NotRequired


class Budget(TypedDict, total=False):
    """Time and memory for one judgement."""

    cpu_seconds: float
    wall_seconds: float
    memory_bytes: int


class Extraction(TypedDict, total=False):
    """Where the answer stands in a completion; the first source that holds anything decides."""

    sources: Sequence[Literal["boxed", "tags", "final_line", "fence", "whole"]]
    tag: str
    several: Literal["last", "first", "strict"]


class StdinTest(TypedDict):
    """Run the program on ``stdin``; it should print ``expected``."""

    stdin: str
    expected: str


class CallTest(TypedDict):
    """Call the entry point; it should return ``expected``. Values are JSON."""

    arguments: Sequence[Any]
    keyword_arguments: NotRequired[Mapping[str, Any]]
    expected: Any


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


CheckerName = Literal["tokens", "exact", "trailing_space", "unordered_lines", "floats"]


def mathematics(
    reference: str | Sequence[str],
    *,
    extraction: Extraction | None = None,
    rounding: Literal["reference", "never"] | None = None,
    ordered: bool | None = None,
    budget: Budget | None = None,
    rewards: Mapping[str, float] | None = None,
) -> Task:
    """A mathematical answer. Several references: each of them is right.

    ``rounding`` says whether what rounds to a decimal reference is right; ``ordered`` whether lists
    without brackets keep their order. ``rewards`` maps outcome names to rewards other than 1 for
    CORRECT and 0 for a fault.
    """
    return _task(
        "mathematics",
        reference=reference if isinstance(reference, str) else list(reference),
        extraction=extraction,
        rounding=rounding,
        ordered=ordered,
        budget=budget,
        rewards=rewards,
    )


def programs(
    language: Literal["python", "cpp"],
    tests: Sequence[StdinTest] | Sequence[CallTest],
    *,
    entry_point: str | None = None,
    checker: CheckerName | Floats | None = None,
    limits: Limits | None = None,
    partial_credit: bool | None = None,
    stop_at_first_failure: bool | None = None,
    source_prefix: str | None = None,
    source_suffix: str | None = None,
    tagged_values: bool | None = None,
    budget: Budget | None = None,
    rewards: Mapping[str, float] | None = None,
) -> Task:
    """A program and its hidden tests, all on standard input or all calls of ``entry_point``.

    ``entry_point`` is a function or ``"Class.method"``. ``partial_credit`` rewards the share of
    passed tests. ``source_prefix`` and ``source_suffix`` stand around the candidate's code.
    ``tagged_values`` reads ``{"$tuple": […]}``, ``{"$set": […]}`` and ``{"$dict": [[key, value]]}``
    in call tests as what they name.
    """
    return _task(
        "programs",
        language=language,
        tests=list(tests),
        entry_point=entry_point,
        checker=checker,
        limits=limits,
        partial_credit=partial_credit,
        stop_at_first_failure=stop_at_first_failure,
        source_prefix=source_prefix,
        source_suffix=source_suffix,
        tagged_values=tagged_values,
        budget=budget,
        rewards=rewards,
    )


def molecules(
    kind: Literal["valid", "exact"],
    reference: str | None = None,
    *,
    format: Literal["smiles"] | None = None,  # noqa: A002 - the parameter's own name
    extraction: Extraction | None = None,
    stereo: Literal["exact", "ignore"] | None = None,
    isotopes: Literal["exact", "ignore"] | None = None,
    ignore_atom_maps: bool | None = None,
    fragment: Literal["all", "largest", "parent"] | None = None,
    tautomer: bool | None = None,
    allow_dummy: bool | None = None,
    allow_radical: bool | None = None,
    elements: Sequence[str] | None = None,
    charge: int | None = None,
    max_heavy: int | None = None,
    max_chars: int | None = None,
    max_fragments: int | None = None,
    budget: Budget | None = None,
    rewards: Mapping[str, float] | None = None,
) -> Task:
    """A molecule in SMILES: any ``valid`` one, or ``exact``, the same as ``reference``.

    ``fragment`` is what is compared: everything, the largest fragment, or the neutral parent.
    ``elements`` are the only ones accepted; ``charge`` is the total charge it must have.
    """
    return _task(
        "molecules",
        kind=kind,
        reference=reference,
        format=format,
        extraction=extraction,
        stereo=stereo,
        isotopes=isotopes,
        ignore_atom_maps=ignore_atom_maps,
        fragment=fragment,
        tautomer=tautomer,
        allow_dummy=allow_dummy,
        allow_radical=allow_radical,
        elements=None if elements is None else list(elements),
        charge=charge,
        max_heavy=max_heavy,
        max_chars=max_chars,
        max_fragments=max_fragments,
        budget=budget,
        rewards=rewards,
    )


def _task(verifier: str, **parameters: Any) -> Task:
    return Task(verifier, {name: value for name, value in parameters.items() if value is not None})
