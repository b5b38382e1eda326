"""The tokens of simple answers, found by one pattern; none for a text that holds anything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flint import fmpq

from adjudge_verifiers.mathematics.characters import to_ascii
from adjudge_verifiers.mathematics.spelled import spelled
from adjudge_verifiers.mathematics.syntax import Constant, Node, Number, Symbol, Word
from adjudge_verifiers.mathematics.tokens import written_number
from adjudge_verifiers.mathematics.units import UNITS
from adjudge_verifiers.mathematics.vocabulary import COMMANDS, LETTER_CONSTANTS, PLAIN_WORDS
from adjudge_verifiers.mathematics.wording import LEADING, QUALIFIERS, REFUSING, SCALES

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
_ORDINALS = frozenset(("th", "st", "nd", "rd"))
_NO_NOUNS = (
    QUALIFIERS | REFUSING | LEADING | _ORDINALS | SCALES.keys() | PLAIN_WORDS.keys() | {"to"}
)
"""Words that are more than a unit or noun after a number."""
_APPLIED = frozenset("fghFGHC")
"""What a name begins with that may be a function of the brackets after it."""
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
    | dict.fromkeys(("\\left", "\\right", "\\,", "\\;", "\\:", "\\ "), "")
)
_KNOWN: Mapping[str, SimpleToken] = {
    **_MARKS,
    **_NAMES,
    **{str(value): Number(fmpq(value)) for value in range(1_000)},
}
_BRACKETS: Mapping[str, int] = {"(": 1, "[": 1, "lset": 1, ")": -1, "]": -1, "rset": -1}
_ENDS = frozenset((")", "]", "}", "%", "degree"))
"""Marks that end a value."""
_NESTING = frozenset(("(", "[", "lset", "{", "^"))
_INFINITY = _NAMES["\\infty"]
_PLAIN = frozenset(("+", "-", "*", "/", "^", "(", ")", "{", "}", "frac", "sqrt"))


def simple_tokens(  # noqa: C901 - one loop over the tokens, as fast as it can be
    text: str, *, grouping: bool
) -> tuple[list[SimpleToken], bool] | None:
    """The tokens of a text, and whether they can only be one value of arithmetic.

    None: it is no simple answer. ``grouping``: whether commas outside brackets may group digits.
    """
    if len(text) > _LONGEST:
        return None
    text = to_ascii(text)
    bracketed = text.startswith(("(", "[", "\\left", "\\{"))
    pattern = _LOOSE if grouping and not bracketed else _TIGHT
    tight = grouping and bracketed
    tokens: list[SimpleToken] = []
    brackets = nested = 0
    plain = True
    last: SimpleToken = ""
    for piece in pattern.findall(text):
        token = _KNOWN.get(piece)
        if token is None:
            token = _read(piece, last, tokens)
            if token is None or (brackets and "," in piece):
                return None
        if isinstance(token, str):
            if not token:
                continue
            plain = plain and token in _PLAIN
            nested += token in _NESTING
            brackets += _BRACKETS.get(token, 0)
        elif token is _INFINITY or isinstance(token, Word):
            plain = False
        if isinstance(last, Number):
            if isinstance(token, Number) or token == "frac":  # noqa: S105 - a mark
                return None  # a mixed number
            if token == "," and tight and brackets == 0:  # noqa: S105 - a mark
                return None  # perhaps digits in groups
        elif isinstance(last, Symbol) and _applies(last, token, text):
            return None
        tokens.append(token)
        last = token
    return (tokens, plain) if nested <= _NESTED else None


def _applies(name: Symbol, token: SimpleToken, text: str) -> bool:
    """Whether a name may be a function of what stands in the brackets that begin here."""
    if not isinstance(token, str) or token not in ("(", "^"):
        return False
    return name.name[0] in _APPLIED or (token == "(" and "=" in text)  # noqa: S105 - a mark


def _read(piece: str, last: SimpleToken, tokens: list[SimpleToken]) -> SimpleToken | None:
    """The token of a number, of words or of two letters, of which the first joins ``tokens``."""
    if piece[0] in _DIGITS:
        return written_number(piece) if piece[-1].isdigit() else None
    if piece[0] == "\\":
        after_value = not isinstance(last, str) or last in _ENDS
        return _words(piece) if after_value else None
    if len(piece) != 2 or not piece.isascii() or not piece.isalpha():  # noqa: PLR2004 - as said
        return None
    if piece in PLAIN_WORDS or piece in _ORDINALS:
        return None
    if isinstance(last, Number) and piece in UNITS:
        return Word(piece)
    tokens.append(_NAMES[piece[0]])
    return _NAMES[piece[1]]


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
