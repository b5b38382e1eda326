"""From text to tokens: one pass, no pattern that can backtrack far."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flint import fmpq

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.errors import BeyondLimits, NotMathematics
from adjudge_verifiers.mathematics.reading.characters import to_ascii
from adjudge_verifiers.mathematics.reading.vocabulary import (
    COMMANDS,
    LETTER_CONSTANTS,
    PLAIN_WORDS,
    SKIPPED,
    SYMBOLIC,
    TEXTUAL,
)
from adjudge_verifiers.mathematics.syntax import Number
from adjudge_verifiers.mathematics.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge_verifiers.mathematics.reading.vocabulary import Token

_SAFE = r"\s?\{,\s?\}\s?|,\\!\s?|(?:\\!)?\\[,;:]\s?|\\ | "
_TAIL = r"(?:\.\d+)?(?:[eE][-+]?\d{1,5}(?![\dA-Za-z.]))?"
_REST = (
    r"|(?P<command>\\[A-Za-z]+)|(?P<control>\\.)|(?P<letters>[^\W\d_]+)"
    r"|(?P<sign><=|>=|!=|==|=<|\*\*|\.\.\.|[-+*/^_!()\[\]{}|,;:=<>%&'])|(?P<space>[\s~$`\"]+)"
)
_COMMA = r"(?P<comma>(?:0|[1-9]\d{0,17})\s?\{,\}\s?(?!\d{3}(?!\d))\d+|0\s?\{,\}\s?\d+)|"
"""A comma that LaTeX sets without space, and not before three digits: a decimal comma."""
_REPEATING = _COMMA + (
    r"(?P<repeating>\d*\.\d*\\dot\s?\{\d\}\d*\\dot\s?\{\d\}|"
    r"\d*\.\d*(?:\\(?:overline|bar|dot)\s?\{\s?\d+\s?\}|\(\d+\))"
    r"|\d+\.\d+(?:\.\.\.|\\[lc]?dots\b))"
)
_LOOSE = re.compile(
    rf"{_REPEATING}|(?P<number>(?:[1-9]\d{{0,2}}(?:(?:{_SAFE}|,)\d{{3}})+(?!\d)|\d+){_TAIL}|\.\d+){_REST}",
    re.DOTALL,
)
"""Commas may group digits: ``1,000``."""
_TIGHT = re.compile(
    rf"{_REPEATING}|(?P<number>(?:[1-9]\d{{0,2}}(?:(?:{_SAFE})\d{{3}})+(?!\d)|\d+){_TAIL}|\.\d+){_REST}",
    re.DOTALL,
)
"""Commas part items: inside brackets."""

_NOT_DIGITS = re.compile(r"[^\d.eE+-]")
_SIGNS: Mapping[str, tuple[str, object]] = {
    "<=": ("rel", "<="), "=<": ("rel", "<="), ">=": ("rel", ">="), "!=": ("rel", "!="),
    "==": ("rel", "="), "=": ("rel", "="), "<": ("rel", "<"), ">": ("rel", ">"), "**": ("^", None),
    "...": ("sym", "…"),
} | {sign: (sign, None) for sign in "+-*/^_!()[]{}|,;:%&'"}  # fmt: skip
_CONTROLS: dict[str, tuple[str, object] | None] = {
    "\\{": ("lset", None), "\\}": ("rset", None), "\\%": ("%", None), "\\$": ("currency", "dollar"),
    "\\\\": ("newline", None), "\\|": ("|", None), "\\_": ("_", None), "\\&": ("and", None),
    "\\,": None, "\\;": None, "\\:": None, "\\!": None, "\\ ": None, "\\>": None, "\\(": None,
    "\\)": None, "\\[": None, "\\]": None, "\\\n": None, "\\'": None,
}  # fmt: skip
_ORDINALS = frozenset(("th", "st", "nd", "rd"))
_HALF_DAY = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)
"""``p.m.``"""
_WORD_LETTERS = 4
"""A longer or equal run of letters is a word and not a product of variables."""


def tokenize(text: str, *, grouping: bool = True) -> list[Token]:
    """The tokens of a text. ``grouping``: commas may group digits outside brackets.

    Raises BeyondLimits or NotMathematics.
    """
    if len(text) > limits.TEXT_CHARACTERS:
        raise BeyondLimits(
            f"the text has {len(text):,} characters; the limit is {limits.TEXT_CHARACTERS:,}"
        )
    tokens: list[Token] = []
    text = to_ascii(text)
    text = text.replace("per cent", "percent")
    if ":" in text:
        text = _HALF_DAY.sub(r"\1m", text.replace("{:}", ":"))
    _read(text, tokens, grouping=grouping, words=False, depth=0)
    return tokens


def _read(  # noqa: C901, PLR0912, PLR0915 - one dispatch over the kinds of token, as fast as it can be
    text: str, tokens: list[Token], *, grouping: bool, words: bool, depth: int
) -> None:
    position, end = 0, len(text)
    brackets = environments = 0
    spaced = False
    add = tokens.append
    while position < end:
        pattern = _LOOSE if grouping and brackets == 0 else _TIGHT
        match = pattern.match(text, position)
        if match is None:
            if text[position] == "." or text[position] == "?":
                position += 1  # the end of a sentence
                continue
            raise NotMathematics(f"unexpected character {text[position]!r}")
        kind, piece = match.lastgroup, match[0]
        position = match.end()
        if kind == "space":
            spaced = True
            continue
        if len(tokens) > limits.TOKENS:
            raise BeyondLimits(f"the text has more than {limits.TOKENS:,} tokens")
        if kind == "comma":
            add(("num", written_number(".".join(_RUN.findall(piece))), spaced))
        elif kind == "number":
            add(("num", written_number(piece), spaced))
        elif kind == "sign":
            token = _SIGNS[piece]
            if piece in "([":
                brackets += 1
            elif piece in ")]":
                brackets -= 1
            add((token[0], token[1], spaced))
        elif kind == "letters":
            _letters(piece, tokens, words=words, spaced=spaced)
        elif kind == "command":
            name = piece[1:]
            if name in TEXTUAL:
                position = _textual(name, text, position, tokens, depth)
            elif name in SKIPPED:
                if position < end and text[position] == "." and name in ("left", "right"):
                    position += 1
                spaced = True
                continue
            elif name in _COLOURS:
                colour = _COLOUR.match(text, position)
                position = colour.end() if colour else position
                spaced = True
                continue
            elif name in ("begin", "end"):
                environment, position = _environment(text, position)
                environments += 1 if name == "begin" else -1
                add(("begin" if name == "begin" else "close", environment, spaced))
            elif name == "not" and text.startswith("=", position):
                position += 1
                add(("rel", "!=", spaced))
            elif (known := COMMANDS.get(name)) is not None:
                add((known[0], known[1], spaced))
            elif name.startswith("quad"):  # \\quadx
                _letters(name[4:], tokens, words=False, spaced=True)
            else:
                raise NotMathematics(f"unknown command \\{name}")
        elif kind == "control":
            if piece == "\\\\" and environments == 0 and _doubled(text, position):
                position -= 1  # a backslash escaped once too often
                continue
            if piece not in _CONTROLS:
                raise NotMathematics(f"unknown command {piece}")
            control = _CONTROLS[piece]
            if control is None:
                spaced = True
                continue
            brackets += 1 if piece == "\\{" else -1 if piece == "\\}" else 0
            add((control[0], control[1], spaced))
        else:
            add(("num", _repeating(piece), spaced))
        spaced = False


def _doubled(text: str, position: int) -> bool:
    r"""Whether ``\\`` is followed by the name of a command or a bracket of displayed formulas."""
    end = position
    while end < len(text) and "A" <= text[end] <= "z" and text[end].isalpha():
        end += 1
    name = text[position:end]
    return len(name) > 1 and (name in COMMANDS or name in TEXTUAL or name in SKIPPED)


def _letters(piece: str, tokens: list[Token], *, words: bool, spaced: bool) -> None:
    if words and piece == "in" and tokens and tokens[-1][0] == "num":
        tokens.append(("word", piece, spaced))
        return
    if piece == "U" and tokens and tokens[-1][0] in (")", "]"):
        tokens.append(("set", "union", spaced))
        return
    known = PLAIN_WORDS.get(piece) or (PLAIN_WORDS.get(piece.lower()) if len(piece) > 2 else None)  # noqa: PLR2004
    if known is not None:
        if known[0] != "skip":
            tokens.append((known[0], known[1], spaced))
    elif piece in _ORDINALS and tokens and tokens[-1][0] == "num" and not spaced:
        pass
    elif words or len(piece) >= _WORD_LETTERS or not piece.isascii():
        tokens.append(("word", piece, spaced))
    elif tokens and tokens[-1][0] == "num" and len(piece) > 1 and _is_unit(piece):
        tokens.append(("word", piece, True))
    else:
        for letter in piece:
            if letter in LETTER_CONSTANTS:
                tokens.append(("const", letter, spaced))
            else:
                tokens.append(("sym", letter, spaced))
            spaced = False


def _is_unit(piece: str) -> bool:
    return piece in UNITS or (len(piece) > 2 and piece.lower() in UNITS)  # noqa: PLR2004


def _textual(name: str, text: str, position: int, tokens: list[Token], depth: int) -> int:
    r"""Read the braces of ``\text`` and its kin; returns where they end."""
    while position < len(text) and text[position] == " ":
        position += 1
    if position < len(text) and text[position] == "{":
        close, level = position + 1, 1
        while close < len(text):
            character = text[close]
            level += 1 if character == "{" else -1 if character == "}" else 0
            if level == 0:
                break
            close += 1
        else:
            raise NotMathematics("a brace is not closed")
        content, after = text[position + 1 : close], close + 1
    else:
        content, after = text[position : position + 1], position + 1
    content = content.strip()
    if depth > 4:  # noqa: PLR2004 - text in text in text is no answer
        raise BeyondLimits("text is nested too deeply")
    if name in _BOLD and content in ("i", "j", "k"):
        tokens.append(("sym", f"hat({content})", True))
    elif name in _BLACKBOARDS and content in _BLACKBOARDS[name]:
        tokens.append(("const", content, True))
    elif name in SYMBOLIC and len(content) == 1 and content.isalpha():
        _letters(content, tokens, words=False, spaced=True)
    else:
        words = _FUNCTION.fullmatch(content) is None
        _read(content, tokens, grouping=True, words=words, depth=depth + 1)
    return after


_BOLD = frozenset(("mathbf", "boldsymbol", "bm"))
_COLOURS = frozenset(("color", "textcolor"))
_COLOUR = re.compile(r"\s?\{[^{}]{0,32}\}")
_BLACKBOARDS = {"mathbb": frozenset("RZNQC"), "mathbf": frozenset("RZNQ")}
"""Commands of sets of numbers, and the letters that are such sets."""
_FUNCTION = re.compile(r"[A-Za-z]\([A-Za-z]\)")
_NAME = re.compile(r"\s{0,3}\{([A-Za-z]{1,16}\*?)\}(?:\s{0,3}\{[^{}]{0,64}\})?")
_COLUMNS = re.compile(r"\s{0,3}\[[a-z]\]")


def _environment(text: str, position: int) -> tuple[str, int]:
    match = _NAME.match(text, position)
    if match is None:
        raise NotMathematics("an environment has no name")
    name, end = match[1].rstrip("*"), match.end(1) + 1
    if name == "array":
        end = match.end()
    return name, end


def written_number(piece: str) -> Number:
    """The number that is written so, with its places. Raises BeyondLimits."""
    digits = piece if piece.isdigit() else _NOT_DIGITS.sub("", piece)
    if len(digits) > limits.DIGITS:
        raise BeyondLimits(f"a number has more than {limits.DIGITS:,} digits")
    if digits.isdigit():
        return Number(fmpq(int(digits)))
    mantissa, _, exponent = digits.lower().partition("e")
    whole, point, fraction = mantissa.partition(".")
    power = int(exponent or 0)
    if abs(power) > limits.DIGITS:
        raise BeyondLimits("a number's exponent is too large")
    value = fmpq(int(whole + fraction or "0"), 10 ** len(fraction))
    value = value * 10**power if power >= 0 else value / 10**-power
    places = len(fraction) - power if point or exponent else -1
    return Number(value, max(places, 0) if point else -1)


_RUN = re.compile(r"\d+")


def _repeating(piece: str) -> Number:
    r"""``0.1\overline{6}``, ``0.1(6)``, ``0.1666...``: exact where digits repeat."""
    if len(piece) > limits.DIGITS:
        raise BeyondLimits(f"a number has more than {limits.DIGITS:,} digits")
    whole, _, rest = piece.partition(".")
    runs = _RUN.findall(rest)
    if rest.count("dot") > 1:  # the first and last digit of the period
        start, _, period = rest.partition("\\")
        period = "".join(_RUN.findall(period))
    elif rest[-1] in ")}":
        period = runs[-1]
        start = runs[0] if len(runs) > 1 else ""
    else:
        start, period = _period(runs[0])
        if not period:
            return written_number(f"{whole}.{runs[0]}")
    scale = 10 ** len(start)
    value = fmpq(int(whole + start or "0"), scale) + fmpq(
        int(period), scale * (10 ** len(period) - 1)
    )
    return Number(value)


def _period(digits: str) -> tuple[str, str]:
    """What comes before and in the part that repeats up to the end; nothing when none does."""
    for length in range(1, min(len(digits) // 2, 8) + 1):
        period = digits[-length:]
        times = 3 if length == 1 else 2
        if len(digits) >= times * length and digits.endswith(period * times):
            start = digits
            while start.endswith(period):
                start = start[:-length]
            return start, period
    return digits, ""
