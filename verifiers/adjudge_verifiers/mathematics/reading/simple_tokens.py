"""The tokens of simple answers, found by one pattern; none for a text that holds anything else."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from flint import fmpq

from adjudge_verifiers.mathematics.reading.characters import to_ascii
from adjudge_verifiers.mathematics.reading.spelled import spelled
from adjudge_verifiers.mathematics.reading.tokens import written_number
from adjudge_verifiers.mathematics.reading.vocabulary import COMMANDS, LETTER_CONSTANTS, PLAIN_WORDS
from adjudge_verifiers.mathematics.reading.wording import LEADING, QUALIFIERS, REFUSING, SCALES
from adjudge_verifiers.mathematics.syntax import Constant, Node, Number, Symbol, Word
from adjudge_verifiers.mathematics.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    SimpleToken = Node | str
    """A node for a number, name or unit, else a mark: ``+``, ``frac``, ``in``."""

_LONGEST: Final = 160
_NESTED: Final = 12
"""Most brackets and exponents: even nested in each other they stay below the grammar's limit."""
_REST = (
    r"|\d*\.\d+(?![\d(.eE])|\d+(?!\d|[eE][-+]?\d)|\d+[eE]"
    r"|\\(?:text|textbf|textrm|mbox|mathrm) *\{[^{}\\]*\}"
    r"|\\[A-Za-z]+\.?|\\.|[A-Za-z]+|[<>]=|\S"
)
"""A number that does not go on, words set as text, a command, letters, a sign."""
_LOOSE = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+(?![\d(]))?(?![eE][-+]?\d)" + _REST)
"""Commas may group digits."""
_TIGHT = re.compile(_REST[1:])
_TEXT = re.compile(r"\\([a-z]+) *\{\s*([A-Za-z]+(?: [A-Za-z]+)*)\s*\}")
_TWO_LETTERS = re.compile("[A-Za-z]{2}")
_ORDINALS = frozenset(("th", "st", "nd", "rd"))
_NO_NOUNS = (
    QUALIFIERS | REFUSING | LEADING | _ORDINALS | SCALES.keys() | PLAIN_WORDS.keys() | {"to"}
)
"""Words that are more than a unit or noun after a number."""
_SKIPPED = ""
_ARITHMETIC = frozenset(("+", "-", "*", "/", "^", "(", ")", "{", "}", "frac", "sqrt", _SKIPPED))
_DIGITS = frozenset("0123456789.")
_LETTERS = ("alpha", "beta", "gamma", "delta", "theta", "lambda", "mu", "phi")
_COMPARING = ("le", "leq", "leqslant", "ge", "geq", "geqslant", "in")

_NAMES: Mapping[str, Node] = (
    {letter: Symbol(letter) for letter in map(chr, (*range(65, 91), *range(97, 123)))}
    | {letter: Constant(name) for letter, name in LETTER_CONSTANTS.items()}
    | {f"\\{name}": Symbol(name) for name in _LETTERS}
    | {"\\pi": Constant("pi"), "pi": Constant("pi"), "\\infty": Constant("oo")}
)
_MARKS: Mapping[str, str] = (
    {sign: sign for sign in "+-*/^()[]{},;%=<>"}
    | {"<=": "<=", ">=": ">=", "or": "or", "and": "and", "\\cup": "union"}
    | {"\\{": "lset", "\\}": "rset", "\\%": "%", "\\$": "$", "\\cdot": "*", "\\times": "*"}
    | {"\\frac": "frac", "\\dfrac": "frac", "\\tfrac": "frac", "\\sqrt": "sqrt"}
    | {"\\circ": "degree", "\\degree": "degree"}
    | {f"\\{name}": str(COMMANDS[name][1]) for name in _COMPARING}
    | dict.fromkeys(("\\left", "\\right", "\\,", "\\;", "\\:", "\\ "), _SKIPPED)
)
_KNOWN: Mapping[str, SimpleToken] = {
    **_MARKS,
    **_NAMES,
    **{str(value): Number(fmpq(value)) for value in range(1_000)},
}
_MORE_THAN_ARITHMETIC = frozenset(
    ["\\infty", *(spelling for spelling, mark in _MARKS.items() if mark not in _ARITHMETIC)]
)
_BRACKETS: Mapping[str, int] = {"(": 1, "[": 1, "\\{": 1, ")": -1, "]": -1, "\\}": -1}
_NESTING = frozenset(("(", "[", "\\{", "{", "^"))
_ENDS = frozenset((")", "]", "}", "%", "degree"))
"""Marks that end a value."""


def simple_tokens(text: str, *, grouping: bool) -> tuple[list[SimpleToken], bool] | None:
    """The tokens of a text, and whether they can only be one value of arithmetic.

    None: it is no simple answer. ``grouping``: whether commas outside brackets may group digits.
    """
    if len(text) > _LONGEST:
        return None
    pieces = (_LOOSE if grouping else _TIGHT).findall(to_ascii(text))
    if len(pieces) > 2 * _NESTED and sum(map(_NESTING.__contains__, pieces)) > _NESTED:
        return None
    plain = _MORE_THAN_ARITHMETIC.isdisjoint(pieces)
    try:
        tokens = [_KNOWN[piece] for piece in pieces]
    except KeyError:
        found = _each(pieces)
        if found is None:
            return None
        tokens, alone = found
        plain = plain and alone
    if "\\" in text:
        tokens = [token for token in tokens if token is not _SKIPPED]
    return tokens, plain


def _each(pieces: list[str]) -> tuple[list[SimpleToken], bool] | None:
    """The tokens where not all pieces are known; and whether there are no words and items."""
    tokens: list[SimpleToken] = []
    brackets = 0
    alone = True
    for piece in pieces:
        token = _KNOWN.get(piece)
        if token is not None:
            brackets += _BRACKETS.get(piece, 0)
            if token is not _SKIPPED:
                tokens.append(token)
            continue
        read = _unknown(piece, tokens[-1] if tokens else _SKIPPED, grouped=brackets == 0)
        if not read:
            return None
        tokens += read
        alone = alone and not any(isinstance(one, str | Word) for one in read)
    return tokens, alone


def _unknown(  # noqa: PLR0911 - one return for each kind of piece
    piece: str, last: SimpleToken, *, grouped: bool
) -> list[SimpleToken]:
    """The tokens of a number, of words, of two letters; none for anything else."""
    if piece[0] in _DIGITS:
        if not piece[-1].isdigit():
            return []
        if grouped or "," not in piece:
            return [written_number(piece)]
        first, *rest = (written_number(part) for part in piece.split(","))
        return [first, *(token for number in rest for token in (",", number))]
    if piece[0] == "\\":
        token = None if isinstance(last, str) and last not in _ENDS else _words(piece)
        return [] if token is None else [token]
    if not _TWO_LETTERS.fullmatch(piece) or piece in PLAIN_WORDS or piece in _ORDINALS:
        return []
    if isinstance(last, Number) and piece in UNITS:
        return [Word(piece)]
    return [_NAMES[letter] for letter in piece]


@functools.lru_cache(maxsize=512)
def _words(piece: str) -> SimpleToken | None:
    """The token of what is set as text."""
    match = _TEXT.fullmatch(piece)
    if match is None:
        return None
    command, words = match.groups()
    if len(words) == 1 and command == "mathrm":
        return _NAMES[words]
    known = PLAIN_WORDS.get(words)
    if known is not None:
        return known[0] if known[0] in ("and", "or", "%") else None
    if not _NO_NOUNS.isdisjoint(words.lower().split()) or spelled(f"1 {words}") is not None:
        return None  # a day of a month
    return Word(words)
