"""Answers of a group that are compared with each other, without a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_verifiers.contract import Answer
from adjudge_verifiers.extraction import extract
from adjudge_verifiers.mathematics.comparing.ladder import compare_readings, is_unevaluated
from adjudge_verifiers.mathematics.comparing.principal import with_principal_roots
from adjudge_verifiers.mathematics.comparing.scalars import plain_number
from adjudge_verifiers.mathematics.decision import Rules
from adjudge_verifiers.mathematics.errors import BeyondLimits, MathematicsError, Undefined
from adjudge_verifiers.mathematics.judgement import is_prose, read_answer
from adjudge_verifiers.mathematics.letters import choice_of
from adjudge_verifiers.mathematics.reading.text import read

if TYPE_CHECKING:
    from adjudge_verifiers.mathematics.parameters import MathematicsOptions


def vote(options: MathematicsOptions, completion: str) -> Answer | None:
    """What the completion gives as its answer; an unevaluated integral or sum is none."""
    found = extract(completion, options.extraction)
    if found.answer is None:
        return None
    choice = choice_of(found.answer)
    try:
        answer, parsed = (choice, read(choice)) if choice else read_answer(found)
        number = plain_number(parsed.node) if parsed.other is None else None
    except MathematicsError:
        return None
    if is_unevaluated(parsed) or (found.how == "whole" and is_prose(answer)):
        return None
    if options.odd_roots == "principal":
        parsed = with_principal_roots(parsed)
    return Answer(parsed.text, (parsed, number))


def same_votes(options: MathematicsOptions, one: Answer, other: Answer) -> bool:
    """Whether the ladder proves two answers equal, without SymPy; decimals are exact."""
    (left, number), (right, other_number) = one.value, other.value
    if number is not None and other_number is not None:
        return bool(number == other_number)
    rules = Rules(rounding=False, order=options.order, units=options.units, sympy=False)
    try:
        return compare_readings(left, right, rules).equal is True
    except (BeyondLimits, Undefined):
        return False
