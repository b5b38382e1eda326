"""Equality of small fractions of polynomials, proved or refuted at one large point.

A polynomial whose whole coefficients are all smaller than ``X - 1`` is zero only if it is zero at
``X``; further names are high powers of ``X``, beyond all degrees (Kronecker's substitution). So
arithmetic of Python's integers decides; bounds of coefficients and degrees are kept beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.syntax import (
    Constant,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Points = dict[str, int]
    Value = tuple[int, int, int, int]
    """Numerator and denominator at the point; what bounds the sum of the sizes of the coefficients
    of each; what bounds the degree of each in each name."""

_BITS = 128
_MOST = 1 << _BITS - 2
"""Bounds are below this."""
_DEGREE = 64
"""Degrees of one name alone are below this."""
_DEGREES = 16
"""Degrees are below this where there are several names."""
_NAMES = 3
_PI = "π"


class _TooLarge(Exception):
    """Raised when an expression is no small fraction of polynomials."""


def equal_at_large_point(left: Node, right: Node) -> bool | None:
    """Whether two expressions are equal as fractions of polynomials over Q; π is one more name.

    None: not such fractions, or too large. Raises Undefined for a division by zero.
    """
    points: Points = {}
    try:
        ours, theirs = _value(left, points), _value(right, points)
        _within(2 * ours[2] * theirs[2], ours[3] + theirs[3], points)
    except _TooLarge:
        return None
    return ours[0] * theirs[1] == theirs[0] * ours[1]


def _value(node: Node, points: Points) -> Value:
    reader = _READERS.get(type(node))
    if reader is None:
        raise _TooLarge
    return reader(node, points)


def _within(bound: int, degree: int, points: Points) -> None:
    """Raise _TooLarge for bounds with which the point decides nothing."""
    if bound >= _MOST or degree >= (_DEGREE if len(points) < 2 else _DEGREES):  # noqa: PLR2004
        raise _TooLarge


def _number(node: Number, points: Points) -> Value:
    top, bottom = int(node.value.p), int(node.value.q)
    bound = max(abs(top), bottom)
    _within(bound, 0, points)
    return top, bottom, bound, 0


def _symbol(node: Symbol, points: Points) -> Value:
    return _point(node.name, points)


def _constant(node: Constant, points: Points) -> Value:
    if node.name != "pi":
        raise _TooLarge
    return _point(_PI, points)


def _point(name: str, points: Points) -> Value:
    at = points.get(name)
    if at is None:
        if len(points) == _NAMES:
            raise _TooLarge
        at = points[name] = 1 << _BITS * _DEGREES ** len(points)
    return at, 1, 1, 1


def _negative(node: Negative, points: Points) -> Value:
    top, bottom, bound, degree = _value(node.inner, points)
    return -top, bottom, bound, degree


def _sum(node: Sum, points: Points) -> Value:
    top, bottom, bound, degree = _value(node.terms[0], points)
    for term in node.terms[1:]:
        above, below, size, power = _value(term, points)
        if below == bottom:
            top += above
            bound += size
            degree = max(degree, power)
        else:
            top = top * below + above * bottom
            bottom *= below
            bound = 2 * bound * size
            degree += power
        _within(bound, degree, points)
    return top, bottom, bound, degree


def _product(node: Product, points: Points) -> Value:
    top, bottom, bound, degree = _value(node.factors[0], points)
    for factor in node.factors[1:]:
        above, below, size, power = _value(factor, points)
        top *= above
        bottom *= below
        bound *= size
        degree += power
        _within(bound, degree, points)
    return top, bottom, bound, degree


def _quotient(node: Quotient, points: Points) -> Value:
    top, bottom, bound, degree = _value(node.numerator, points)
    above, below, size, power = _value(node.denominator, points)
    if above == 0:
        raise Undefined("a division by zero")
    bound *= size
    degree += power
    _within(bound, degree, points)
    return top * below, bottom * above, bound, degree


def _power(node: Power, points: Points) -> Value:
    exponent = node.exponent
    inverse = isinstance(exponent, Negative)
    size = exponent.inner if isinstance(exponent, Negative) else exponent
    if not isinstance(size, Number) or size.value.q != 1 or abs(size.value) >= _DEGREE:
        raise _TooLarge
    times = -int(size.value.p) if inverse else int(size.value.p)
    top, bottom, bound, degree = _value(node.base, points)
    if times < 0:
        if top == 0:
            raise Undefined("a division by zero")
        top, bottom, times = bottom, top, -times
    if bound.bit_length() * times > _BITS:
        raise _TooLarge
    bound **= times
    degree *= times
    _within(bound, degree, points)
    return top**times, bottom**times, bound, degree


_READERS: dict[type[Node], Callable[[Any, Points], Value]] = {
    Number: _number, Symbol: _symbol, Constant: _constant, Negative: _negative, Sum: _sum,
    Product: _product, Quotient: _quotient, Power: _power,
}  # fmt: skip
