"""From the text of an answer to what can be compared."""

from __future__ import annotations

import functools
import re

from flint import fmpq

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.comparing.ladder import Parsed
from adjudge_verifiers.mathematics.errors import (
    BeyondLimits,
    MathematicsError,
    NotMathematics,
    Undefined,
)
from adjudge_verifiers.mathematics.reading.answers import parse_answer
from adjudge_verifiers.mathematics.reading.characters import escaped_again
from adjudge_verifiers.mathematics.reading.measures import measure
from adjudge_verifiers.mathematics.reading.notations import in_standard_notation
from adjudge_verifiers.mathematics.reading.simple_answers import read_simply
from adjudge_verifiers.mathematics.reading.spelled import as_sentence
from adjudge_verifiers.mathematics.syntax import (
    Constant,
    Deferred,
    Listing,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sequence,
    Sum,
    Symbol,
    walk,
)

_GROUPED = re.compile(r"[1-9]\d{0,2},\d{3}(?!\d)")
_EUROPEAN = re.compile(r"(0|[1-9]\d*|[1-9]\d{0,2}(?:\.\d{3})+),(\d+)")
_POINT = re.compile(r"[A-Z]\s?(?:\\left\s?)?\(")
_DIGIT_GROUP = 3
_PLAIN = frozenset((Number, Symbol, Sum, Product, Negative, Quotient, Power))
"""What one value without units, signs of ± or calls of unknown functions consists of."""
_NUMBER = re.compile(
    r"(-?)(?:([0-9]{1,18})(?:\.([0-9]{1,18})|/([0-9]{1,18}))?"
    r"|\\[dtc]?frac\{([0-9]{1,18})\}\{([0-9]{1,18})\})"
)
_GROUPED_INTEGER = re.compile(r"(-?)([1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})")
_NO_NAMES: frozenset[str] = frozenset()
_BARE = re.compile(r"(?:[^\s$*\\]|\\[A-Za-z]).*[^\s$*.\\]", re.DOTALL)
"""A text that has nothing around it, with the letters of a command at most."""
_SHORT_CHARACTERS = 64
_KEPT = 4_096
"""Readings of short texts that are kept: a few kilobytes each."""


def read(text: str) -> Parsed:
    """Parse an answer, or remember how it was parsed. Raises MathematicsError."""
    return _read_short(text) if len(text) <= _SHORT_CHARACTERS else _read(text)


def forget() -> None:
    """Forget all readings of texts, for measurements."""
    _read_short.cache_clear()
    measure.cache_clear()


def _read(text: str) -> Parsed:
    if len(text) > limits.TEXT_CHARACTERS:
        raise BeyondLimits(
            f"the text has {len(text):,} characters; the limit is {limits.TEXT_CHARACTERS:,}"
        )
    number = _numeral(text)
    if number is not None:
        return number
    plain = _trimmed(in_standard_notation(text if text.isprintable() else escaped_again(text)))
    number = _numeral(plain) if plain != text else None
    return _expression(plain) if number is None else number


_read_short = functools.lru_cache(maxsize=_KEPT)(_read)


def _expression(plain: str) -> Parsed:
    """What is more than one written number."""
    other = _second_reading(plain) if "," in plain else None
    try:
        simple = read_simply(plain)
        if simple is not None:
            node, arithmetic = simple
            if "/" in plain or "frac" in plain or not plain.isascii():
                _check_defined(node)
            return Parsed(plain, node, other, plain=arithmetic)
        node, parameters = parse_answer(plain)
    except NotMathematics:
        quantity = measure(plain)
        if quantity is not None and quantity[1]:
            return Parsed(plain, quantity[0])
        sentence = as_sentence(plain)
        if sentence is None:
            raise
        return Parsed(plain, sentence)
    kinds = _kinds(node)
    if Quotient in kinds:
        _check_defined(node)
    return Parsed(plain, node, other, parameters, kinds <= _PLAIN, Deferred in kinds)


def _numeral(text: str) -> Parsed | None:
    """What most answers are: an integer, a decimal, a fraction of two integers; else None.

    The grammar says the same.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        grouped = _GROUPED_INTEGER.fullmatch(text)
        return None if grouped is None else _grouped(text, *grouped.groups())
    sign, whole, decimals, under, top, bottom = match.groups()
    size: Node
    if decimals is not None:
        value = fmpq(int(whole + decimals), 10 ** len(decimals))
        size = Number(value, len(decimals))
    elif whole is None or under is not None:
        above, below = int(top or whole), int(bottom or under)
        if below == 0:
            raise Undefined("a division by zero")
        size = Quotient(Number(fmpq(above)), Number(fmpq(below)))
    else:
        size = Number(fmpq(int(whole)))
    return Parsed(text, Negative(size) if sign else size, None, _NO_NAMES, True)


def _grouped(text: str, sign: str, digits: str) -> Parsed:
    """``1,234``: an integer, else a list. The grammar says the same."""
    integer: Node = Number(fmpq(int(digits.replace(",", ""))))
    first, *rest = (Number(fmpq(int(part))) for part in digits.split(","))
    items = (Negative(first) if sign else first, *rest)
    return Parsed(
        text, Negative(integer) if sign else integer, Listing(items, ","), _NO_NAMES, True
    )


def _kinds(node: Node) -> set[type[Node]]:
    """The types of all nodes; constants that are no plain numbers count as ``Constant``."""
    kinds: set[type[Node]] = set()
    for part in walk(node):
        kind = type(part)
        if kind is not Constant or part.name not in ("pi", "e", "i"):  # type: ignore[attr-defined]
            kinds.add(kind)
    return kinds


def _check_defined(node: Node) -> None:
    """Raise Undefined when something is divided by zero."""
    for part in walk(node):
        if isinstance(part, Quotient) and rational(part.denominator) == 0:
            raise Undefined("a division by zero")


def _trimmed(text: str) -> str:
    """Without the signs of displayed formulas and the full stop around it."""
    if _BARE.fullmatch(text):
        return text
    text = text.strip()
    while True:
        before = text
        text = text.strip("$ \t\r\n").removesuffix("\\")
        if not text.endswith(".."):
            text = text.removesuffix(".")
        for left, right in (("\\(", "\\)"), ("\\[", "\\]"), ("**", "**")):
            if text.startswith(left) and text.endswith(right):
                text = text[2:-2]
        if text == before:
            return text


def _second_reading(  # noqa: PLR0911 - one return for each kind of reading
    text: str,
) -> Node | None:
    """A list where commas seemed to group digits, a decimal comma, a point without its name."""
    if _POINT.match(text):
        return _tuple(text[1:])
    european = _EUROPEAN.fullmatch(text)
    if european and _parts_decimals(*european.groups()):
        whole, fraction = european[1].replace(".", ""), european[2]
        if len(whole) + len(fraction) > limits.DIGITS:
            return None
        value = fmpq(int(whole + fraction), 10 ** len(fraction))
        return Number(value, len(fraction))
    if not _GROUPED.search(text):
        return None
    try:
        simple = read_simply(text, grouping=False)
        if simple is not None:
            return simple[0]
        return parse_answer(text, grouping=False)[0]
    except MathematicsError:
        return None


def _parts_decimals(whole: str, fraction: str) -> bool:
    """Whether the comma between can be a decimal comma: ``1,2`` is a list, ``1,234`` a thousand."""
    if whole == "0" or "." in whole:
        return True
    return len(fraction) not in (1, _DIGIT_GROUP)


def _tuple(text: str) -> Node | None:
    """What stands in brackets behind a point's name."""
    try:
        node = parse_answer(text)[0]
    except MathematicsError:
        return None
    return node if isinstance(node, Sequence) else None
