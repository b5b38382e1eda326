"""Fractions of plain polynomials in flint's own arithmetic: the quickest proof of equality."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

from flint import Ordering, fmpq_mpoly_ctx

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.algebra.large_point import equal_at_large_point
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
    from collections.abc import Mapping

    from flint import fmpq_mpoly

    Fraction = tuple[fmpq_mpoly, fmpq_mpoly]

_LARGEST_EXPONENT = 64
"""Largest product of nested exponents: it bounds the size of coefficients."""
_MOST_NAMES = 8
_PI = "π"


def equal_fractions(left: Node, right: Node) -> bool | None:
    """Whether two expressions are equal, where both are fractions of polynomials over Q.

    π counts as one more name, for it is no root of a polynomial. None: not such fractions, or
    too large. Raises Undefined for a division by zero.
    """
    equal = equal_at_large_point(left, right)
    if equal is not None:
        return equal
    names: set[str] = set()
    if not (_collect(left, names) and _collect(right, names)) or len(names) > _MOST_NAMES:
        return None
    field = Field(tuple(sorted(names)))
    ours = field.fraction(left)
    theirs = field.fraction(right) if ours is not None else None
    if ours is None or theirs is None:
        return None
    if ours[1] == theirs[1]:
        return bool(ours[0] == theirs[0])
    if len(ours[0]) * len(theirs[1]) + len(ours[1]) * len(theirs[0]) > limits.TERMS**2:
        return None
    return bool(ours[0] * theirs[1] == theirs[0] * ours[1])


def is_arithmetic(node: Node) -> bool:
    """Whether an expression is one of numbers, names, +, -, ·, / and whole powers, without π."""
    names: set[str] = set()
    return _collect(node, names) and _PI not in names


def _collect(node: Node, names: set[str]) -> bool:
    """Gather the names; whether nothing but arithmetic is there."""
    kind = type(node)
    if kind is Number:
        return True
    if kind is Symbol or kind is Constant:
        name = node.name  # type: ignore[attr-defined]
        names.add(_PI if kind is Constant else name)
        return kind is Symbol or name == "pi"
    if kind is Power:
        exponent = node.exponent  # type: ignore[attr-defined]
        return _whole(exponent) is not None and _collect(node.base, names)  # type: ignore[attr-defined]
    if kind not in _ARITHMETIC:
        return False
    for part in node.parts:  # noqa: SIM110 - a loop is quicker than a generator
        if not _collect(part, names):
            return False
    return True


def _whole(node: Node) -> int | None:
    """The value of a written whole number, perhaps with a minus sign."""
    if isinstance(node, Negative):
        size = _whole(node.inner)
        return None if size is None else -size
    return int(node.value.p) if isinstance(node, Number) and node.value.q == 1 else None


_ARITHMETIC = frozenset((Sum, Product, Negative, Quotient))


@functools.lru_cache(maxsize=256)
def _ring(
    names: tuple[str, ...],
) -> tuple[fmpq_mpoly_ctx, fmpq_mpoly, Mapping[str, fmpq_mpoly]]:
    """The polynomials in these names: their ring, its one, each name as a polynomial."""
    ring = fmpq_mpoly_ctx.get([f"v{index}" for index in range(len(names))], Ordering.lex)
    return ring, ring.constant(1), dict(zip(names, ring.gens(), strict=True))


class Field:
    """Reads expressions as fractions of polynomials in the given names."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._ring, self._one, self._generators = _ring(names)
        self._exponent = 1  # of all powers around the node that is read

    def fraction(self, node: Node) -> Fraction | None:  # noqa: PLR0911 - one for each kind of node
        """Numerator and denominator; None beyond the limits. Raises Undefined."""
        if isinstance(node, Number):
            return self._ring.constant(node.value), self._one
        if isinstance(node, Symbol | Constant):
            return self._generators[_PI if isinstance(node, Constant) else node.name], self._one
        match node:
            case Negative(inner=inner):
                part = self.fraction(inner)
                return part and (-part[0], part[1])
            case Sum(terms=terms):
                return self._folded(terms, self._plus)
            case Product(factors=factors):
                return self._folded(factors, self._times)
            case Quotient(numerator=numerator, denominator=denominator):
                above, below = self.fraction(numerator), self.fraction(denominator)
                if above is None or below is None:
                    return None
                return self._times(above, self._inverse(below))
            case Power(base=base, exponent=exponent) if (power := _whole(exponent)) is not None:
                return self._power(base, power)
        return None

    def _power(self, base: Node, exponent: int) -> Fraction | None:
        outer = self._exponent
        self._exponent *= abs(exponent) or 1
        small = self._exponent <= _LARGEST_EXPONENT
        below = self.fraction(base) if small else None
        self._exponent = outer
        return below and self._raised(below, exponent)

    def _folded(self, nodes: tuple[Node, ...], join: object) -> Fraction | None:
        assert callable(join)  # noqa: S101 - a method of this class
        total = self.fraction(nodes[0])
        for node in nodes[1:]:
            part = self.fraction(node) if total is not None else None
            if total is None or part is None:
                return None
            total = join(total, part)
        return total

    def _plus(self, left: Fraction, right: Fraction) -> Fraction | None:
        if left[1] is right[1] or left[1] == right[1]:
            return left[0] + right[0], left[1]
        if not _small(left, right):
            return None
        return left[0] * right[1] + right[0] * left[1], left[1] * right[1]

    def _times(self, left: Fraction, right: Fraction) -> Fraction | None:
        if not _small(left, right):
            return None
        if left[1] is right[1] is self._one:
            return left[0] * right[0], self._one
        return left[0] * right[0], left[1] * right[1]

    def _inverse(self, fraction: Fraction) -> Fraction:
        if not fraction[0]:
            raise Undefined("a division by zero")
        return fraction[1], fraction[0]

    def _raised(self, base: Fraction, exponent: int) -> Fraction | None:
        if exponent < 0:
            base, exponent = self._inverse(base), -exponent
        terms = max(len(base[0]), len(base[1]), 1)
        if math.comb(terms - 1 + exponent, exponent) > limits.TERMS:
            return None
        return base[0] ** exponent, base[1] if base[1] is self._one else base[1] ** exponent


def _small(left: Fraction, right: Fraction) -> bool:
    """Whether a product of two fractions stays of bounded size."""
    terms = max(len(left[0]), len(left[1])) * max(len(right[0]), len(right[1]))
    return terms <= limits.TERMS
