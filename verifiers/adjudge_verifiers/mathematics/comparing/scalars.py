"""The rungs for single values: exact, rounded, algebra, balls, SymPy."""

from __future__ import annotations

import dataclasses

from flint import arb, fmpq

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.algebra import exact, sympy_bridge
from adjudge_verifiers.mathematics.algebra.balls import Evaluation, NoValue, precision
from adjudge_verifiers.mathematics.algebra.fields import equal_fractions
from adjudge_verifiers.mathematics.algebra.identity import (
    has_imaginary,
    identical,
    identical_integers,
)
from adjudge_verifiers.mathematics.algebra.normal import Algebra
from adjudge_verifiers.mathematics.algebra.polynomials import Unsupported
from adjudge_verifiers.mathematics.algebra.rewriting import substitute, symbols
from adjudge_verifiers.mathematics.comparing.constants import same_functions
from adjudge_verifiers.mathematics.comparing.families import namings, same_solutions
from adjudge_verifiers.mathematics.comparing.tolerance import tolerated
from adjudge_verifiers.mathematics.decision import Decision, Rules
from adjudge_verifiers.mathematics.errors import BeyondLimits, Undefined
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
    walk,
)

_ARITHMETIC = (Number, Negative, Sum, Product, Quotient, Power)
_IMAGINARY = frozenset("jI")
"""Other names of the imaginary unit."""
_VARIABLES = frozenset("xyz")
"""Names that are neither constants nor integers unless a text says so."""
_INFINITE = frozenset((Constant, Negative))
_UNDECIDED = Decision(None, "undecided")
_EXACT, _OTHER = Decision(True, "exact"), Decision(False, "exact")


def compare_answers(reference: Node, answer: Node, rules: Rules) -> Decision:
    """As ``compare_scalars``, for what is all of an answer: names that cancel are no part of one.

    ``5 + x - x`` and ``5x/x`` are no number, and the latter has no value at 0.
    """
    if type(reference) is not Number or type(answer) is not Number:
        answer = _with_imaginary_of(reference, answer)
        reference = _with_imaginary_of(answer, reference)
    decision = compare_scalars(reference, answer, rules)
    if decision.equal is True and decision.rung == "algebra":
        return Decision(bool(symbols(reference)) == bool(symbols(answer)), "algebra")
    return decision


def _with_imaginary_of(other: Node, node: Node) -> Node:
    """A node with ``i`` where it writes the imaginary unit of the other as ``j`` or ``I``."""
    names = symbols(node) & _IMAGINARY
    if len(names) != 1 or symbols(other) & _IMAGINARY:
        return node
    if not has_imaginary(other) or has_imaginary(node):
        return node
    return substitute(node, {names.pop(): Constant("i")})


def compare_scalars(reference: Node, answer: Node, rules: Rules) -> Decision:
    """Whether two values are equal, and the rung that said so. Raises Undefined."""
    infinite = _infinite(reference, answer)
    if infinite is not None:
        return Decision(infinite, "infinity")
    left, right = exact.rational(reference), exact.rational(answer)
    if left is not None and right is not None and left == right:
        return _EXACT
    if _rounded(reference, answer, rules):
        return Decision(True, "rounded")
    if rules.tolerance is not None and tolerated(reference, answer, rules.tolerance):
        return Decision(True, "tolerance")
    if left is not None and right is not None:
        return _OTHER
    decision = _symbolic(reference, answer, rules)
    return (
        _as_families(reference, answer, rules) or decision if decision.equal is False else decision
    )


def _as_families(reference: Node, answer: Node, rules: Rules) -> Decision | None:
    """What constants of integration and integer parameters make of two different expressions."""
    ours, theirs = symbols(reference), symbols(answer)
    if ours == theirs and not rules.parameters and ours <= _VARIABLES:
        return None
    for one, other in namings(reference, answer, rules.parameters):
        renamed = _symbolic(one, other, rules)
        if renamed.equal is not False:
            return renamed
    if identical_integers(reference, answer):
        return Decision(True, "integers")
    same = same_solutions(reference, answer, rules.parameters) or same_functions(reference, answer)
    return Decision(True, "family") if same else None


def plain_number(node: Node) -> fmpq | None:
    """The value of plain arithmetic, where equal answers are equal values; None for all else."""
    if not all(isinstance(part, _ARITHMETIC) for part in walk(node)):
        return None
    return exact.rational(node)


def _symbolic(left: Node, right: Node, rules: Rules) -> Decision:
    """Algebra, then balls, then SymPy."""
    try:
        equal = equal_fractions(left, right)
        if equal is None:
            equal = Algebra().equal(left, right)
    except (Unsupported, BeyondLimits):
        equal = None
    if equal is not None:
        return Decision(equal, "algebra")
    equal = identical(left, right)
    if equal is not None:
        return Decision(equal, "numeric_identity" if equal else "balls")
    if rules.sympy and sympy_bridge.equal(left, right):
        return Decision(True, "sympy")
    return _UNDECIDED


def _infinite(left: Node, right: Node) -> bool | None:
    """Equality where one side is an infinity, else None."""
    if type(left) not in _INFINITE and type(right) not in _INFINITE:
        return None
    one, other = _infinity(left), _infinity(right)
    return None if one == other == 0 else one == other


def _infinity(node: Node) -> int:
    if isinstance(node, Negative):
        return -_infinity(node.inner)
    return 1 if isinstance(node, Constant) and node.name == "oo" else 0


# Rounding ---------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class _Decimal:
    """A written decimal: its value and half a unit of its last digit."""

    value: fmpq
    half_unit: fmpq


def written_decimal(node: Node) -> _Decimal | None:
    """What is written as one decimal, perhaps scaled by exact factors: ``-1.5 · 10^3``."""
    match node:
        case Number(value=value, places=places) if places >= 0:
            return _Decimal(value, fmpq(1, 2 * 10**places))
        case Negative(inner=inner):
            found = written_decimal(inner)
            return found and _Decimal(-found.value, found.half_unit)
        case Product(factors=factors):
            return _scaled([(factor, False) for factor in factors])
        case Quotient(numerator=top, denominator=bottom) if written_decimal(bottom) is None:
            return _scaled([(top, False), (bottom, True)])
    return None


def _scaled(factors: list[tuple[Node, bool]]) -> _Decimal | None:
    decimals = [found for factor, _ in factors if (found := written_decimal(factor)) is not None]
    if len(decimals) != 1:
        return None
    scale = fmpq(1)
    for factor, below in factors:
        if written_decimal(factor) is not None:
            continue
        value = exact.rational(factor)
        if value is None or value == 0:
            return None
        scale = scale / value if below else scale * value
    found = decimals[0]
    return _Decimal(found.value * scale, found.half_unit * abs(scale))


def _rounded(reference: Node, answer: Node, rules: Rules) -> bool:
    """Whether the answer rounds to a decimal reference as that is written."""
    decimal = written_decimal(reference) if rules.rounding else None
    return decimal is not None and _within(decimal, answer)


def _within(decimal: _Decimal, other: Node) -> bool:  # noqa: PLR0911 - each way to know
    """Whether ``other`` lies within half a unit of the last written digit, proved."""
    value = exact.rational(other)
    if value is not None:
        return bool(abs(value - decimal.value) <= decimal.half_unit)
    if any(isinstance(part, Symbol) for part in walk(other)):
        return False
    bits = 256
    while bits <= limits.PRECISION_BITS:
        with precision(bits):
            try:
                ball = Evaluation({}).value(other)
            except (NoValue, Undefined, ZeroDivisionError):
                return False
            if ball.imag != 0:
                return False
            distance = abs(ball.real - arb(decimal.value))
            if distance <= arb(decimal.half_unit):
                return True
            if distance > arb(decimal.half_unit):
                return False
        bits *= 4
    return False
