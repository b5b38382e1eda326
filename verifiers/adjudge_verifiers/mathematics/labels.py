"""Equations as answers: what is only a name for the value, and what is an equation to solve."""

from __future__ import annotations

from adjudge_verifiers.mathematics.exact import rational
from adjudge_verifiers.mathematics.syntax import (
    Apply,
    Call,
    Constant,
    Deferred,
    Node,
    Product,
    Quotient,
    Ratio,
    Relation,
    Sequence,
    Symbol,
    Word,
    walk,
)

_ROUND_INTEGERS = 100
"""Smaller integers are not rounded to others."""
_GEOMETRY = frozenset(("angle", "triangle", "Delta"))


def is_label(node: Node) -> bool:  # noqa: PLR0911 - one line for each kind of name
    """Whether this can only name a value: ``x``, ``f(x)``, ``(x, y)``, ``AB``, ``|AB|``."""
    match node:
        case Symbol(name=name):
            return name != "…"
        case Apply() | Word():
            return True
        case Constant(name=name):
            return name in ("C", "N", "Q")
        case Sequence(items=items):
            return all(is_label(item) for item in items)
        case Product(factors=factors):
            first = factors[0]
            if isinstance(first, Symbol) and first.name in _GEOMETRY:
                return True
            return all(_is_point(factor) for factor in factors)
        case Quotient(numerator=top, denominator=bottom):
            return all(_is_segment(part) for part in (top, bottom))
        case Ratio(items=items):
            return all(_is_segment(item) for item in items)
        case Call(name="abs", arguments=(inner,)):
            return isinstance(inner, Symbol) or _is_segment(inner)
    return False


def _is_point(node: Node) -> bool:
    return (isinstance(node, Symbol) and node.name[0].isupper()) or (
        isinstance(node, Constant) and node.name in ("C", "N", "Q", "R", "Z")
    )


def _is_segment(node: Node) -> bool:
    if isinstance(node, Product):
        return all(_is_point(factor) for factor in node.factors)
    return _is_point(node)


def split_label(node: Node) -> tuple[Node | None, Node]:  # noqa: C901, PLR0911 - one for each shape
    """The name and the value of an answer: ``x = 1 + 1 = 2`` is (x, 2), an equation (None, itself).

    What follows ≈ only rounds what stands before it.
    """
    if not isinstance(node, Relation):
        return None, node
    sides, operators = node.sides, node.operators
    if operators == ("in",) and is_label(sides[0]):
        return sides[0], sides[1]
    if any(operator not in ("=", "~") for operator in operators):
        return None, node
    for index, operator in enumerate(operators):
        if operator == "~" and not is_label(sides[index]):
            if _far_apart(sides[index], sides[index + 1]):
                return None, node
            sides, operators = sides[: index + 1], operators[:index]
            break
    if len(sides) == 1:
        return None, sides[0]
    if is_label(sides[0]):
        return sides[0], sides[-1]
    if _computes(sides):
        return None, sides[-1]
    if len(sides) == 2 and is_label(sides[1]):  # noqa: PLR2004 - 5 = x
        return sides[1], sides[0]
    return None, sides[-1] if len(sides) > 2 else Relation(sides, operators)  # noqa: PLR2004


def _computes(sides: tuple[Node, ...]) -> bool:
    """Whether an equation only works out a value: ``2 + 2 = 4``, an integral and its value."""
    last = [type(part) for part in walk(sides[-1])]
    if Deferred in last:
        return False
    if _contradictory(sides):
        return False
    before = {type(part) for side in sides[:-1] for part in walk(side)}
    return Deferred in before or not (before | set(last)) & {Symbol, Apply, Word}


def _contradictory(sides: tuple[Node, ...]) -> bool:
    """Whether an equation says that two numbers are one: ``10 = 11``."""
    return len({value for side in sides if (value := rational(side)) is not None}) > 1


def _far_apart(exact: Node, rounded: Node) -> bool:
    """Whether ≈ stands between two small integers, of which neither rounds to the other."""
    one, other = rational(exact), rational(rounded)
    if one is None or other is None or one == other:
        return False
    return bool(one.q == other.q == 1 and abs(one) < _ROUND_INTEGERS)


def contradict(one: Node, other: Node) -> bool:
    """Whether two names are names of different things: ``x`` and ``y``."""
    if isinstance(one, Symbol) and isinstance(other, Symbol):
        return one.name.partition("_")[0] != other.name.partition("_")[0]
    return False
