"""Simplified: no step is left that always makes an expression shorter or more usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.normal import Algebra
from adjudge_verifiers.mathematics.algebra.polynomials import Unsupported, content_of, prime_factors
from adjudge_verifiers.mathematics.errors import BeyondLimits, Undefined
from adjudge_verifiers.mathematics.forms.expanded import lacks_collection
from adjudge_verifiers.mathematics.forms.lowest_terms import (
    is_written_decimal,
    lacks_one_fraction,
    lacks_reduction,
)
from adjudge_verifiers.mathematics.rendering import shown
from adjudge_verifiers.mathematics.syntax import (
    Call,
    Constant,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Word,
    walk,
)

if TYPE_CHECKING:
    from flint import fmpq

_MOST_DIGITS = 12
"""A power of more digits may stay a power."""


def lacks_simplicity(value: Node, text: str) -> str:
    """What a value lacks of being simplified: "" for nothing. Raises Unsupported, BeyondLimits."""
    if rational(value) is not None and not _stays(value):
        return _lacks_number(value, text)
    return _lacks_somewhere(value)


def _lacks_somewhere(node: Node) -> str:
    if _stays(node):
        return ""
    return _lacks(node) or next(
        (missing for part in node.parts if (missing := _lacks_somewhere(part))), ""
    )


def _lacks_number(value: Node, text: str) -> str:
    """A rational number is one whole number, decimal, mixed number or reduced fraction."""
    node = value.inner if isinstance(value, Negative) else value
    if isinstance(node, Number) and is_written_decimal(node, text):
        return ""
    if isinstance(node, Quotient) and rational(node.denominator) == 1:
        return f"{shown(value)} is a whole number"
    return lacks_one_fraction(value, text)


def _lacks(node: Node) -> str:  # noqa: PLR0911 - one return for each kind of node
    match node:
        case Quotient(denominator=bottom):
            if rational(bottom) == 1:
                return f"{shown(node)} is divided by 1"
            if _is_radical(bottom):
                return f"a root is left in the denominator of {shown(node)}"
            return lacks_reduction(node)
        case Sum(terms=terms):
            return _lacks_collection(node, terms)
        case Product(factors=factors):
            return _lacks_product(node, factors)
        case Power(base=base, exponent=exponent):
            return _lacks_power(node, base, exponent)
        case Call(name="root", arguments=(base, degree)):
            size = rational(degree)
            return "" if size is None or size == 0 else _lacks_root(node, base, 1 / size)
        case Call():
            return _lacks_value(node)
    return ""


def _lacks_collection(node: Sum, terms: tuple[Node, ...]) -> str:
    if missing := lacks_collection(terms):
        return missing
    try:
        top, _ = Algebra().form(node)
    except (Unsupported, BeyondLimits, Undefined):
        return ""
    leaves = sum(_leaves(term) for term in terms)
    return f"{shown(node)} is shorter when multiplied out" if len(top) < leaves else ""


def _leaves(node: Node) -> int:
    """How many terms are written in a term."""
    match node:
        case Sum(terms=parts) | Product(factors=parts):
            sizes = [_leaves(part) for part in parts]
            return sum(sizes) if isinstance(node, Sum) else max(sizes)
        case Negative(inner=inner) | Power(base=inner) | Quotient(numerator=inner):
            return _leaves(inner)
    return 1


def _lacks_product(node: Product, factors: tuple[Node, ...]) -> str:
    numbers = [
        value
        for factor in factors
        if (value := rational(factor)) is not None and not _is_power_of_ten(factor)
    ]
    if len(numbers) > 1:
        return f"the numbers of {shown(node)} can be multiplied"
    if numbers and numbers[0] == 0:
        return f"{shown(node)} is 0"
    seen: set[Node] = set()
    for factor in factors:
        base = factor.base if isinstance(factor, Power) else factor
        if base in seen and isinstance(base, Symbol | Sum | Call | Constant):
            return f"{shown(base)} stands twice in {shown(node)}"
        seen.add(base)
    return ""


def _lacks_power(node: Power, base: Node, exponent: Node) -> str:
    power = rational(exponent)
    if power is None:
        return ""
    if power in (0, 1):
        return f"{shown(node)} has the exponent {power}"
    if power.q != 1:
        return _lacks_root(node, base, power)
    if rational(base) is not None:
        return f"{shown(node)} is not worked out"
    return ""


def _lacks_root(node: Node, base: Node, power: fmpq) -> str:  # noqa: PLR0911 - one for each flaw
    """What stands under a root is whole and has no factor that can be taken out."""
    number = rational(base)
    if number is None:
        try:
            top, bottom = Algebra().form(base)
        except (Unsupported, BeyondLimits, Undefined):
            return ""
        if len(bottom) != 1 or not top:
            return ""
        number = content_of(top)
    elif number.q != 1:
        return f"a fraction stands under the root {shown(node)}"
    if number == 0:
        return f"{shown(node)} is 0"
    try:
        powers = prime_factors(abs(number))
    except Unsupported:
        return ""
    if number == 1 and rational(base) is not None:
        return f"{shown(node)} is 1"
    if any(count * abs(power) >= 1 for count in powers.values()):
        return f"a factor can be taken out of the root {shown(node)}"
    return ""


def _lacks_value(node: Call) -> str:
    """Functions of numbers with an exact value are worked out: 3!, |-2|, sin(π/6), ln e."""
    if any(isinstance(part, Symbol | Word) for part in walk(node)):
        return ""
    if rational(node) is not None:
        return f"{shown(node)} is not worked out"
    try:
        top, bottom = Algebra().form(node)
    except (Unsupported, BeyondLimits, Undefined):
        return ""
    opaque = any("[" in atom for form in (top, bottom) for one in form for atom, _ in one)
    return "" if opaque else f"{shown(node)} is not worked out"


def _stays(node: Node) -> bool:
    """Whether a number may stay as it is: scientific notation, a power too long to write out."""
    inner = node.inner if isinstance(node, Negative) else node
    if _is_power_of_ten(inner):
        return True
    if isinstance(inner, Product) and len(inner.factors) == 2:  # noqa: PLR2004 - a · 10^n
        first, ten = inner.factors
        return isinstance(first, Number) and _is_power_of_ten(ten)
    value = rational(inner) if isinstance(inner, Power | Call) else None
    return value is not None and len(str(value)) > _MOST_DIGITS


def _is_radical(node: Node) -> bool:
    """Whether a denominator has roots or i and no names."""
    if rational(node) is not None:
        return False
    try:
        top, _ = Algebra().form(node)
    except (Unsupported, BeyondLimits, Undefined):
        return False
    atoms = {atom for monomial in top for atom, _ in monomial}
    return bool(atoms) and all(atom == "i" or atom[1:].isdigit() for atom in atoms)


def _is_power_of_ten(node: Node) -> bool:
    return isinstance(node, Power) and rational(node.base) == 10  # noqa: PLR2004
