"""Exact rational values of expressions without variables, roots or transcendental numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from flint import fmpq, fmpz

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.syntax import (
    Based,
    Call,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Sum,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ONE = fmpq(1)
_DIGIT_VALUE = {digit: value for value, digit in enumerate("0123456789abcdefghijklmnopqrstuvwxyz")}


def rational(node: Node) -> fmpq | None:
    """The exact value, or None when it is not rational or too large. Raises Undefined for 1/0."""
    if type(node) is Number:
        return node.value
    reader = _READERS.get(type(node))
    return None if reader is None else reader(node)


def _negative(node: Negative) -> fmpq | None:
    part = rational(node.inner)
    return None if part is None else -part


def _sum(node: Sum) -> fmpq | None:
    total = fmpq(0)
    for term in node.terms:
        part = rational(term)
        if part is None:
            return None
        total += part
    return total


def _product(node: Product) -> fmpq | None:
    total = ONE
    for factor in node.factors:
        part = rational(factor)
        if part is None:
            return None
        total *= part
    return total


def _quotient(node: Quotient) -> fmpq | None:
    above = rational(node.numerator)
    below = rational(node.denominator) if above is not None else None
    if above is None or below is None:
        return None
    if below == 0:
        raise Undefined("a division by zero")
    return above / below


def _power(node: Power) -> fmpq | None:
    below = rational(node.base)
    above = rational(node.exponent) if below is not None else None
    return None if below is None or above is None else power(below, above)


def _percent(node: Quantity) -> fmpq | None:
    part = rational(node.value) if node.unit == "percent" else None
    return None if part is None else part / 100


def power(base: fmpq, exponent: fmpq) -> fmpq | None:
    """``base ** exponent`` where that is rational and of bounded size."""
    if base == 0:
        if exponent <= 0:
            raise Undefined("zero to a power that is not positive")
        return fmpq(0)
    if exponent.q != 1:
        return _root(base, exponent)
    size = max(int(base.p).bit_length(), int(base.q).bit_length())
    if base in (1, -1):
        return ONE if base == 1 or exponent.p % 2 == 0 else -ONE
    if abs(exponent.p) * size > limits.POWER_BITS:
        return None
    return base ** int(exponent.p)


def _root(base: fmpq, exponent: fmpq) -> fmpq | None:
    degree = int(exponent.q)
    if degree > 64 or (base < 0 and degree % 2 == 0):  # noqa: PLR2004 - 65th roots wait for balls
        return None
    sign = -1 if base < 0 else 1
    top, bottom = _integer_root(abs(int(base.p)), degree), _integer_root(int(base.q), degree)
    if top is None or bottom is None:
        return None
    return power(fmpq(sign * top, bottom), fmpq(exponent.p))


def _integer_root(number: int, degree: int) -> int | None:
    """The whole root of a whole number, or None."""
    root = math.isqrt(number) if degree == 2 else int(fmpz(number).root(degree))  # noqa: PLR2004
    return root if root**degree == number else None


def based(node: Based) -> fmpq | None:
    """The value of a numeral in its base, or None when a digit does not fit the base."""
    total = 0
    for digit in node.digits:
        value = _DIGIT_VALUE.get(digit, node.base)
        if value >= node.base:
            return None
        total = total * node.base + value
    return fmpq(total)


def _call(node: Call) -> fmpq | None:
    function = _FUNCTIONS.get(node.name)
    if function is None:
        return None
    values: list[fmpq] = []
    for argument in node.arguments:
        value = rational(argument)
        if value is None:
            return None
        values.append(value)
    return function(values)


def _factorial(values: list[fmpq], step: int = 1) -> fmpq | None:
    if len(values) != 1 or values[0].q != 1 or not 0 <= values[0] <= limits.FACTORIAL:
        return None
    if step == 1:
        return fmpq(math.factorial(int(values[0].p)))
    return fmpq(math.prod(range(int(values[0].p), 0, -step)))


def _binomial(values: list[fmpq]) -> fmpq | None:
    if len(values) != 2 or any(value.q != 1 or value < 0 for value in values):  # noqa: PLR2004
        return None
    if values[0] > limits.FACTORIAL:
        return None
    return fmpq(math.comb(int(values[0].p), int(values[1].p)))


def _whole(function: Callable[..., int]) -> Callable[[list[fmpq]], fmpq | None]:
    def apply(values: list[fmpq]) -> fmpq | None:
        if any(value.q != 1 for value in values):
            return None
        return fmpq(function(*(int(value.p) for value in values)))

    return apply


_FUNCTIONS: dict[str, Callable[[list[fmpq]], fmpq | None]] = {
    "abs": lambda values: abs(values[0]) if len(values) == 1 else None,
    "factorial": _factorial,
    "factorial2": lambda values: _factorial(values, 2),
    "binomial": _binomial,
    "floor": lambda values: fmpq(int(values[0].p) // int(values[0].q)),
    "ceil": lambda values: fmpq(-(-int(values[0].p) // int(values[0].q))),
    "gcd": _whole(math.gcd),
    "lcm": _whole(math.lcm),
    "min": min,
    "max": max,
    "root": lambda values: (
        power(values[0], 1 / values[1]) if len(values) == 2 and values[1] != 0 else None  # noqa: PLR2004
    ),
}
_READERS: dict[type[Node], Callable[[Any], fmpq | None]] = {
    Negative: _negative, Sum: _sum, Product: _product, Quotient: _quotient, Power: _power,
    Based: based, Quantity: _percent, Call: _call,
}  # fmt: skip
