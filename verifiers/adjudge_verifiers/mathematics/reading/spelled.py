"""Answers that are one phrase: "no solution", "June 3", numerals with letters such as 2A₁₆."""

from __future__ import annotations

import re

from flint import fmpq

from adjudge_verifiers.mathematics.reading.number_words import number_in_words
from adjudge_verifiers.mathematics.reading.vocabulary import PLAIN_WORDS
from adjudge_verifiers.mathematics.reading.wording import (
    ASSENTS,
    ELSE,
    QUALIFIERS,
    REFUSING,
    SCALES,
    essence,
)
from adjudge_verifiers.mathematics.syntax import (
    Based,
    Combined,
    Constant,
    Node,
    Number,
    Quantity,
    Ratio,
    Sequence,
    SetOf,
    Symbol,
    Word,
)

_POSITIVE = Constant("R+")
_NEGATIVE = Constant("R-")
_ZERO = Number(fmpq(0))
_INFINITY = Constant("oo")
_SETS: dict[str, Node] = {
    "real": Constant("R"), "integer": Constant("Z"), "positive integer": Constant("N"),
    "natural": Constant("N"), "complex": Constant("C"), "rational": Constant("Q"),
    "positive real": _POSITIVE, "negative real": _NEGATIVE, "positive": _POSITIVE,
    "negative": _NEGATIVE,
    "nonnegative real": Sequence((_ZERO, _INFINITY), "[", ")"),
    "non negative real": Sequence((_ZERO, _INFINITY), "[", ")"),
    "nonzero real": Combined("difference", (Constant("R"), SetOf((_ZERO,)))),
    "non zero real": Combined("difference", (Constant("R"), SetOf((_ZERO,)))),
}  # fmt: skip
"""What a set of numbers is called, without "all" before and "numbers" behind."""
_SET = re.compile(r"(?:x is |for )?(?:(?:all|any|every|the|the set of|the set of all) )?"
                  r"(\D{4,24}?)s?(?: numbers?)?(?: x| values?)?")  # fmt: skip
_NOTHING = re.compile(
    r"(?:(?:so|thus|hence|therefore) )?"
    r"(?:(?:there (?:is|are|exists?|exist)|(?:the |this )?(?:equation|system|inequality) has|it has"
    r"|has) )?(?:none|no|(?:the )?empty set|the solution set is empty)"
    r"(?: (?:such|real|integer|positive|natural|rational|possible|valid|other))*"
    r"(?: (?:solution|root|value|number|integer|triple|pair|zero|answer|triangle|prime)s?)?"
    r"(?: (?:x|n))?(?: (?:exists?|satisf(?:y|ies)(?: th(?:is|e) (?:equation|condition)s?)?))?"
)
_UNDEFINED = re.compile(
    r"(?:(?:the )?(?:limit|derivative|integral|value|sum|inverse|slope|expression|it) )?"
    r"(?:d ?n ?e|(?:does not|doesn t|do not|don t) exist|is undefined|undefined|(?:is )?not defined"
    r"|is nonexistent|nonexistent)"
)
_DIVERGES = re.compile(
    r"(?:(?:the )?(?:limit|series|integral|sum|sequence|it) )?(?:diverges|(?:is )?divergent)"
)
_ENDLESS = re.compile(
    r"(?:there are |it has )?(?:infinite|infinitely many)"
    r"(?: (?:solution|value|root|pair|triple|integer|prime)s| number of solutions)?"
)
_PHRASES: tuple[tuple[re.Pattern[str], Node], ...] = (
    (_NOTHING, SetOf(())), (_UNDEFINED, Word("undefined")), (_DIVERGES, Word("diverges")),
    (_ENDLESS, _INFINITY),
)  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = rf"({'|'.join(_MONTHS)}|{'|'.join(month[:3] for month in _MONTHS)}|sept)"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_MONTH_FIRST = re.compile(rf"{_MONTH} {_DAY}(?: (\d{{4}}))?")
_DAY_FIRST = re.compile(rf"{_DAY}(?: of)? {_MONTH}(?: (\d{{4}}))?")
_LETTERED_NUMERAL = re.compile(
    r"\(?((?=[A-F]*\d)(?=\d*[A-F])[0-9A-F]{1,64}|[A-F]{2,64})\)?_(1[1-6])"
)

_PREFIXED_NUMERAL = re.compile(r"0(?:x([0-9A-Fa-f]{1,64})|b([01]{1,64})|o([0-7]{1,64}))")
_PREFIXED_BASES = (16, 2, 8)
_TIMES: dict[str, Node] = {
    "noon": Ratio((Number(fmpq(12)), Quantity(Number(fmpq(0)), "PM"))),
    "midnight": Ratio((Number(fmpq(12)), Quantity(Number(fmpq(0)), "AM"))),
}

_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3}")
"""Three letters that are no command: the shortest phrase is "DNE"."""
_LONGEST = 64
_TWO = 2
_LONG_WORD = 4
"""Letters of a word that is no product of names."""
_LETTERS = re.compile(r"[A-Za-z\s.,:()]+")
_JOINING = frozenset(("and", "or", "nor"))
_PROSE = re.compile(r"[^\\{}^_=<>0-9]+")
_SENTENCE = re.compile(r"[^\w\s]+|_")
_TEXT_COMMAND = re.compile(r"\\(?:text|textbf|mathrm|textit|mbox|textrm)\b")
_SIGNS = str.maketrans("{}$", "   ")
_NO_NOUNS = (
    ELSE | QUALIFIERS | REFUSING | SCALES.keys()
    | {"and", "are", "is", "more", "less", "minus", "nor", "of", "or", "plus", "times", "to"}
)  # fmt: skip
"""Words behind a number in words that are no noun."""


def spelled(text: str) -> Node | None:
    """What a short text says as one phrase; None when it is no such phrase."""
    if len(text) > _LONGEST:
        return None
    if "_" in text:
        match = _LETTERED_NUMERAL.fullmatch("".join(_bare(text).split()))
        return Based(match[1].lower(), int(match[2])) if match else None
    if (match := _PREFIXED_NUMERAL.fullmatch(text)) is not None:
        groups = zip(match.groups(), _PREFIXED_BASES, strict=True)
        digits, base = next((digits, base) for digits, base in groups if digits)
        return Based(digits.lower(), base)
    if _WORD.search(text) is None:
        return None
    bare = _bare(text)
    if bare.lstrip().startswith(("-", "\u2212")):
        return None  # the phrase would lose its sign
    phrase = " ".join(_SENTENCE.sub(" ", bare).lower().split())
    return _phrase(phrase) or _TIMES.get(phrase) or _date(phrase) or _counted(phrase)


def _counted(phrase: str) -> Node | None:
    """A number in words, perhaps with one unit or noun: "five meters", "fifty percent"."""
    number = number_in_words(phrase)
    if number is not None:
        return number
    before, _, noun = phrase.rpartition(" ")
    number = number_in_words(before) if before else None
    if number is None or noun in _NO_NOUNS or not noun.isalpha():
        return None
    return Quantity(number, noun)


def _phrase(phrase: str) -> Node | None:
    for pattern, meaning in _PHRASES:
        if pattern.fullmatch(phrase):
            return meaning
    numbers = _SET.fullmatch(phrase)
    return _SETS.get(numbers[1]) if numbers and phrase not in _SETS else None


def as_sentence(text: str) -> Word | Symbol | None:
    """A text of words alone, such as "the median"; None when it is more than that.

    "The answer is B" is the letter.
    """
    bare = _bare(text)
    if not _PROSE.fullmatch(bare):
        return None
    words = _SENTENCE.sub(" ", bare).split()
    if not words or all(len(word) == 1 for word in words):
        return None
    letter = essence(" ".join(words)).upper()
    if len(letter) == 1 and len(words) > _TWO and _LETTERS.fullmatch(bare):
        return Symbol(letter)
    return Word(" ".join(words))


def plain_sentence(text: str) -> Word | Symbol | None:
    """Nothing but words, of which one is no word of mathematics; None for lists with "or"."""
    words = text.rstrip(".!").split()
    if words and words[0].rstrip(",").lower() in ASSENTS:
        words[0] = words[0].rstrip(",")
    if len(words) < _TWO or not all(word.isalpha() for word in words):
        return None
    known = [word in PLAIN_WORDS or word.lower() in PLAIN_WORDS for word in words]
    plain = any(not one and len(word) >= _LONG_WORD for one, word in zip(known, words, strict=True))
    if not (plain or words[0].lower() in ASSENTS) or not _JOINING.isdisjoint(words):
        return None
    return as_sentence(text)


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
