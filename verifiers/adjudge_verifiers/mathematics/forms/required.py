"""Required forms: is a right answer written in lowest terms, factored, expanded, simplified?

Judged on the syntax tree as it was written. Each check returns what is missing, as a clause that
follows "the answer is right, but", or "" when nothing is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.polynomials import Unsupported
from adjudge_verifiers.mathematics.comparing.labels import split_label
from adjudge_verifiers.mathematics.errors import BeyondLimits, Undefined
from adjudge_verifiers.mathematics.forms.expanded import lacks_expansion
from adjudge_verifiers.mathematics.forms.factored import lacks_factors
from adjudge_verifiers.mathematics.forms.lowest_terms import is_written_decimal, lacks_lowest_terms
from adjudge_verifiers.mathematics.forms.simplified import lacks_simplicity
from adjudge_verifiers.mathematics.rendering import shown
from adjudge_verifiers.mathematics.syntax import (
    Based,
    Builder,
    Combined,
    Constant,
    Listing,
    Matrix,
    Modular,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Ratio,
    Relation,
    Sequence,
    SetOf,
    Symbol,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge_verifiers.mathematics.comparing.ladder import Parsed
    from adjudge_verifiers.mathematics.parameters import RequiredForm

_CONTAINERS = (Listing, SetOf, Sequence, Matrix, Relation, Ratio, Quantity, Modular, Combined)
_TEN = 10


def lacks_form(answer: Parsed, form: RequiredForm) -> str:
    """What an answer lacks of the required form; "" when nothing."""
    for value in _values(answer.node):
        try:
            missing = _missing(value, form, answer.text)
        except (Unsupported, BeyondLimits, Undefined):
            missing = f"{shown(value)} could not be shown to be {form.replace('_', ' ')}"
        if missing:
            return missing
    return ""


def _values(node: Node) -> Iterator[Node]:
    """The values that an answer holds, each an expression of its own."""
    node = split_label(node)[1]
    if isinstance(node, Builder):
        yield from _values(node.condition)
    elif isinstance(node, _CONTAINERS):
        for part in node.parts:
            yield from _values(part)
    elif not isinstance(node, Word | Based) and node != Constant("oo"):
        yield node


def _missing(value: Node, form: RequiredForm, text: str) -> str:
    match form:
        case "lowest_terms":
            return lacks_lowest_terms(value, text)
        case "factored":
            return lacks_factors(value)
        case "expanded":
            return lacks_expansion(value)
        case "simplified":
            return lacks_simplicity(value, text)
        case "decimal":
            return "" if _is_decimal(value, text) else f"{shown(value)} is not a decimal"


def _is_decimal(node: Node, text: str) -> bool:
    """A whole number or decimal, perhaps times a power of ten; a name is none but may stay."""
    match node:
        case Symbol():
            return True
        case Negative(inner=inner):
            return _is_decimal(inner, text)
        case Number(value=value):
            return bool(value.q == 1) or is_written_decimal(node, text)
        case Product(factors=(Number() as first, Power(base=Number(value=base), exponent=above))):
            return base == _TEN and rational(above) is not None and _is_decimal(first, text)
    return False
