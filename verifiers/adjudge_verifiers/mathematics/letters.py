"""The letter of a multiple-choice answer."""

from __future__ import annotations

import re

_DECORATION = re.compile(r"\\(?:text|textbf|mathrm|mathbf|textit|mbox|bf|rm)\b|[{}$*\s]")
_CHOICE = re.compile(r"(?:option|choice|answer)?[(\[]?([A-J])(?:[)\].:]+(.*))?", re.IGNORECASE)
_NO_CHOICE = frozenset("0123456789+-.|=<>")
"""What no choice begins with."""
_OTHER_CHOICE = re.compile(r"^[A-J]$|[(\[]?[A-J][)\].]|\bor\b")
_BRACKETED = re.compile(r"\([a-j]\)\.?")


def choice_of(text: str) -> str:
    """The letter of a multiple-choice answer, perhaps with its value; "" when it is none."""
    if len(text) > 400 or text[0] in _NO_CHOICE:  # noqa: PLR2004 - no choice is longer
        return ""
    match = _CHOICE.fullmatch(_DECORATION.sub("", text).rstrip("."))
    if match is None or not match[1].isupper() or _OTHER_CHOICE.search(match[2] or ""):
        return ""
    return match[1]


def answered_choice(text: str) -> str:
    """As ``choice_of``, for an answer: ``(b)`` is a choice, though small."""
    return choice_of(text.upper() if text[:1] == "(" and _BRACKETED.fullmatch(text) else text)
