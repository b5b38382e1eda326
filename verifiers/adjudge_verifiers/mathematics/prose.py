"""The last formula or number of a text that marks no answer."""

from __future__ import annotations

import re

_TAIL_CHARACTERS = 2_000
_DELIMITERS = (("\\]", "\\["), ("\\)", "\\("), ("$$", "$$"), ("$", "$"))
_NUMBER = re.compile(
    r"(?<![\w.])[-+]?[$€£]?\d{1,40}(?:,\d{3}){0,12}(?:[.,]\d{1,40})?(?:/\d{1,40})?(?:\s?[%€°])?"
)
_ALTERNATIVE = re.compile(r"\b(?:or|either|maybe|perhaps|possibly)\b", re.IGNORECASE)


def last_formula(text: str) -> str | None:
    """The last displayed formula, else the last number of the last line that holds one.

    None when there is none, or when the line offers alternatives. Takes linear time.
    """
    text = text[-_TAIL_CHARACTERS:]
    formula = _last_delimited(text)
    if formula is not None:
        return formula
    for line in reversed(text.splitlines()):
        numbers = [match[0] for match in _NUMBER.finditer(line)]
        if numbers:
            return None if _ALTERNATIVE.search(line) else numbers[-1]
    return None


def _last_delimited(text: str) -> str | None:
    best: tuple[int, str] | None = None
    for close, opening in _DELIMITERS:
        end = text.rfind(close)
        while close == "$" and end > 0 and text[end - 1] == "\\":
            end = text.rfind(close, 0, end)
        start = text.rfind(opening, 0, end) if end > 0 else -1
        if start < 0 or end <= start:
            continue
        inner = text[start + len(opening) : end].strip()
        if inner and (best is None or end > best[0]):
            best = (end, inner)
    return best[1] if best else None
