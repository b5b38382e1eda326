"""The last formula or number of a text that marks no answer."""

from __future__ import annotations

import re

from adjudge_verifiers.mathematics.units import parse_unit

_TAIL_CHARACTERS = 2_000
_LAST_SENTENCE = 160
_DELIMITERS = (("\\]", "\\["), ("\\)", "\\("), ("$$", "$$"), ("$", "$"))
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])[-+]?[$€£]?\d{1,40}(?:,\d{3}){0,12}(?:[.,]\d{1,40})?(?:/\d{1,40})?(?:\s?[%€°])?"
)
_ALTERNATIVE = re.compile(r"\b(?:or|either|maybe|perhaps|possibly)\b", re.IGNORECASE)


_NEGATED = re.compile(r"(?:\bnot|n't|\bnever|\bneither|\bnor)[ $]{0,4}(?:\\[(\[])?$", re.IGNORECASE)
"""Words that take back what follows them."""
_BOUNDED = re.compile(
    r"\b(?:at (?:least|most)|(?:less|more|greater|fewer|larger|smaller|bigger|other) than|between"
    r"|between {1,2}\S{1,20} {1,2}and|up to|different from|almost|nearly)[ $]{0,4}(?:\\[(\[])?$",
    re.IGNORECASE,
)
"""Words that only bound what follows them."""
_POINT = re.compile(
    r"\([-+\d./ \u2212]{1,20}(?:,[-+\d./ \u2212]{1,20}){1,8}\)|\b\d{1,2}:\d\d(?: ?[AaPp]\.?[Mm]\b)?"
)
"""Coordinates and times: more than their last number."""
_REFUSAL = re.compile(
    r"\b(?:I (?:do not|don't|cannot|can't|could not|couldn't) (?:know|solve|determine|find|answer)"
    r"|I(?: am|'m) (?:not sure|unsure|unable|not able|stuck))\b[^.!?\n]{0,80}[.!?]?\s{0,8}$",
    re.IGNORECASE,
)
"""A last sentence that gives up."""
_UNIT = re.compile(r" {0,2}([A-Za-z]{2,20}(?: ?/ ?[a-z]{1,12}| per [a-z]{1,12})?)(?![A-Za-z])")
_LARGER = re.compile(r"\d{1,9} {0,2}([a-z]{1,12}),?(?: and)? {1,2}$")
_PREPOSITIONS = frozenset(("in", "as", "at", "am", "to"))
"""Words that are also the sign of a unit."""
_STEP = re.compile(
    r"[.!?]\s+(?=[A-Z$\\])|\n+|,?\s\b(?:so|thus|hence|therefore)\b,?\s", re.IGNORECASE
)
"""Where one step of a text ends and the next begins."""
_SAYS_SOMETHING = re.compile(r"\d|\$|\\\(")


def last_statement(text: str) -> str:
    """The last step of a short text of several, when it holds a number or formula; else "".

    Of ``Since $x+3=20$, so $x=17$.`` it is what follows ``so``.
    """
    text = text.partition("<|")[0]  # what a chat template adds
    steps = [step for step in _STEP.split(text[-_TAIL_CHARACTERS:]) if step and step.strip()]
    return steps[-1] if len(steps) > 1 and _SAYS_SOMETHING.search(steps[-1]) else ""


def last_formulas(text: str) -> list[str]:
    """What may be the answer of a text without marks, most likely first.

    The last number after the last displayed formula, else that formula, else the number before.
    Nothing when the number's line offers alternatives. Takes linear time.
    """
    text = text[-_TAIL_CHARACTERS:]
    if _REFUSAL.search(text[-_LAST_SENTENCE:]):
        return []
    start, end, formula = _last_delimited(text)
    if formula is not None and _NEGATED.search(text[:start]):
        return last_formulas(text[:start])
    after, alternatives = _last_number(text[end:])
    if alternatives:
        return []
    if after is not None:
        return [after]
    if formula is None:
        return []
    before, alternatives = _last_number(text[:end])
    return [formula] if before is None or alternatives else [formula, before]


def _last_number(text: str) -> tuple[str | None, bool]:
    """The last number of the last line that holds one, and whether that line wavers."""
    for line in reversed(text.splitlines()):
        numbers = [
            match for match in _NUMBER.finditer(line) if not _NEGATED.search(line[: match.start()])
        ]
        if numbers:
            last = numbers[-1]
            listed = len(numbers) > 1 and not _NUMBER.sub("", line).strip(" ,;|\t")
            bounded = _BOUNDED.search(line[: last.start()])
            wavers = bool(listed or bounded or _ALTERNATIVE.search(line))
            for point in _POINT.finditer(line):
                if point.end() > last.start():
                    return point[0], wavers
            return _with_unit(line, last), wavers
    return None, False


def _with_unit(line: str, number: re.Match[str]) -> str:
    """A number with its unit, and with a larger part before it: ``3 hours and 5 minutes``."""
    unit = _UNIT.match(line, number.end())
    known = parse_unit(unit[1]) if unit is not None else None
    if unit is None or known is None or unit[1] in _PREPOSITIONS:
        return number[0]
    larger = _LARGER.search(line[: number.start()])
    other = parse_unit(larger[1]) if larger is not None else None
    start = larger.start() if larger and other and other[0] == known[0] else number.start()
    return line[start : unit.end()]


def _last_delimited(text: str) -> tuple[int, int, str | None]:
    """Where the last formula begins and ends (0: there is none), and its inside."""
    best: tuple[int, int, str | None] = (0, 0, None)
    for close, opening in _DELIMITERS:
        end = text.rfind(close)
        while close == "$" and end > 0 and text[end - 1] == "\\":
            end = text.rfind(close, 0, end)
        start = text.rfind(opening, 0, end) if end > 0 else -1
        if start < 0 or end <= start:
            continue
        inner = text[start + len(opening) : end].strip()
        if inner and end + len(close) > best[1]:
            best = (start, end + len(close), inner)
    return best
