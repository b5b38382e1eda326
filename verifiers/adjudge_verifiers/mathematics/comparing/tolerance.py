"""Whether a value lies near enough to the reference, where a task allows a tolerance."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.algebra import exact
from adjudge_verifiers.mathematics.algebra.balls import Evaluation, NoValue, precision
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.syntax import Node, Symbol, walk


def exactly(value: float) -> fmpq:
    """The decimal that a float was written as: 0.1 is one tenth."""
    top, bottom = Fraction(repr(value)).as_integer_ratio()
    return fmpq(top, bottom)


def tolerated(reference: Node, answer: Node, tolerance: tuple[fmpq, fmpq]) -> bool:
    """Whether ``|answer - reference| <= max(absolute, relative · |reference|)``, proved.

    ``tolerance`` is (relative, absolute). False for what has names in it or no value.
    """
    relative, absolute = tolerance
    ours, theirs = exact.rational(reference), exact.rational(answer)
    if ours is not None and theirs is not None:
        return bool(abs(theirs - ours) <= max(absolute, relative * abs(ours)))
    if any(isinstance(part, Symbol) for node in (reference, answer) for part in walk(node)):
        return False
    bits = 128
    while bits <= limits.PRECISION_BITS:
        with precision(bits):
            try:
                one, other = Evaluation({}).value(reference), Evaluation({}).value(answer)
            except (NoValue, Undefined, ZeroDivisionError):
                return False
            distance = abs(other - one)
            allowed = (arb(relative) * abs(one)).max(arb(absolute))
            if distance <= allowed:
                return True
            if distance > allowed:
                return False
        bits *= 4
    return False
