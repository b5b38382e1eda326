"""Values with units: a missing one is accepted, another one converted, a contradiction wrong."""

from __future__ import annotations

from flint import fmpq

from adjudge_verifiers.mathematics.decision import Decision, Rules
from adjudge_verifiers.mathematics.scalars import compare_answers
from adjudge_verifiers.mathematics.syntax import (
    Constant,
    Node,
    Number,
    Product,
    Quantity,
    Quotient,
    Symbol,
)
from adjudge_verifiers.mathematics.units import UNITS, parse_unit

_DEGREE = (("angle", 1),)
_RADIAN = (("plane angle", 1),)
_PERCENT = (("part", 1),)
_PER_DEGREE = Quotient(Constant("pi"), Number(fmpq(180)))
_PER_CENT = Number(fmpq(1, 100))
_FACTORS: dict[tuple[tuple[str, int], ...], Node] = {_DEGREE: _PER_DEGREE, _PERCENT: _PER_CENT}


def has_unit(node: Node) -> bool:
    """Whether a unit is written after (or before) the whole value."""
    return isinstance(node, Quantity)


def compare_quantities(reference: Node, answer: Node, rules: Rules) -> Decision:
    """Compare values of which at least one has a unit, as ``rules.units`` says."""
    decision = _compare(reference, answer, rules)
    if decision.equal is True or rules.units != "ignore":
        return decision
    bare = compare_answers(_split(reference, answer)[0], _split(answer, reference)[0], rules)
    return bare if bare.equal is True else decision


def _compare(reference: Node, answer: Node, rules: Rules) -> Decision:
    left, our_unit = _split(reference, answer)
    right, their_unit = _split(answer, reference)
    ours = parse_unit(our_unit) if our_unit else None
    theirs = parse_unit(their_unit) if their_unit else None
    if ours is not None and theirs is not None:
        if ours[0] == theirs[0]:
            if ours[1] != theirs[1]:
                ratio = theirs[1] / ours[1]
                right = Product((right, Number(fmpq(ratio.numerator, ratio.denominator))))
            return compare_answers(left, right, rules)
        if {ours[0], theirs[0]} == {_DEGREE, _RADIAN}:
            left, right = _in_radians(left, ours[0]), _in_radians(right, theirs[0])
            return compare_answers(left, right, rules)
        return Decision(False, "unit")
    required = rules.units == "required" and (ours is not None or theirs is not None)
    decision = (
        Decision(False, "unit")  # unless the unit is a number: 50 % is 0.5
        if required
        else compare_answers(left, right, rules)
    )
    if decision.equal is True or (our_unit and their_unit):
        return decision
    dimensions = (ours or theirs or ((), 1))[0]
    factor = _FACTORS.get(dimensions)
    if factor is None:
        return decision
    if our_unit:
        left = Product((left, factor))
    else:
        right = Product((right, factor))
    converted = compare_answers(left, right, rules)
    return converted if converted.equal is True else decision


def joined_quantity(larger: Quantity, value: Node, unit: str) -> Quantity | None:
    """``2 hours 30 minutes`` in the larger unit; None when the parts are no such pair."""
    ours, theirs = parse_unit(larger.unit), parse_unit(unit) if unit else None
    if ours is None or theirs is None or ours[0] != theirs[0] or ours[1] <= theirs[1]:
        return None
    if not (isinstance(larger.value, Number) and isinstance(value, Number)):
        return None
    ratio = theirs[1] / ours[1]
    part = value.value * fmpq(ratio.numerator, ratio.denominator)
    return Quantity(Number(larger.value.value + part), larger.unit)


def _split(node: Node, other: Node) -> tuple[Node, str]:
    """Value and unit; ``3 m`` and ``3 m/s`` beside a quantity are quantities too."""
    if isinstance(node, Quantity):
        return node.value, node.unit
    if not isinstance(other, Quantity) or parse_unit(other.unit) is None:
        return node, ""
    above, below = (
        (node.numerator, node.denominator) if isinstance(node, Quotient) else (node, None)
    )
    if not isinstance(above, Product) or len(above.factors) != 2:  # noqa: PLR2004 - value, unit
        return node, ""
    value, unit = above.factors
    if not _is_unit(unit) or not (below is None or _is_unit(below)):
        return node, ""
    names = [part.name for part in (unit, below) if isinstance(part, Symbol)]
    return value, " / ".join(names)


def _is_unit(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name in UNITS


def _in_radians(node: Node, dimensions: tuple[tuple[str, int], ...]) -> Node:
    return Product((node, _PER_DEGREE)) if dimensions == _DEGREE else node
