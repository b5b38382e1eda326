"""From the text of an answer to what can be compared."""

from __future__ import annotations

import re

from flint import fmpq

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.answers import parse_answer
from adjudge_verifiers.mathematics.errors import (
    BeyondLimits,
    MathematicsError,
    NotMathematics,
    Undefined,
)
from adjudge_verifiers.mathematics.exact import rational
from adjudge_verifiers.mathematics.ladder import Parsed
from adjudge_verifiers.mathematics.spelled import as_sentence
from adjudge_verifiers.mathematics.syntax import Node, Number, Quotient, walk

_GROUPED = re.compile(r"[1-9]\d{0,2},\d{3}(?!\d)")
_EUROPEAN = re.compile(r"(0|[1-9]\d*),(\d{2,})")
_DIGIT_GROUP = 3


def read(text: str) -> Parsed:
    """Parse an answer. Raises MathematicsError."""
    if len(text) > limits.TEXT_CHARACTERS:
        raise BeyondLimits(
            f"the text has {len(text):,} characters; the limit is {limits.TEXT_CHARACTERS:,}"
        )
    plain = _trimmed(text)
    try:
        node, parameters = parse_answer(plain)
    except NotMathematics:
        sentence = as_sentence(plain)
        if sentence is None:
            raise
        return Parsed(plain, sentence)
    _check_defined(node)
    other = _second_reading(plain) if "," in plain else None
    return Parsed(plain, node, other, parameters)


def _check_defined(node: Node) -> None:
    """Raise Undefined when something is divided by zero."""
    for part in walk(node):
        if isinstance(part, Quotient) and rational(part.denominator) == 0:
            raise Undefined("a division by zero")


def _trimmed(text: str) -> str:
    """Without the signs of displayed formulas and the full stop around it."""
    text = text.strip()
    while True:
        before = text
        text = text.strip("$ \t\r\n").removesuffix("\\")
        if not text.endswith(".."):
            text = text.removesuffix(".")
        for left, right in (("\\(", "\\)"), ("\\[", "\\]")):
            if text.startswith(left) and text.endswith(right):
                text = text[2:-2]
        if text == before:
            return text


def _second_reading(text: str) -> Node | None:
    """A list where commas seemed to group digits, or a decimal comma."""
    european = _EUROPEAN.fullmatch(text)
    if european and (len(european[2]) != _DIGIT_GROUP or european[1] == "0"):
        whole, fraction = european.groups()
        if len(whole) + len(fraction) > limits.DIGITS:
            return None
        value = fmpq(int(whole + fraction), 10 ** len(fraction))
        return Number(value, len(fraction), len((whole + fraction).lstrip("0")))
    if not _GROUPED.search(text):
        return None
    try:
        return parse_answer(text, grouping=False)[0]
    except MathematicsError:
        return None
