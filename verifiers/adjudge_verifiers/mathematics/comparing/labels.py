"""Equations as answers: what is only a name for the value, and what is an equation to solve."""

from __future__ import annotations

from flint import acb, arb

from adjudge_verifiers.mathematics.algebra.balls import closed_value
from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.comparing.scalars import written_decimal
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
    Sum,
    Symbol,
    Word,
    walk,
)

_COORDINATES = frozenset(("x", "y", "z", "…"))
"""Names of which an equation is a curve or a condition."""
_GEOMETRY = frozenset(("angle", "triangle", "Delta"))


def is_label(node: Node) -> bool:  # noqa: C901, PLR0911 - one line for each kind of name
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
            if _are_names(factors):
                return True
            if isinstance(first, Symbol) and first.name in _GEOMETRY:
                return True
            return all(_is_point(factor) for factor in factors)
        case Quotient(numerator=top, denominator=bottom):
            return all(_is_segment(part) for part in (top, bottom))
        case Ratio(items=items):
            return all(_is_segment(item) for item in items)
        case Sum(terms=terms):  # m + n = 25
            return _are_names(terms)
        case Call(name="abs", arguments=(inner,)):
            named = isinstance(inner, Symbol) and inner.name not in ("x", "y")
            return named or _is_segment(inner)
    return False


def _are_names(parts: tuple[Node, ...]) -> bool:
    """Whether these are different small names, of which a sum or product was asked for."""
    names = {part.name for part in parts if isinstance(part, Symbol) and part.name.islower()}
    return len(names) == len(parts) and names.isdisjoint(_COORDINATES)


def _is_point(node: Node) -> bool:
    return (isinstance(node, Symbol) and node.name[0].isupper()) or (
        isinstance(node, Constant) and node.name in ("C", "N", "Q", "R", "Z")
    )


def _is_segment(node: Node) -> bool:
    if isinstance(node, Product):
        return all(_is_point(factor) for factor in node.factors)
    return _is_point(node)


def split_label(node: Node) -> tuple[Node | None, Node]:  # noqa: PLR0911 - one for each shape
    """The name and the value of an answer: ``x = 1 + 1 = 2`` is (x, 2), an equation (None, itself).

    What follows ≈ only rounds what stands before it; sides that contradict each other name nothing.
    """
    if not isinstance(node, Relation):
        return None, node
    sides, operators = node.sides, node.operators
    if operators == ("in",) and is_label(sides[0]):
        return sides[0], sides[1]
    if any(operator not in ("=", "~") for operator in operators):
        return None, node
    first = 1 if is_label(sides[0]) else 0
    values = _agreeing(sides[first:], operators[first:])
    if values is None:
        return None, node
    if first or len(values) == 1:
        return (sides[0] if first else None), values[-1]
    if _computes(values):
        return None, values[-1]
    if len(values) == 2 and is_label(values[1]):  # noqa: PLR2004 - 5 = x
        return values[1], values[0]
    if len(values) > 2:  # noqa: PLR2004 - a = b = c
        return None, values[-1]
    return None, Relation(values, ("=",))


def _agreeing(sides: tuple[Node, ...], operators: tuple[str, ...]) -> tuple[Node, ...] | None:
    """The sides without those that round the ones before them; None when two are no one number."""
    if len(sides) == 1:
        return sides
    values = [sides[0]]
    exact, known = sides[0], closed_value(sides[0])
    for operator, side in zip(operators, sides[1:], strict=True):
        value = closed_value(side)
        if operator == "~" or (known is not None and _is_decimal(side, exact)):
            if known is not None and value is not None and not _rounds(known, side, value):
                return None
            if not is_label(values[-1]):
                continue
        elif known is not None and value is not None and not known.overlaps(value):
            return None
        if value is not None:
            exact, known = side, value
        values.append(side)
    return tuple(values)


def _is_decimal(side: Node, before: Node) -> bool:
    """Whether a decimal follows something that is none: ``1/3 = 0.333``."""
    return written_decimal(side) is not None and written_decimal(before) is None


def _rounds(exact: acb, side: Node, rounded: acb) -> bool:
    """Whether a side is what one may write for an exact value: closer than its last digit."""
    decimal = written_decimal(side)
    whole = rational(side)
    if decimal is not None:
        unit = arb(2 * decimal.half_unit)
    elif whole is not None and whole.q == 1:
        digits = str(abs(whole))
        unit = arb(10 ** (len(digits) - len(digits.rstrip("0"))))
    else:
        unit = abs(rounded) / 100
    return bool(abs(exact - rounded) < unit)


def _computes(sides: tuple[Node, ...]) -> bool:
    """Whether an equation only works out a value: ``2 + 2 = 4``, an integral and its value."""
    last = [type(part) for part in walk(sides[-1])]
    if Deferred in last:
        return False
    before = {type(part) for side in sides[:-1] for part in walk(side)}
    return Deferred in before or not (before | set(last)) & {Symbol, Apply, Word}


def is_argument(name: Node | None) -> bool:
    """Whether a name is that of a function or sequence, whose values are not any of its values."""
    return isinstance(name, Apply) or (isinstance(name, Symbol) and "_" in name.name)


def contradict(one: Node, other: Node) -> bool:
    """Whether two names are names of different things: ``x`` and ``y``."""
    if any(isinstance(node, Sum | Product) and _are_names(node.parts) for node in (one, other)):
        return type(one) is not type(other) or set(one.parts) != set(other.parts)
    if isinstance(one, Symbol) and isinstance(other, Symbol):
        return one.name.partition("_")[0] != other.name.partition("_")[0]
    if isinstance(one, Apply) and isinstance(other, Apply):
        return one.name != other.name and one.arguments != other.arguments
    return False
