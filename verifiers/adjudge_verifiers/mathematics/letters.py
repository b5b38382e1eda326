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


_STYLE = re.compile(r"\\(?:text|textbf|mathrm|mathbf)\b|[*_$`{}]")
_TAKES_BACK = re.compile(
    r"\b(?:not|cannot|no|never|wrong|incorrect|false|or|and|maybe|either|between)\b|n't\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?:^|\b)(?:so|thus|hence|therefore|choose|chose|pick|select|with|is|be|choice|option|answer),?:?"
    r" {1,3}(?:(?:option|choice|answer) )?\(?([A-HJ])\)?[.!]?$",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"^(?:(?:so|thus|hence|therefore),? |(?:the )?(?:option|choice) )?\(?([A-HJ])\)?"
    r" is (?:the )?(?:correct|right|true|answer|best)\b",
    re.IGNORECASE,
)
_LONGEST_LINE = 200


def spoken_choice(text: str) -> str:
    """The letter that the last line of prose chooses: "So D is correct."; "" for none."""
    line = _STYLE.sub("", text.rstrip().rsplit("\n", 1)[-1][-_LONGEST_LINE:]).strip()
    line = re.split(r"[.!?] (?=[A-Z(])", line)[-1]
    if _TAKES_BACK.search(line):
        return ""
    match = _LAST.search(line) or _FIRST.search(line)
    return match[1] if match is not None and match[1].isupper() else ""
