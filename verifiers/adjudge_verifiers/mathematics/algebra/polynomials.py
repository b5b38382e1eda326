"""Polynomials over roots, constants, symbols and opaque functions, as dictionaries.

A polynomial maps monomials to rational coefficients; a monomial is a sorted tuple of (atom,
exponent). Atoms are strings: ``x``, ``π``, ``e``, ``i``, ``√2`` (2 to a power between 0 and 1),
``2^[x]``, ``sin[…]``. What stands in square brackets is the text of another normal form.
"""

from __future__ import annotations

from flint import fmpq, fmpz

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.errors import BeyondLimits

Monomial = tuple[tuple[str, fmpq], ...]
Polynomial = dict[Monomial, fmpq]
Form = tuple[Polynomial, Polynomial]
"""Numerator, denominator."""

ONE: Polynomial = {(): fmpq(1)}
HALF = fmpq(1, 2)
_FACTORED_BITS = 64


class Unsupported(Exception):
    """Raised when an expression has no normal form: another rung must decide."""


def number(value: fmpq) -> Polynomial:
    """The constant polynomial of a rational."""
    return {(): value} if value != 0 else {}


def single(name: str) -> Polynomial:
    """The polynomial of one atom."""
    return {((name, fmpq(1)),): fmpq(1)}


def is_positive(atom: str) -> bool:
    """Whether an atom stands for a positive number."""
    return atom in ("π", "e") or (atom[0] == "√" and atom[1] != "[")


def added(left: Polynomial, right: Polynomial, factor: fmpq) -> Polynomial:
    """``left + factor · right``."""
    result = dict(left)
    for monomial, value in right.items():
        total = result[monomial] + factor * value if monomial in result else factor * value
        if total == 0:
            del result[monomial]
        else:
            result[monomial] = total
    if len(result) > limits.TERMS:
        raise BeyondLimits(f"a polynomial has more than {limits.TERMS} terms")
    return result


def content_of(base: Polynomial) -> fmpq:
    """The positive rational by which all coefficients divide."""
    values = list(base.values())
    top, bottom = abs(values[0].p), values[0].q
    for value in values[1:]:
        top, bottom = top.gcd(value.p), bottom * value.q / bottom.gcd(value.q)
    return fmpq(int(top), int(bottom))


def prime_factors(value: fmpq) -> dict[int, fmpq]:
    """Primes and exponents of a positive rational; a large part that resists stays whole."""
    result: dict[int, fmpq] = {}
    for part, sign in ((value.p, 1), (value.q, -1)):
        if part.bit_length() > _FACTORED_BITS:
            raise Unsupported
        for prime, power in fmpz(part).factor():
            result[int(prime)] = fmpq(sign * int(power))
    return result


def trigonometric(name: str, argument: Form) -> Polynomial | None:
    """Sine and cosine at multiples of π/6 and π/4."""
    top, bottom = argument
    if bottom is not ONE or len(top) > 1:
        return None
    turns = fmpq(0) if not top else top.get((("π", fmpq(1)),))
    if turns is None:
        return None
    if name == "cos":
        turns = turns + HALF
    turns = turns - 2 * fmpq(int(turns.p) // (2 * int(turns.q)))
    sign = 1
    if turns >= 1:
        turns, sign = turns - 1, -1
    if turns > HALF:
        turns = 1 - turns
    half = fmpq(sign, 2)
    table: dict[fmpq, Polynomial] = {
        fmpq(0): {}, fmpq(1, 6): {(): half}, fmpq(1, 4): {(("√2", HALF),): half},
        fmpq(1, 3): {(("√3", HALF),): half}, HALF: {(): fmpq(sign)},
    }  # fmt: skip
    return table.get(turns)


def monomial_text(monomial: Monomial) -> str:
    """The text of a monomial. Raises Unsupported for one that is too long."""
    return _bounded("*".join(atom if power == 1 else f"{atom}^{power}" for atom, power in monomial))


def polynomial_text(polynomial: Polynomial) -> str:
    """The text of a polynomial, equal for equal polynomials. Raises Unsupported, as above."""
    terms = sorted((monomial_text(monomial), str(value)) for monomial, value in polynomial.items())
    return _bounded("+".join(f"{value}{monomial}" for monomial, value in terms))


def _bounded(name: str) -> str:
    """A text that may become part of a name: each level of a tower repeats the one above it."""
    if len(name) > limits.NAME_CHARACTERS:
        raise Unsupported
    return name


def form_text(form: Form) -> str:
    """The text of a fraction of polynomials, equal for equal fractions in lowest terms."""
    top, bottom = form
    if bottom is ONE:
        return polynomial_text(top)
    lead = bottom[min(bottom, key=monomial_text)]
    top = {monomial: value / lead for monomial, value in top.items()}
    bottom = {monomial: value / lead for monomial, value in bottom.items()}
    return f"{polynomial_text(top)}/{polynomial_text(bottom)}"
