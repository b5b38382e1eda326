"""Sums as they are written: is every product multiplied out and are like terms one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.normal import Algebra
from adjudge_verifiers.mathematics.algebra.polynomials import Monomial, Unsupported, form_text
from adjudge_verifiers.mathematics.rendering import shown
from adjudge_verifiers.mathematics.syntax import (
    Negative,
    Node,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Word,
    walk,
)

if TYPE_CHECKING:
    from adjudge_verifiers.mathematics.algebra.polynomials import Form


def lacks_expansion(value: Node) -> str:
    """What a value lacks of being expanded: "" for nothing. Raises Unsupported, BeyondLimits."""
    if isinstance(value, Negative) and isinstance(value.inner, Quotient):
        value = value.inner
    if isinstance(value, Quotient):
        return lacks_expansion(value.numerator) or lacks_expansion(value.denominator)
    terms = value.terms if isinstance(value, Sum) else (value,)
    named = _has_names(value)
    for term in terms:
        if missing := _lacks_term(term, named=named):
            return missing
    return lacks_collection(terms)


def lacks_collection(terms: tuple[Node, ...]) -> str:
    """Whether two terms of a sum could be one."""
    seen: dict[object, Node] = {}
    for term in terms:
        for key in _likeness(term):
            if key == "zero" and len(terms) > 1:
                return f"the term {shown(term)} is 0"
            if key in seen:
                return f"the terms {shown(seen[key])} and {shown(term)} can be combined"
            seen[key] = term
    return ""


def _likeness(term: Node) -> list[object]:
    """What two like terms share: their names with powers and their denominators."""
    if isinstance(term, PlusMinus):
        return [("±", *_likeness(term.inner))]
    number = rational(term)
    if number is not None:
        return ["number", *(["zero"] if number == 0 else [])]
    try:
        top, bottom = Algebra().form(term)
    except Unsupported:
        return []
    if not top:
        return ["zero"]
    if len(top) != 1:
        return []
    (monomial,) = top
    return [(_denominator((top, bottom)), _key(monomial))]


def _denominator(form: Form) -> str:
    return form_text(({(): next(iter(form[1].values()))}, form[1]))


def _key(monomial: Monomial) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((atom, str(power)) for atom, power in monomial))


def _has_names(node: Node) -> bool:
    return any(isinstance(part, Symbol | Word) for part in walk(node))


def _lacks_term(term: Node, *, named: bool) -> str:  # noqa: C901, PLR0911 - one return for each kind
    """What one term lacks: brackets to multiply out, a name that stands twice.

    ``named``: the whole value has names; then ``1 + √2`` in brackets is a number of it.
    """
    match term:
        case Negative(inner=inner) | PlusMinus(inner=inner):
            return _lacks_term(inner, named=named)
        case Sum():
            if named and not _has_names(term):
                return lacks_expansion(term)
            return f"the brackets around {shown(term)} are not removed"
        case Quotient(numerator=top, denominator=bottom):
            return _lacks_term(top, named=named) or lacks_expansion(bottom)
        case Power(base=base, exponent=exponent):
            power = rational(exponent)
            whole = power is not None and power.q == 1
            if whole and isinstance(base, Sum | Product | Quotient | Negative | Power):
                return f"{shown(term)} is not multiplied out"
        case Product(factors=factors):
            names: set[Node] = set()
            for factor in factors:
                if isinstance(factor, Sum) and (not named or _has_names(factor)):
                    return f"{shown(term)} is not multiplied out"
                if missing := _lacks_term(factor, named=named):
                    return missing
                name = factor.base if isinstance(factor, Power) else factor
                if isinstance(name, Symbol) and name in names:
                    return f"{name.name} stands twice in {shown(term)}"
                names.add(name)
    return ""
