"""Values with units: a missing one is accepted, another one converted, a contradiction wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.comparing.scalars import compare_answers
from adjudge_verifiers.mathematics.decision import Decision, Rules
from adjudge_verifiers.mathematics.syntax import (
    Constant,
    Node,
    Number,
    Product,
    Quantity,
    Quotient,
    Sum,
)
from adjudge_verifiers.mathematics.units import parse_unit

if TYPE_CHECKING:
    from adjudge_verifiers.mathematics.units import Dimensions, Unit

_DEGREE = (("angle", 1),)
_RADIAN = (("radian", 1),)
_PERCENT = (("part", 1),)
_PER_DEGREE = Quotient(Constant("pi"), Number(fmpq(180)))
_PER_CENT = Number(fmpq(1, 100))
_STEM = 4
"""Letters by which two nouns are taken for one: ``apple`` and ``apples``."""
_NOUN = 2
_OPPOSITES = (
    ("nort", "sout"), ("east", "west"), ("left", "righ"), ("up", "down"), ("incr", "decr"),
    ("gain", "loss"), ("prof", "loss"), ("cloc", "coun"), ("more", "less"), ("more", "fewe"),
)  # fmt: skip
"""Stems of words of which one takes back the other."""
_ANYTHING = frozenset(("unit", "ways", "item", "numb", "tota", "time", "poss", "valu"))
"""Stems of nouns that may stand for any other."""
_SCALES: dict[Dimensions, tuple[fmpq, fmpq]] = {
    (("K", 1),): (fmpq(1), fmpq(0)),
    (("celsius", 1),): (fmpq(1), fmpq(5463, 20)),
    (("fahrenheit", 1),): (fmpq(5, 9), fmpq(45967, 180)),
}
"""Slope and shift of what a thermometer shows, in kelvins."""
_FACTORS: dict[tuple[tuple[str, int], ...], Node] = {_DEGREE: _PER_DEGREE, _PERCENT: _PER_CENT}


def has_unit(node: Node) -> bool:
    """Whether a unit is written after (or before) the whole value."""
    return isinstance(node, Quantity)


def compare_quantities(reference: Node, answer: Node, rules: Rules) -> Decision:
    """Compare values of which at least one has a unit, as ``rules.units`` says."""
    decision = _compare(reference, answer, rules)
    if decision.equal is True or rules.units != "ignore":
        return decision
    bare = compare_answers(_split(reference)[0], _split(answer)[0], rules)
    return bare if bare.equal is True else decision


def _compare(  # noqa: C901, PLR0911 - one return for each pair of units
    reference: Node, answer: Node, rules: Rules
) -> Decision:
    nouns, reference, answer = _without_nouns(reference, answer)
    left, our_unit = _split(reference)
    right, their_unit = _split(answer)
    ours = parse_unit(our_unit) if our_unit else None
    theirs = parse_unit(their_unit) if their_unit else None
    known = ours is not None and theirs is not None
    if not (_akin(*nouns) and (known or _akin(our_unit, their_unit))):
        return Decision(False, "unit")
    if ours is not None and theirs is not None:
        if ours[0] == theirs[0]:
            if ours[1] != theirs[1]:
                ratio = theirs[1] / ours[1]
                right = Product((right, Number(fmpq(ratio.numerator, ratio.denominator))))
            return compare_answers(left, right, rules)
        if ours[0] in _SCALES and theirs[0] in _SCALES:
            return compare_answers(_in_kelvins(left, ours), _in_kelvins(right, theirs), rules)
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
    if _PERCENT in (ours and ours[0], theirs and theirs[0]) and _is_share(
        right if our_unit else left
    ):
        decision = Decision(False, "unit")
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


def scaled(node: Node, scale: int) -> Node:
    """``2 million``; a unit stays outside: ``$2 million``."""
    if isinstance(node, Quantity):
        return Quantity(scaled(node.value, scale), node.unit)
    return Product((node, Number(fmpq(scale))))


def _without_nouns(reference: Node, answer: Node) -> tuple[list[str], Node, Node]:
    """The nouns behind units, as in ``20 % increase``, and the quantities without them."""
    nouns, bare = [], []
    for node in (reference, answer):
        double = isinstance(node, Quantity) and isinstance(node.value, Quantity)
        nouns.append(node.unit if isinstance(node, Quantity) and double else "")
        bare.append(node.value if isinstance(node, Quantity) and double else node)
    return nouns, bare[0], bare[1]


def _akin(one: str, other: str) -> bool:
    """Whether what is counted may be the same: one word begins alike, or a side says nothing."""
    if not one or not other or one == other:
        return True
    ours, theirs = (
        {word.lower()[:_STEM] for word in text.split() if len(word) >= _NOUN and word != "per"}
        for text in (one, other)
    )
    if any((ours & {a} and theirs & {b}) or (ours & {b} and theirs & {a}) for a, b in _OPPOSITES):
        return False
    return not ours.isdisjoint(theirs) or not _ANYTHING.isdisjoint(ours | theirs)


def _split(node: Node) -> tuple[Node, str]:
    return (node.value, node.unit) if isinstance(node, Quantity) else (node, "")


def _is_share(value: Node) -> bool:
    """Whether a bare number is a part of one: then 0.5 is no 0.5 %."""
    size = rational(value)
    return size is not None and 0 < abs(size) < 1


def _in_radians(node: Node, dimensions: tuple[tuple[str, int], ...]) -> Node:
    return Product((node, _PER_DEGREE)) if dimensions == _DEGREE else node


def _in_kelvins(node: Node, unit: Unit) -> Node:
    slope, shift = _SCALES[unit[0]]
    size = fmpq(unit[1].numerator, unit[1].denominator)
    return Sum((Product((node, Number(slope * size))), Number(shift)))
