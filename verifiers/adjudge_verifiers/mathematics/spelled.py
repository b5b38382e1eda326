"""Answers that are one phrase: "no solution", "June 3", numerals with letters such as 2A₁₆."""

from __future__ import annotations

import re

from adjudge_verifiers.mathematics.syntax import Based, Constant, Node, SetOf, Word

_NOTHING = (
    "no solution", "no solutions", "no real solution", "no real solutions", "no real roots", "none",
    "empty set", "the empty set", "no such", "no integer solutions", "no real root", "no roots",
    "there is no solution", "there are no solutions", "no values", "no value", "no real number",
    "no real numbers", "there are no real solutions", "no such numbers", "no such number",
    "no such integers", "no such integer",
)  # fmt: skip
_SPELLED: dict[str, Node] = {
    **dict.fromkeys(_NOTHING, SetOf(())),
    "infinitely many": Constant("oo"), "infinite": Constant("oo"),
    "infinitely many solutions": Constant("oo"),
    "all real numbers": Constant("R"), "all reals": Constant("R"),
    "the real numbers": Constant("R"),
    "real numbers": Constant("R"), "all real": Constant("R"), "any real number": Constant("R"),
    "all integers": Constant("Z"), "all positive integers": Constant("N"),
    "dne": Word("undefined"), "does not exist": Word("undefined"), "undefined": Word("undefined"),
    "not defined": Word("undefined"), "diverges": Word("diverges"), "divergent": Word("diverges"),
}  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = rf"({'|'.join(_MONTHS)}|{'|'.join(month[:3] for month in _MONTHS)}|sept)"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_MONTH_FIRST = re.compile(rf"{_MONTH} {_DAY}(?: (\d{{4}}))?")
_DAY_FIRST = re.compile(rf"{_DAY}(?: of)? {_MONTH}(?: (\d{{4}}))?")
_LETTERED_NUMERAL = re.compile(r"(?=[A-F]*\d)(?=\d*[A-F])([0-9A-F]{1,64})_(1[1-6])")

_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3}")
"""Three letters that are no command: the shortest phrase is "DNE"."""
_LONGEST = 64
_PROSE = re.compile(r"[^\\{}^_=<>0-9]+")
_SENTENCE = re.compile(r"[^\w\s]+|_")
_TEXT_COMMAND = re.compile(r"\\(?:text|textbf|mathrm|textit|mbox|textrm)\b")
_SIGNS = str.maketrans("{}$", "   ")


def spelled(text: str) -> Node | None:
    """What a short text says as one phrase; None when it is no such phrase."""
    if len(text) > _LONGEST:
        return None
    if "_" in text:
        match = _LETTERED_NUMERAL.fullmatch("".join(_bare(text).split()))
        return Based(match[1].lower(), int(match[2])) if match else None
    if _WORD.search(text) is None:
        return None
    bare = _bare(text)
    phrase = " ".join(_SENTENCE.sub(" ", bare).lower().split())
    return _SPELLED.get(phrase) or _date(phrase)


def as_sentence(text: str) -> Word | None:
    """A text of words alone, such as "the median"; None when it is more than that."""
    bare = _bare(text)
    if not _PROSE.fullmatch(bare):
        return None
    words = _SENTENCE.sub(" ", bare).split()
    return Word(" ".join(words)) if words and any(len(word) > 1 for word in words) else None


def _bare(text: str) -> str:
    """The text without the commands that merely set it as text."""
    return _TEXT_COMMAND.sub(" ", text).translate(_SIGNS)


def _date(phrase: str) -> Word | None:
    """A day of a named month, perhaps with its year, in one spelling."""
    if (match := _MONTH_FIRST.fullmatch(phrase)) is not None:
        month, day, year = match.groups("")
    elif (match := _DAY_FIRST.fullmatch(phrase)) is not None:
        day, month, year = match.groups("")
    else:
        return None
    return Word(f"{month[:3]} {int(day)} {year}".strip())
