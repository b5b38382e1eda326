"""Where an expression changes its formula: what stands in |…|, max, min and roots of squares.

An identity that was only ever seen on one side of such a fold is not proved by points: |x² - 2x +
0.9| differs from x² - 2x + 0.9 between 0.68 and 1.32 alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flint import fmpq, fmpq_poly

from adjudge_verifiers.mathematics.algebra.balls import Evaluation, NoValue, precision
from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.fields import Field, is_arithmetic
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.syntax import (
    Call,
    Negative,
    Node,
    Power,
    Product,
    Sum,
    Symbol,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flint import acb, fmpq_mpoly

    Sign = Callable[[Mapping[str, fmpq]], int]
    """1, -1, or 0 where there is none, at a point."""

_BITS = 128
_HIGHEST_DEGREE = 24


class Folds:
    """The folds that only one of two expressions has, and the sides on which they were seen."""

    def __init__(self, left: Node, right: Node) -> None:
        ours, theirs = dict(_folds(left)), dict(_folds(right))
        self._signs = {key: ours.get(key) or theirs[key] for key in ours.keys() ^ theirs.keys()}
        self._seen: dict[object, set[int]] = {key: set() for key in self._signs}

    def see(self, point: Mapping[str, fmpq]) -> None:
        """Note the sides on which a point lies at which the expressions agree."""
        for key, sign in self._signs.items():
            if len(self._seen[key]) < 2:  # noqa: PLR2004 - both sides
                self._seen[key] |= {sign(point)} - {0}

    @property
    def are_seen(self) -> bool:
        """Whether every fold was seen on both sides."""
        return all(len(sides) == 2 for sides in self._seen.values())  # noqa: PLR2004 - both


def _folds(node: Node) -> Iterator[tuple[object, Sign]]:
    """What is compared with zero at each fold, with a name by which equal folds are known."""
    for part in walk(node):
        match part:
            case Call(name="abs" | "sgn", arguments=(inside,)):
                yield from _fold(inside)
            case Call(name="max" | "min", arguments=(one, other)):
                yield from _fold(Sum((one, Negative(other))))
            case Call(name="root", arguments=(inside, degree)):
                size = rational(degree)
                if size is not None and size.q == 1 and size.p % 2 == 0:
                    yield from _squares(inside)
            case Power(base=inside, exponent=exponent):
                power = rational(exponent)
                if power is not None and power.q % 2 == 0:
                    yield from _squares(inside)


def _fold(inside: Node) -> Iterator[tuple[object, Sign]]:
    """A fold where ``inside`` changes its sign, unless it is proved that it never does."""
    names = _names(inside)
    if not names:
        return
    polynomial = _polynomial(inside, names)
    if polynomial is not None and _keeps_its_sign(polynomial, names):
        return
    yield inside, lambda point: _sign(inside, point)


def _squares(inside: Node) -> Iterator[tuple[object, Sign]]:
    """The folds of an even root of ``inside``: the factors that stand in it squared."""
    names = _names(inside)
    polynomial = _polynomial(inside, names) if names else None
    if polynomial is not None:
        for square, order in polynomial.factor_squarefree()[1]:
            if int(order) % 2 == 0 and not _keeps_its_sign(square, names):
                yield (str(square), *names), _sign_of(square, names)
        return
    for factor in inside.factors if isinstance(inside, Product) else (inside,):
        if isinstance(factor, Power):
            power = rational(factor.exponent)
            if power is not None and power.q == 1 and power.p % 2 == 0:
                yield from _fold(factor.base)


def _names(node: Node) -> list[str]:
    return sorted({part.name for part in walk(node) if isinstance(part, Symbol)})


def _polynomial(node: Node, names: list[str]) -> fmpq_mpoly | None:
    if not is_arithmetic(node):
        return None
    try:
        fraction = Field(tuple(names)).fraction(node)
    except Undefined:
        return None
    if fraction is None or not fraction[1].is_constant():
        return None
    above = fraction[0] * fraction[1]  # the sign of a constant below counts
    return above if above.total_degree() <= _HIGHEST_DEGREE else None


def _keeps_its_sign(polynomial: fmpq_mpoly, names: list[str]) -> bool:
    """Whether a polynomial in one name has no real root of odd order."""
    if polynomial.is_constant():
        return True
    if len(names) != 1:
        return False
    powers = {powers[0]: value for powers, value in polynomial.to_dict().items()}
    plain = fmpq_poly([powers.get(power, 0) for power in range(max(powers) + 1)])
    # a real root has exactly no imaginary part
    roots = cast("list[tuple[acb, int]]", plain.numer().complex_roots())
    return not any(root.imag == 0 and int(order) % 2 for root, order in roots)


def _sign(node: Node, point: Mapping[str, fmpq]) -> int:
    with precision(_BITS):
        try:
            value = Evaluation(point).value(node)
        except (NoValue, Undefined, ZeroDivisionError):
            return 0
        if value.imag != 0:
            return 0
        return 1 if value.real > 0 else -1 if value.real < 0 else 0


def _sign_of(polynomial: fmpq_mpoly, names: list[str]) -> Sign:
    def sign(point: Mapping[str, fmpq]) -> int:
        value = polynomial(*(point[name] for name in names))
        return 1 if value > 0 else -1 if value < 0 else 0

    return sign
