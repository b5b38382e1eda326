"""Typed builders of tasks for adjudge's own verifiers, and readers of data sets (``from_…``).

An argument that is left out stays out of the task: the verifier's own default applies, and
``client.verifiers()`` tells it. Every builder raises ValueError or TypeError for what JSON cannot
say; whether the values make sense is the verifier's to judge (outcome BAD_TASK).
"""

from __future__ import annotations

from collections.abc import (  # noqa: TC003 - type hints of a TypedDict resolve at run time
    Mapping,
    Sequence,
)
from typing import TYPE_CHECKING, Literal, TypedDict

from adjudge.formats import (
    from_apps,
    from_codecontests,
    from_humaneval,
    from_humanevalpack,
    from_kattis,
    from_kodcode,
    from_livecodebench,
    from_mbpp,
    from_primeintellect,
    from_taco,
)
from adjudge.program_task import (
    Budget,
    CallTest,
    Checker,
    CheckerName,
    CheckerProgram,
    CodeTest,
    Floats,
    Interactor,
    Language,
    Limits,
    PytestTest,
    StdinTest,
    Subtask,
    build,
    programs,
)

if TYPE_CHECKING:
    from adjudge.task import Task

__all__ = [
    "Budget",
    "CallTest",
    "Checker",
    "CheckerName",
    "CheckerProgram",
    "CodeTest",
    "Extraction",
    "Floats",
    "Interactor",
    "Language",
    "Limits",
    "PytestTest",
    "StdinTest",
    "Subtask",
    "Tolerance",
    "from_apps",
    "from_codecontests",
    "from_humaneval",
    "from_humanevalpack",
    "from_kattis",
    "from_kodcode",
    "from_livecodebench",
    "from_mbpp",
    "from_primeintellect",
    "from_taco",
    "mathematics",
    "molecules",
    "programs",
]


class Extraction(TypedDict, total=False):
    """Where the answer stands in a completion; the first source that holds anything decides."""

    sources: Sequence[Literal["boxed", "tags", "final_line", "fence", "whole"]]
    tag: str
    several: Literal["last", "first", "strict"]


class Tolerance(TypedDict, total=False):
    """How far a number may be from the reference: the larger of the two allowances."""

    relative: float
    absolute: float


def mathematics(
    reference: str | Sequence[str],
    *,
    extraction: Extraction | None = None,
    rounding: Literal["reference", "never"] | None = None,
    tolerance: Tolerance | None = None,
    units: Literal["accept_missing", "required", "ignore"] | None = None,
    order: Literal["as_written", "ordered", "unordered"] | None = None,
    odd_roots: Literal["real", "principal"] | None = None,
    required_form: Literal["lowest_terms", "factored", "expanded", "simplified", "decimal"]
    | None = None,
    choices: Mapping[str, str] | None = None,
    explain: bool | None = None,
    budget: Budget | None = None,
    rewards: Mapping[str, float] | None = None,
) -> Task:
    """A mathematical answer. Several references: each of them is right.

    ``choices`` maps the letters of a multiple-choice question to what they say; the reference is
    then a letter or what the right choice says. ``required_form`` is how a right answer must be
    written. ``explain`` says in the details where a wrong answer differs. docs/mathematics.md
    tells all policies. ``rewards`` maps outcome names to rewards other than 1 for CORRECT and 0
    for a fault.
    """
    return build(
        "mathematics",
        reference=reference if isinstance(reference, str) else list(reference),
        extraction=extraction,
        rounding=rounding,
        tolerance=tolerance,
        units=units,
        order=order,
        odd_roots=odd_roots,
        required_form=required_form,
        choices=None if choices is None else dict(choices),
        explain=explain,
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
    return build(
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
