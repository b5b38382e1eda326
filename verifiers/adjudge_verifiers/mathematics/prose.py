"""The last formula or number of a text that marks no answer."""

from __future__ import annotations

import re

_TAIL_CHARACTERS = 2_000
_DELIMITERS = (("\\]", "\\["), ("\\)", "\\("), ("$$", "$$"), ("$", "$"))
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])[-+]?[$€£]?\d{1,40}(?:,\d{3}){0,12}(?:[.,]\d{1,40})?(?:/\d{1,40})?(?:\s?[%€°])?"
)
_ALTERNATIVE = re.compile(r"\b(?:or|either|maybe|perhaps|possibly)\b", re.IGNORECASE)


_NEGATED = re.compile(r"(?:\bnot|n't|\bnever|\bneither|\bnor)[ $]{0,4}(?:\\[(\[])?$", re.IGNORECASE)
"""Words that take back what follows them."""
_BOUNDED = re.compile(
    r"\b(?:at (?:least|most)|(?:less|more|greater|fewer|larger|smaller|bigger|other) than|between"
    r"|up to|different from|almost|nearly)[ $]{0,4}(?:\\[(\[])?$",
    re.IGNORECASE,
)
"""Words that only bound what follows them."""
_POINT = re.compile(r"\([-+\d.,/ \u2212]{3,40}\)")
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
            match[0]
            for match in _NUMBER.finditer(line)
            if not _NEGATED.search(line[: match.start()])
        ]
        if numbers:
            for point in _POINT.finditer(line):
                if "," in point[0] and point.end() > line.rfind(numbers[-1]):
                    return point[0], _ALTERNATIVE.search(line) is not None
            listed = len(numbers) > 1 and not _NUMBER.sub("", line).strip(" ,;|\t")
            bounded = _BOUNDED.search(line[: line.rfind(numbers[-1])])
            return numbers[-1], bool(listed or bounded or _ALTERNATIVE.search(line))
    return None, False


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
