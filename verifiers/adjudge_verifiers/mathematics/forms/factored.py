"""Products as they are written: is every factor irreducible?"""

from __future__ import annotations

from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.polynomials import content_of
from adjudge_verifiers.mathematics.forms.expanded import lacks_expansion
from adjudge_verifiers.mathematics.forms.factoring import is_irreducible, polynomial_of
from adjudge_verifiers.mathematics.rendering import shown
from adjudge_verifiers.mathematics.syntax import (
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Sum,
)

_PRIME_BITS = 256


def lacks_factors(value: Node) -> str:
    """What a value lacks of being factored: "" for nothing. Raises Unsupported, BeyondLimits."""
    number = rational(value)
    return _lacks_primes(value) if number is not None else _lacks(value)


def _lacks(node: Node) -> str:
    match node:
        case Negative(inner=inner) | PlusMinus(inner=inner):
            return _lacks(inner)
        case Product() | Quotient():
            return next((missing for part in node.parts if (missing := _lacks(part))), "")
        case Power(base=base, exponent=exponent):
            power = rational(exponent)
            return _lacks(base) if power is not None and power.q == 1 else ""
        case Sum():
            return _lacks_irreducibility(node)
    return ""


def _lacks_irreducibility(factor: Sum) -> str:
    """A sum that is a factor is expanded, has no common divisor and no factors of its own."""
    if missing := lacks_expansion(factor):
        return f"{shown(factor)} is a sum; {missing}"
    polynomial = polynomial_of(factor)
    if content_of(polynomial).p != 1:
        return f"the terms of {shown(factor)} have a common divisor"
    return "" if is_irreducible(polynomial) else f"{shown(factor)} can be factored"


def _lacks_primes(node: Node) -> str:
    """A number is factored when it is a product of primes and their powers."""
    match node:
        case Negative(inner=inner):
            return _lacks_primes(inner)
        case Product() | Quotient():
            return next((missing for part in node.parts if (missing := _lacks_primes(part))), "")
        case Power(base=base):
            return _lacks_primes(base)
        case Number(value=value) if value.q == 1 and value.p.bit_length() <= _PRIME_BITS:
            prime = value in (0, 1) or value.p.is_probable_prime()
            return "" if prime else f"{shown(node)} is no prime"
    return f"{shown(node)} is no prime"
