"""Equations and inequalities: equal when their sides differ by the same up to a factor."""

from __future__ import annotations

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.identity import secret_dice
from adjudge_verifiers.mathematics.algebra.normal import Algebra
from adjudge_verifiers.mathematics.algebra.polynomials import Form, Unsupported
from adjudge_verifiers.mathematics.algebra.rewriting import substitute, symbols
from adjudge_verifiers.mathematics.comparing.constants import same_curves
from adjudge_verifiers.mathematics.comparing.scalars import compare_scalars
from adjudge_verifiers.mathematics.decision import Decision, Rules
from adjudge_verifiers.mathematics.errors import BeyondLimits, Undefined
from adjudge_verifiers.mathematics.syntax import Negative, Node, Number, Product, Relation, Sum

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_EXACTLY = Rules(rounding=False)


def compare_equations(left: Node, right: Node) -> Decision:
    """Whether two equations (or other relations of two sides) say the same."""
    if not (isinstance(left, Relation) and isinstance(right, Relation)):
        return Decision(False, "shape")
    if len(left.sides) != 2 or len(right.sides) != 2:  # noqa: PLR2004 - chains
        return _chains(left, right)
    if left.operators != right.operators:
        return Decision(False, "equation")
    if left.operators not in (("=",), ("!=",), ("~",)):
        return _chains(left, right)
    ours, theirs = _difference(left), _difference(right)
    decision = _proportional(ours, theirs, positive=False)
    if decision.equal is not True and left.operators == ("=",) and same_curves(ours, theirs):
        return Decision(True, "family")
    if decision.equal is None:  # too large as differences; side by side they may be smaller
        return _chains(left, right)
    return decision


def solves(equation: Relation, value: Node) -> Decision:
    """Whether ``value`` is what an equation, linear in its one name that ``value`` lacks, says."""
    missing = symbols(equation) - symbols(value)
    if equation.operators != ("=",) or len(missing) != 1 or symbols(value) - symbols(equation):
        return Decision(False, "shape")
    (name,) = missing
    difference = _difference(equation)
    try:
        top, bottom = Algebra().form(difference)
    except (Unsupported, BeyondLimits, Undefined):
        return Decision(False, "shape")
    powers = {power for monomial in top for atom, power in monomial if atom == name}
    opaque = any(
        name in atom and atom != name for monomial in (*top, *bottom) for atom, _ in monomial
    )
    if powers != {1} or opaque or any(atom == name for monomial in bottom for atom, _ in monomial):
        return Decision(False, "shape")
    decision = compare_scalars(substitute(difference, {name: value}), Number(fmpq(0)), _EXACTLY)
    return Decision(decision.equal, "equation")


def compare_inequalities(left: Relation, right: Relation) -> Decision:
    """Whether two inequalities in several variables say the same."""
    chain = _chains(left, right)
    if chain.equal is True:
        return chain
    if len(left.sides) != 2 or len(right.sides) != 2:  # noqa: PLR2004 - chains
        return chain
    ours, theirs = _difference(left), _difference(right)
    if left.operators != right.operators:
        if _FLIPPED.get(left.operators[0]) != right.operators[0]:
            return Decision(False, "inequality")
        theirs = Negative(theirs)
    return _proportional(ours, theirs, positive=True)


def _difference(relation: Relation) -> Node:
    return Sum((relation.sides[0], Negative(relation.sides[1])))


def _chains(left: Relation, right: Relation) -> Decision:
    """Side by side, forwards or backwards."""
    if len(left.sides) != len(right.sides):
        return Decision(False, "chain")
    sides, operators = right.sides, right.operators
    if left.operators != operators:
        sides = sides[::-1]
        operators = tuple(_FLIPPED.get(operator, operator) for operator in operators[::-1])
        if left.operators != operators:
            return Decision(False, "chain")
    for one, other in zip(left.sides, sides, strict=True):
        decision = compare_scalars(one, other, _EXACTLY)
        if decision.equal is not True:
            return Decision(decision.equal, "chain")
    return Decision(True, "chain")


def _proportional(left: Node, right: Node, *, positive: bool) -> Decision:
    """Whether ``left = c · right`` for a constant ``c`` (a positive one for inequalities)."""
    names = sorted(symbols(left))
    if not names or names != sorted(symbols(right)):
        return Decision(False, "equation")
    factor = _leading_factor(left, right)
    if factor is not None:
        decision = compare_scalars(left, _times(factor, right), _EXACTLY)
        if decision.equal is True and (not positive or factor > 0):
            return Decision(True, "equation")
    # the factor may be irrational: compare left(p) · right(q) with left(q) · right(p)
    dice = secret_dice("proportional", names)
    point = {name: Number(fmpq(dice.randint(10**6, 10**7), 10**6 + 3)) for name in names}
    there_left, there_right = substitute(left, point), substitute(right, point)
    decision = compare_scalars(Product((left, there_right)), Product((right, there_left)), _EXACTLY)
    if decision.equal is True and positive:
        return Decision(None, "undecided")
    return Decision(decision.equal, "equation")


def _times(factor: fmpq, node: Node) -> Node:
    return Product((Number(factor), node))


def _leading_factor(left: Node, right: Node) -> fmpq | None:
    """The ratio of the coefficients of one monomial, where both are polynomials."""
    forms: list[Form] = []
    for node in (left, right):
        try:
            forms.append(Algebra().form(node))
        except (Unsupported, BeyondLimits, Undefined):
            return None
    (ours, _), (theirs, _) = forms
    for monomial, coefficient in ours.items():
        if monomial in theirs:
            return coefficient / theirs[monomial]
    return None
