"""Numbers told in English words: "twenty-one", "two thirds", "one and a half", "a dozen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from adjudge_verifiers.mathematics.syntax import Negative, Node, Number, Quotient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(_ONES.split())} | {"dozen": 12}
_TENFOLD = {word: 20 + 10 * place for place, word in enumerate(_TENS.split())}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "hundredth": 100,
    "thousandth": 1000,
}  # fmt: skip
_ARTICLES = frozenset(("a", "an"))
_SIGNS = frozenset(("minus", "negative"))
_MOST_WORDS = 24
_HUNDRED = 100


def number_in_words(phrase: str) -> Node | None:
    """The number that all words of a phrase say; None when they say anything else.

    ``phrase``: lower case, one space between words, no hyphens.
    """
    words = phrase.split()
    if not words or len(words) > _MOST_WORDS or (len(words) == 1 and words[0] in _ARTICLES):
        return None
    if words == ["half"]:
        return Quotient(Number(fmpq(1)), Number(fmpq(2)))
    if words[0] in _SIGNS:
        size = number_in_words(" ".join(words[1:])) if words[1:2] != words[:1] else None
        return None if size is None or isinstance(size, Negative) else Negative(size)
    part = _part(words[-1])
    if part is None:
        whole = _whole(words)
        return None if whole is None else Number(fmpq(whole))
    if (
        "and" in words
        and (at := _last(words, "and"))
        and (before := _whole(words[:at])) is not None
    ):
        rest = _whole(words[at + 1 : -1])  # one and a half
        if rest is not None and rest < part:
            return Number(fmpq(before) + fmpq(rest, part))
    above = _whole(words[:-1])
    return None if above is None else Quotient(Number(fmpq(above)), Number(fmpq(part)))


def _last(words: Sequence[str], word: str) -> int:
    return len(words) - 1 - words[::-1].index(word)


def _part(word: str) -> int | None:
    return _PARTS.get(word) or _PARTS.get(word.removesuffix("s"))


def _whole(  # noqa: C901 - one look at each word
    words: Iterable[str],
) -> int | None:
    """A whole number; ``a`` is one before a scale or alone."""
    total = group = 0
    expected = "any"  # what may follow
    scale = 10**15
    for word in words:
        if word == "and" and expected in ("after hundred", "after scale"):
            continue
        if word in _ARTICLES and expected == "any":
            group, expected = 1, "scale"
        elif (value := _SMALL.get(word)) is not None and expected in _BEFORE_SMALL:
            if expected == "one of ten" and not 0 < value < 10:  # noqa: PLR2004 - twenty-one
                return None
            if word == "dozen" and expected not in ("any", "scale"):
                return None
            group = 12 if word == "dozen" else group + value
            expected = "scale"
        elif (value := _TENFOLD.get(word)) is not None and expected in _BEFORE_TENS:
            group, expected = group + value, "one of ten"
        elif word == "hundred" and expected == "scale" and 0 < group < _HUNDRED:
            group, expected = group * _HUNDRED, "after hundred"
        elif (value := _SCALES.get(word)) is not None and group and value < scale:
            total, group, scale, expected = total + group * value, 0, value, "after scale"
        elif word == "dozen" and expected == "scale" and group:
            group, expected = group * 12, "end"
        else:
            return None
    return None if expected == "any" else total + group


_BEFORE_SMALL = frozenset(("any", "one of ten", "after hundred", "after scale"))
_BEFORE_TENS = frozenset(("any", "after hundred", "after scale"))
