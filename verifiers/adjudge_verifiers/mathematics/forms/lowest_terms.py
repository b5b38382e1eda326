"""Fractions as they are written: is every one in lowest terms?"""

from __future__ import annotations

import math
import re

from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.polynomials import Unsupported
from adjudge_verifiers.mathematics.forms.factoring import common_factor, polynomial_of
from adjudge_verifiers.mathematics.rendering import shown
from adjudge_verifiers.mathematics.syntax import Negative, Node, Number, Quotient, walk

_FRACTION = re.compile(
    r"\\[dtc]?frac\s?(?:\{\s?(\d{1,99})\s?\}|(\d))\s?(?:\{\s?(\d{1,99})\s?\}|(\d))"
    r"|(\d{1,99})\s?/\s?(\d{1,99})"
)


def lacks_lowest_terms(value: Node, text: str) -> str:
    """What a value lacks of lowest terms: "" for nothing. Raises Unsupported, BeyondLimits."""
    number = rational(value)
    if number is not None:
        return lacks_one_fraction(value, text)
    for part in walk(value):
        if isinstance(part, Quotient) and (missing := lacks_reduction(part)):
            return missing
    return ""


def lacks_one_fraction(value: Node, text: str) -> str:
    """What a number lacks of one whole, mixed or reduced fraction."""
    node = value.inner if isinstance(value, Negative) else value
    if isinstance(node, Number):
        if is_written_decimal(node, text):
            return f"{shown(value)} is a decimal"
        return "" if node.value.q == 1 else _lacks_mixed(node, text)
    if not isinstance(node, Quotient):
        return f"{shown(value)} is not worked out"
    return lacks_reduction(node)


def is_written_decimal(node: Number, text: str) -> bool:
    """Whether a number of an answer's text has a decimal point, perhaps with a period."""
    if node.places >= 0 or node.value.q == 1:
        return node.places >= 0
    return "." in text and _FRACTION.search(text) is None


def lacks_reduction(fraction: Quotient) -> str:
    """What a fraction of whole numbers or polynomials lacks of lowest terms."""
    top, bottom = fraction.numerator, fraction.denominator
    if any(isinstance(part, Quotient) for side in (top, bottom) for part in _arithmetic(side)):
        return f"{shown(fraction)} has a fraction within a fraction"
    if any(isinstance(part, Number) and part.places >= 0 for part in _arithmetic(fraction)):
        return f"{shown(fraction)} has a decimal within a fraction"
    below = rational(bottom)
    if below is not None and below < 0:
        return f"{shown(fraction)} has a negative denominator"
    numbers = below is not None and rational(top) is not None
    if numbers and not (_is_whole(top) and _is_whole(bottom)):
        return f"{shown(fraction)} is not worked out"
    above, under = polynomial_of(top), polynomial_of(bottom)
    if any(value.q != 1 for polynomial in (above, under) for value in polynomial.values()):
        raise Unsupported
    return f"{shown(fraction)} can be reduced" if common_factor(above, under) else ""


def _arithmetic(node: Node) -> list[Node]:
    """The parts of a side that are not within a function or an exponent."""
    parts = [node]
    for part in parts:
        if type(part).__name__ in ("Sum", "Product", "Negative", "Quotient"):
            parts.extend(part.parts)
    return parts


def _is_whole(node: Node) -> bool:
    inner = node.inner if isinstance(node, Negative) else node
    return isinstance(inner, Number) and inner.value.q == 1


def _lacks_mixed(node: Number, text: str) -> str:
    """A mixed number is in lowest terms when the fractions of its text are."""
    pairs = [
        (int(match[1] or match[2] or match[5]), int(match[3] or match[4] or match[6]))
        for match in _FRACTION.finditer(text)
    ]
    reduced = all(math.gcd(above, below) == 1 for above, below in pairs)
    return "" if reduced else f"the fraction of {shown(node)} can be reduced"
