"""Exact polynomials of written expressions: common factors and irreducibility.

Names and functions of names are indeterminates; √2, other roots of rationals and i are numbers of
the field that the coefficients span. A polynomial over a field with such numbers is irreducible
when its norm is (Trager, "Algebraic factoring and rational function integration", 1976).
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from adjudge_verifiers.mathematics.algebra.normal import Algebra
from adjudge_verifiers.mathematics.algebra.polynomials import (
    ONE,
    Polynomial,
    Unsupported,
    content_of,
)
from adjudge_verifiers.mathematics.errors import BeyondLimits

if TYPE_CHECKING:
    from flint import fmpq_mpoly

    from adjudge_verifiers.mathematics.syntax import Node

_MOST_TERMS = 120
_MOST_NAMES = 6
_HIGHEST_DEGREE = 48
_COEFFICIENT_BITS = 1_024
_SHIFTS = 6


@dataclasses.dataclass(frozen=True, slots=True)
class Polynomials:
    """Polynomials in one ring. ``algebraic``: atoms that are numbers, with what they solve.

    ``algebraic`` maps the index of a generator t to (degree, value) of ``t^degree = value``.
    """

    items: tuple[fmpq_mpoly, ...]
    algebraic: dict[int, tuple[int, int]]


def polynomial_of(node: Node) -> Polynomial:
    """The expression as a polynomial with rational coefficients.

    Raises Unsupported for one that is none, BeyondLimits and Undefined.
    """
    top, bottom = Algebra().form(node)
    if bottom is not ONE or any(power < 0 for monomial in top for _, power in monomial):
        raise Unsupported
    return top


def together(polynomials: tuple[Polynomial, ...]) -> Polynomials:
    """The polynomials in one ring. Raises BeyondLimits for large ones."""
    steps: dict[str, int] = {}
    for polynomial in polynomials:
        if len(polynomial) > _MOST_TERMS:
            raise BeyondLimits(f"a polynomial has more than {_MOST_TERMS} terms")
        for monomial in polynomial:
            for atom, power in monomial:
                steps[atom] = math.lcm(steps.get(atom, 1), int(power.q))
    if len(steps) > _MOST_NAMES:
        raise BeyondLimits(f"a polynomial has more than {_MOST_NAMES} names")
    atoms = sorted(steps)
    ring = fmpq_mpoly_ctx.get([f"v{index}" for index in range(max(len(atoms), 1))], Ordering.lex)
    items = tuple(_converted(one, atoms, steps, ring) for one in polynomials)
    algebraic = {}
    for index, atom in enumerate(atoms):
        if atom == "i":
            algebraic[index] = (2, -1)
        elif atom[0] == "√" and atom[1:].isdigit():
            algebraic[index] = (steps[atom], int(atom[1:]))
    return Polynomials(items, algebraic)


def _converted(
    polynomial: Polynomial, atoms: list[str], steps: dict[str, int], ring: fmpq_mpoly_ctx
) -> fmpq_mpoly:
    terms: dict[tuple[int, ...], fmpq] = {}
    for monomial, coefficient in polynomial.items():
        powers = {atom: int((power * steps[atom]).p) for atom, power in monomial}
        if sum(powers.values()) > _HIGHEST_DEGREE:
            raise BeyondLimits(f"a polynomial has a degree above {_HIGHEST_DEGREE}")
        if max(coefficient.p.bit_length(), coefficient.q.bit_length()) > _COEFFICIENT_BITS:
            raise BeyondLimits("a coefficient is too large")
        key = tuple(powers.get(atom, 0) for atom in atoms) or (0,)
        terms[key] = coefficient
    return ring.from_dict(terms)


def common_factor(one: Polynomial, other: Polynomial) -> bool:
    """Whether two polynomials with whole coefficients share a factor other than ±1."""
    if not one or not other:
        return True  # 0/5
    if content_of(one).p.gcd(content_of(other).p) != 1:
        return True
    first, second = together((one, other)).items
    return not first.gcd(second).is_constant()


def is_irreducible(polynomial: Polynomial) -> bool:
    """Whether a polynomial that is no number has no factors in the field of its coefficients."""
    ring = together((polynomial,))
    (item,) = ring.items
    degrees = item.degrees()
    names = [at for at in range(len(degrees)) if degrees[at] and at not in ring.algebraic]
    numbers = [at for at in ring.algebraic if degrees[at]]
    if not names:
        return True  # a number
    for at in numbers:
        degree, value = ring.algebraic[at]
        if item.total_degree() * degree > _HIGHEST_DEGREE:
            raise BeyondLimits("a norm has too high a degree")
        norm = _norm(item, names[0], at, degree, value)
        if norm is None:
            return False  # a repeated factor
        item = norm
    factors = item.factor()[1]
    return len(factors) == 1 and int(factors[0][1]) == 1


def _norm(item: fmpq_mpoly, name: int, at: int, degree: int, value: int) -> fmpq_mpoly | None:
    """A norm without repeated factors, down to the field without generator ``at``; None if none."""
    generators = list(item.context().gens())
    minimal = generators[at] ** degree - value
    for shift in range(_SHIFTS):
        moved = list(generators)
        moved[name] = generators[name] - shift * generators[at]
        norm = item.compose(*moved).resultant(minimal, at)
        if all(int(power) == 1 for _, power in norm.factor_squarefree()[1]):
            return norm
    return None
