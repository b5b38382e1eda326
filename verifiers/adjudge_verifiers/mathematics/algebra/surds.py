"""Products of rationals and square roots, told apart by their squares: ``15√10`` is ``√2250``."""

from __future__ import annotations

from flint import fmpq

from adjudge_verifiers.mathematics.algebra import exact
from adjudge_verifiers.mathematics.syntax import Negative, Node, Number, Power, Product, Quotient

_HALF = Number(fmpq(1, 2))


def signed_square(node: Node) -> fmpq | None:  # noqa: PLR0911 - one return for each kind of node
    """The square of a real number, with the number's own sign; None when it is not rational.

    Two numbers are equal exactly when these are.
    """
    match node:
        case Number(value=value):
            return value * abs(value)
        case Negative(inner=inner):
            square = signed_square(inner)
            return None if square is None else -square
        case Product(factors=factors):
            total = fmpq(1)
            for factor in factors:
                square = signed_square(factor)
                if square is None:
                    return None
                total *= square
            return total
        case Quotient(numerator=top, denominator=bottom):
            above = signed_square(top)
            below = signed_square(bottom) if above is not None else None
            return above / below if above is not None and below else None
        case Power(base=base, exponent=exponent) if exponent == _HALF:
            radicand = exact.rational(base)
            return radicand if radicand is not None and radicand >= 0 else None
    return None
