"""Tasks of the verifier ``mathematics``: references that are read and rules to compare by."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from adjudge_verifiers.contract import BadTask
from adjudge_verifiers.extraction import AnswerPolicy, extract
from adjudge_verifiers.mathematics.choices import prepare_choices
from adjudge_verifiers.mathematics.comparing.principal import with_principal_roots
from adjudge_verifiers.mathematics.comparing.tolerance import exactly
from adjudge_verifiers.mathematics.decision import Rules
from adjudge_verifiers.mathematics.errors import MathematicsError
from adjudge_verifiers.mathematics.letters import choice_of
from adjudge_verifiers.mathematics.reading.text import read
from adjudge_verifiers.mathematics.task import PreparedMathematics

if TYPE_CHECKING:
    from adjudge_verifiers.mathematics.comparing.ladder import Parsed
    from adjudge_verifiers.mathematics.decision import Order, Units
    from adjudge_verifiers.mathematics.parameters import MathematicsParameters, Tolerance

_ONE_FORMULA = 2
"""Dollar signs of a text with one formula."""
_REFERENCE_POLICY = AnswerPolicy(sources=("boxed", "final_line", "whole"))
_MARKED = re.compile("<|box|answer", re.IGNORECASE)
"""What stands in every reference that is more than an answer."""


def prepare(parameters: MathematicsParameters) -> PreparedMathematics:
    """Read the references of a task. Raises BadTask for one that cannot be read."""
    rules = _rules(parameters.rounding, parameters.order, parameters.units, parameters.tolerance)
    given = parameters.reference
    texts = {"reference": given} if isinstance(given, str) else _by_field(given)
    if parameters.choices is not None:
        return _prepare_choices(parameters, rules, texts)
    references = tuple([_read_reference(text, field) for field, text in texts.items()])
    principal = parameters.odd_roots == "principal"
    choice = ""
    for text in texts.values():
        choice = choice_of(text) or choice
    return PreparedMathematics(
        tuple(map(with_principal_roots, references)) if principal else references,
        choice,
        rules,
        parameters.extraction,
        None,
        frozenset(),
        parameters.required_form,
        parameters.explain,
        principal,
    )


def _by_field(references: list[str]) -> dict[str, str]:
    """Several references, each with the path of its parameter."""
    if not references:
        raise BadTask("reference", "expected at least one reference, got an empty list")
    return {f"reference[{index}]": text for index, text in enumerate(references)}


@functools.lru_cache(maxsize=64)
def _rules(rounding: str, order: Order, units: Units, allowed: Tolerance | None) -> Rules:
    return Rules(
        rounding=rounding == "reference",
        order=order,
        units=units,
        tolerance=None
        if allowed is None
        else (exactly(allowed.relative), exactly(allowed.absolute)),
    )


def _prepare_choices(
    parameters: MathematicsParameters, rules: Rules, texts: dict[str, str]
) -> PreparedMathematics:
    """A task with a table of choices. Raises BadTask for a reference that is none of them."""
    assert parameters.choices is not None  # noqa: S101 - the caller's promise
    if parameters.required_form is not None:
        raise BadTask("required_form", "a choice has no form: leave out choices or required_form")
    choices = prepare_choices(parameters.choices, rules)
    wanted = set()
    for field, text in texts.items():
        letter = choices.meant(extract(text, _REFERENCE_POLICY).answer or "")
        if not letter:
            raise BadTask(
                field,
                f"expected a letter of choices ({', '.join(parameters.choices)}) or what one of "
                f"them says, got {text[:80]!r}",
                reason="bad_reference",
            )
        wanted.add(letter)
    return PreparedMathematics(
        (), "", rules, parameters.extraction, choices=choices, wanted=frozenset(wanted)
    )


def _read_reference(text: str, field: str) -> Parsed:
    how = "whole"
    answer: str | None = text.strip()
    if not answer or _MARKED.search(text) is not None:
        found = extract(text, _REFERENCE_POLICY)
        answer, how = found.answer, found.how
    if answer is None:
        raise BadTask(field, "expected an answer, got nothing but blanks", reason="bad_reference")
    try:
        return read(answer)
    except MathematicsError as error:
        if how == "whole" and answer.count("$") == _ONE_FORMULA:
            inner = answer.split("$")[1].strip()
            if inner and inner != answer.strip("$"):
                return _read_reference(inner, field)
        shown = answer if len(answer) <= 80 else answer[:77] + "…"  # noqa: PLR2004
        raise BadTask(
            field, f"cannot be read as mathematics ({error}): {shown!r}", reason="bad_reference"
        ) from error
