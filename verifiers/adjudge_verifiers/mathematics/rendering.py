"""A syntax tree as short plain text, for messages that people read."""

from __future__ import annotations

from flint import fmpq

from adjudge_verifiers.mathematics.syntax import (
    Apply,
    Based,
    Call,
    Constant,
    Listing,
    Matrix,
    Modular,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quantity,
    Quotient,
    Ratio,
    Relation,
    Sequence,
    SetOf,
    Sum,
    Symbol,
    Word,
)

SHOWN_CHARACTERS = 80
_HALF = fmpq(1, 2)
_ATOMS = (Number, Symbol, Constant, Call, Apply, Sequence, SetOf, Word, Matrix, Based)
_NAMES = {"oo": "∞", "pi": "π"}


def shown(node: Node) -> str:
    """The node as text of at most ``SHOWN_CHARACTERS``."""
    return shortened(_text(node))


def shortened(text: str) -> str:
    """The text cut to ``SHOWN_CHARACTERS``."""
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def _text(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 - a line for each kind of node
    match node:
        case Number():
            return _number(node)
        case Symbol(name=text) | Constant(name=text) | Word(text=text):
            return _NAMES.get(text, text)
        case Based(digits=digits, base=base):
            return f"{digits}_{base}"
        case Sum(terms=terms):
            return " + ".join(map(_text, terms)).replace("+ -", "- ")
        case Product(factors=factors):
            return "·".join(map(_grouped, factors))
        case Negative(inner=inner):
            return f"-{_text(inner)}" if not isinstance(inner, Sum) else f"-({_text(inner)})"
        case PlusMinus(inner=inner, upper=upper):
            return ("±" if upper == "+" else "∓") + _grouped(inner)
        case Quotient(numerator=top, denominator=bottom):
            return f"{_grouped(top)}/{_grouped(bottom)}"
        case Power(base=base, exponent=Number(value=half)) if half == _HALF:
            return f"√{_grouped(base)}"
        case Power(base=base, exponent=exponent):
            return f"{_grouped(base)}^{_grouped(exponent)}"
        case Call(name=name, arguments=arguments) | Apply(name=name, arguments=arguments):
            return f"{name}({', '.join(map(_text, arguments))})"
        case Quantity(value=value, unit="percent"):
            return f"{_text(value)} %"
        case Quantity(value=value, unit=unit):
            return f"{_text(value)} {unit}"
        case Sequence(items=items, opening=opening, closing=closing):
            return f"{opening}{', '.join(map(_text, items))}{closing}"
        case SetOf(items=items):
            return f"{{{', '.join(map(_text, items))}}}"
        case Listing(items=items, joint=joint):
            return (", " if joint == "," else f" {joint} ").join(map(_text, items))
        case Matrix(rows=rows):
            return "[" + "; ".join(", ".join(map(_text, row)) for row in rows) + "]"
        case Relation(sides=sides, operators=operators):
            pairs = zip(operators, sides[1:], strict=True)
            return _text(sides[0]) + "".join(f" {sign} {_text(side)}" for sign, side in pairs)
        case Modular(value=value, modulus=modulus):
            return f"{_text(value)} (mod {_text(modulus)})"
        case Ratio(items=items):
            return ":".join(map(_text, items))
    return type(node).__name__.lower()


def _grouped(node: Node) -> str:
    text = _text(node)
    bare = isinstance(node, _ATOMS) and not (isinstance(node, Number) and "/" in text)
    return text if bare else f"({text})"


def _number(node: Number) -> str:
    """As it was written: a decimal keeps its places."""
    value, places = node.value, node.places
    if places < 0 or places > SHOWN_CHARACTERS:
        return str(value)
    digits = str(abs(int((value * 10**places).p))).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
