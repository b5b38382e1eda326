"""Answers of the commonest shapes, read in a fraction of the grammar's time.

Sums, products, powers, fractions and roots of numbers and names; tuples, intervals, sets and lists
of them; equations and inequalities; a value with its unit. The tree is the grammar's own, or there
is none: whatever is unusual is left to the grammar (a property test compares both).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flint import fmpq

from adjudge_verifiers.mathematics.reading.simple_tokens import simple_tokens
from adjudge_verifiers.mathematics.syntax import (
    Call,
    Combined,
    Listing,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Relation,
    Sequence,
    SetOf,
    Sum,
    Symbol,
    Word,
    negated,
)

if TYPE_CHECKING:
    from adjudge_verifiers.mathematics.reading.simple_tokens import SimpleToken

    Waiting = list[SimpleToken]
    """What is still to be read, the next token last; the end is an empty mark."""

_ONE_HALF = Number(fmpq(1, 2))
_END: Final = ("", "")
_D = Symbol("d")
_OPERATORS: Final = frozenset(("=", "<", ">", "<=", ">=", "in"))
_JOINTS: Final = {",": ",", ";": ",", "and": "and", "or": "or"}
_APPLIED: Final = frozenset("fghFGHCPU")
"""What a function's name begins with; ``C(5, 2)`` is a number of combinations."""
_FACTORS: Final = frozenset(("(", "frac", "sqrt"))
"""Marks that multiply when they follow a factor."""
_GOING_ON: Final = _FACTORS | {"*", "/"}
_POSTFIXES: Final = {"%": "percent", "degree": "degree"}
_AFTER_FACTORS: Final = frozenset(("(", "^", *_POSTFIXES))


class _Unusual(Exception):
    """Raised when an answer is not simple after all."""


def read_simply(text: str, *, grouping: bool = True) -> tuple[Node, bool] | None:
    """The syntax tree of a simple answer, and whether it can only be one value of arithmetic.

    None for any other answer, be it right or wrong. ``grouping``: whether commas outside brackets
    may group digits.
    """
    found = simple_tokens(text, grouping=grouping)
    if found is None:
        return None
    waiting, plain = found
    waiting += _END
    waiting.reverse()
    try:
        return _answer(waiting), plain
    except _Unusual:
        return None


def _answer(waiting: Waiting) -> Node:
    """Items between marks of one kind."""
    items = [_item(waiting)]
    mark = joint = waiting.pop()
    if joint == "":
        return items[0]
    if not isinstance(joint, str) or joint not in _JOINTS:
        raise _Unusual
    while mark == joint:
        item = _item(waiting)
        if isinstance(item, Relation) and item.operators[0] == "in":
            raise _Unusual  # it may say what a name stands for
        items.append(item)
        mark = waiting.pop()
    if mark != "":
        raise _Unusual
    return Listing(tuple(items), _JOINTS[joint])


def _item(waiting: Waiting) -> Node:
    """An expression, an equation, or a chain of inequalities."""
    first = _side(waiting)
    if waiting[-1] not in _OPERATORS:
        return first
    sides, operators = [first], []
    while waiting[-1] in _OPERATORS:
        operators.append(str(waiting.pop()))
        sides.append(_side(waiting))
    return Relation(tuple(sides), tuple(operators))


def _side(waiting: Waiting) -> Node:
    """A value or set, or a union of sets."""
    node = _quantity(waiting)
    while waiting[-1] == "union":
        waiting.pop()
        right = _quantity(waiting)
        sets = node.sets if isinstance(node, Combined) else (node,)
        node = Combined("union", (*sets, right))
    return node


def _quantity(waiting: Waiting) -> Node:
    """A sum, an interval or a set in braces; a sum may have a unit behind it."""
    mark = waiting[-1]
    if isinstance(mark, str):
        if mark == "[":
            waiting.pop()
            return _bracketed("[", waiting)
        if mark == "lset":
            waiting.pop()
            if waiting[-1] == "rset":
                waiting.pop()
                return SetOf(())
            items, closing = _sums(waiting)
            if closing == "rset":
                return SetOf(items)
            raise _Unusual
    node = _sum(waiting)
    word = waiting[-1]
    if not isinstance(word, Word):
        return node
    waiting.pop()
    unit = word.text
    if waiting[-1] == "^":
        waiting.pop()
        exponent = _group(waiting) if waiting[-1] == "{" else waiting.pop()
        if not isinstance(exponent, Number):
            raise _Unusual
        unit = f"{unit}^{exponent.value}"
    if waiting[-1] != "":
        raise _Unusual
    return Quantity(node, unit)


def _sum(waiting: Waiting) -> Node:
    term = _signed(waiting)
    mark = waiting[-1]
    if mark not in ("+", "-"):
        return term
    terms = [term]
    while mark in ("+", "-"):
        waiting.pop()
        term = _signed(waiting)
        terms.append(term if mark == "+" else negated(term))
        mark = waiting[-1]
    return Sum(tuple(terms))


def _signed(waiting: Waiting) -> Node:
    return negated(_product(waiting)) if _minus(waiting) else _product(waiting)


def _minus(waiting: Waiting) -> bool:
    """Read plus and minus signs; whether they are negative together."""
    negative = False
    while isinstance(mark := waiting[-1], str) and mark in ("+", "-"):
        waiting.pop()
        negative ^= mark == "-"
    return negative


def _product(waiting: Waiting) -> Node:
    factor = _power(waiting)
    mark = waiting[-1]
    if isinstance(mark, str) and mark not in _GOING_ON:
        return factor
    above: list[Node] = [factor]
    below: list[Node] = []
    while True:
        if not isinstance(mark, str):
            if isinstance(mark, Word):
                break
            if isinstance(mark, Number) or isinstance(factor, Quantity):
                raise _Unusual  # perhaps a mixed number or degrees Celsius
            factor = _power(waiting)
            above.append(factor)
        elif mark in _FACTORS:
            if mark == "frac" and isinstance(factor, Number):
                raise _Unusual  # a mixed number
            factor = _power(waiting)
            above.append(factor)
        elif mark in ("*", "/"):
            waiting.pop()
            negative = _minus(waiting)
            factor = _power(waiting)
            (above if mark == "*" else below).append(Negative(factor) if negative else factor)
        else:
            break
        mark = waiting[-1]
    top = above[0] if len(above) == 1 else Product(tuple(above))
    if not below:
        return top
    return Quotient(top, below[0] if len(below) == 1 else Product(tuple(below)))


def _power(waiting: Waiting) -> Node:
    """A factor with its sign of percent or degrees, and its exponents."""
    node = waiting.pop()
    if isinstance(node, str):
        node = _compound(node, waiting)
    mark = waiting[-1]
    if not isinstance(mark, str) or mark not in _AFTER_FACTORS:
        return node
    if isinstance(node, Symbol) and _may_be_applied(node, waiting):
        raise _Unusual
    if mark in _POSTFIXES:
        waiting.pop()
        node = Quantity(node, _POSTFIXES[mark])
        mark = waiting[-1]
    while mark == "^":
        waiting.pop()
        node = _raised(node, waiting)
        mark = waiting[-1]
    if isinstance(mark, str) and mark in _POSTFIXES:
        raise _Unusual
    return node


def _may_be_applied(name: Symbol, waiting: Waiting) -> bool:
    """Whether a name may be a function of what stands in the brackets behind it."""
    return name.name[0] in _APPLIED or (waiting[-1] == "(" and "=" in waiting)


def _raised(base: Node, waiting: Waiting) -> Node:
    """The power whose exponent follows, or a value in degrees."""
    mark = waiting[-1]
    if isinstance(mark, str):
        if mark == "{" and waiting[-2] != "degree":
            return Power(base, _group(waiting))
        if mark == "{":
            waiting.pop()
        if waiting[-1] == "degree":
            waiting.pop()
            if mark == "{" and waiting.pop() != "}":
                raise _Unusual
            return Quantity(base, "degree")
    negative = _minus(waiting)
    exponent = _power(waiting)
    return Power(base, Negative(exponent) if negative else exponent)


def _compound(mark: str, waiting: Waiting) -> Node:
    """What begins with a mark: a fraction, a root, brackets, an amount of dollars."""
    if mark == "frac":
        if waiting[-2] == _D:
            raise _Unusual  # perhaps a derivative
        top = _group(waiting)
        return Quotient(top, _group(waiting))
    if mark == "(":
        return _bracketed("(", waiting)
    if mark == "sqrt":
        if waiting[-1] == "{":
            return Power(_group(waiting), _ONE_HALF)
        if waiting.pop() == "[":
            degree = _sum(waiting)
            if waiting.pop() == "]":
                return Call("root", (_group(waiting), degree))
    elif mark == "$":
        return Quantity(_power(waiting), "dollar")
    raise _Unusual


def _group(waiting: Waiting) -> Node:
    """One sum between braces."""
    if waiting.pop() != "{":
        raise _Unusual
    node = _sum(waiting)
    if waiting.pop() != "}":
        raise _Unusual
    return node


def _bracketed(opening: str, waiting: Waiting) -> Node:
    """A sum in brackets, a tuple or an interval."""
    items, closing = _sums(waiting)
    if len(items) == 1 and opening == "(" and closing == ")":
        return items[0]
    if len(items) == 1 or closing not in (")", "]"):
        raise _Unusual
    return Sequence(items, opening, closing)


def _sums(waiting: Waiting) -> tuple[tuple[Node, ...], str]:
    """Sums between commas, and the mark that ends them."""
    items = [_sum(waiting)]
    while (mark := waiting.pop()) == ",":
        items.append(_sum(waiting))
    return tuple(items), str(mark)
