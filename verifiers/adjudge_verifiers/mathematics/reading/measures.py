r"""The second reading of a text: a value and a compound unit, ``10\,\mathrm{m\cdot s^{-1}}``."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from adjudge_verifiers.mathematics.comparing.labels import split_label
from adjudge_verifiers.mathematics.errors import MathematicsError
from adjudge_verifiers.mathematics.reading.answers import parse_answer
from adjudge_verifiers.mathematics.reading.characters import to_ascii
from adjudge_verifiers.mathematics.syntax import (
    Listing,
    Matrix,
    Quantity,
    Relation,
    Sequence,
    SetOf,
)
from adjudge_verifiers.mathematics.units import COMPOUND, UNITS, parse_unit, unit_named

if TYPE_CHECKING:
    from adjudge_verifiers.mathematics.syntax import Node

_LONGEST = 256
_PLACES = 12
"""Most places where the unit is looked for."""
_START = re.compile(r"\\[A-Za-z]+|[A-Za-z]+|\^\s?\{?\s?\\(?:circ|degree)")
_RUN = re.compile(r"[A-Za-z]+")
_VALUE = re.compile(r"\d|\\pi|\\frac|\\sqrt")
_VALUE_END = re.compile(r"(?:\\[,;:! ]|[~\s*]|\\(?:times|cdot|quad))+\Z")
_SPACED = re.compile(
    r"[-+]?[\d.,]{1,40}(?: ?(?:\*|\\times|\\cdot) ?10 ?\^ ?\{?-?\d{1,3}\}?)?(?: |\\[ ,;]|~)+"
)
"""A written number and a space before its unit."""
_SET = re.compile(
    r"\\(?:text|textrm|textbf|textit|mathrm|mathbf|mathit|mbox|operatorname)\s?\{([^{}]*)\}"
)
_FRACTION = re.compile(r"\\[dt]?frac\s?\{([^{}]*)\}\s?\{([^{}]*)\}")
_EXPONENT = re.compile(r"\^\s?\{\s?(-?\s?\d{1,2}|\\circ|\\degree)\s?\}")
_SIGNS = re.compile(
    r"\\(?:cdot|times|ast)\b|\\(?:circ|degree)\b|\\mu\b|\\Omega\b|\\(?:rm|left|right|quad)\b"
    r"|\\[,;:! ]|[~{}]"
)
_SPELLED = {
    "\\cdot": " * ", "\\times": " * ", "\\ast": " * ", "\\circ": " degree ",
    "\\degree": " degree ", "\\mu": " mu ", "\\Omega": "Omega ",
}  # fmt: skip
_PIECES = re.compile(r"\s*([A-Za-z]+|\^\s?-?\s?\d{1,2}|[*/()])")
_DEGREES = frozenset(("degree", "degrees", "deg"))
_SCALES = {"c": "degC", "celsius": "degC", "f": "degF", "fahrenheit": "degF"}
_WORD_LETTERS = 3
_WORDED_POWERS = frozenset(("square", "sq", "cubic", "cu"))
_FOLLOWING_POWERS = {"squared": 2, "cubed": 3}


@functools.lru_cache(maxsize=2_048)
def measure(text: str) -> tuple[Quantity, bool] | None:
    r"""A value with a unit that is known, and whether the unit can be nothing else.

    ``5m`` may also be a product of names; ``5 m``, ``5 \text{ m}`` and ``5 meters`` are no such
    thing.
    """
    if len(text) > _LONGEST:
        return None
    try:
        text = to_ascii(text)
        if not any(map(_names_unit, _RUN.findall(text))):
            return None
        for found, _ in zip(_START.finditer(text), range(_PLACES), strict=False):
            value = text[: found.start()]
            unit = _unit(text[found.start() :]) if _VALUE.search(value) else None
            if unit is not None:
                node = _scalar(_VALUE_END.sub("", value))
                certain = unit[1] or _SPACED.fullmatch(value) is not None
                return None if node is None else (Quantity(node, unit[0]), certain)
    except MathematicsError:
        return None
    return None


def measured(reference: str, answer: str) -> tuple[Quantity | None, Quantity | None] | None:
    """Both texts as values with units; None for one that has none, or when nothing is gained."""
    ours, theirs = measure(reference), measure(answer)
    if not any(found is not None and found[1] for found in (ours, theirs)):
        return None
    return ours and ours[0], theirs and theirs[0]


def _names_unit(word: str) -> bool:
    """Whether a word may be a part of a unit that is known."""
    return (
        parse_unit(word) is not None
        or word.lower() in _SCALES
        or parse_unit("mu" + word) is not None
    )


def _scalar(text: str) -> Node | None:
    """The one value that a text gives, perhaps behind its name."""
    value = split_label(parse_answer(text)[0])[1]
    no_scalar = isinstance(value, Relation | Sequence | SetOf | Listing | Matrix)
    return None if no_scalar else value


def _unit(text: str) -> tuple[str, bool] | None:
    """The unit that a text is, spelled with signed powers, and whether it is nothing else."""
    certain = "\\text" in text or "\\math" in text or "\\rm" in text or "degree" in text
    for _ in range(2):  # \mathrm{m\text{…}}
        text = _SET.sub(r" \1 ", text)
    text = _FRACTION.sub(r" (\1) / (\2) ", text)
    text = _EXPONENT.sub(lambda found: "^" + found[1], text).replace("^\\", "\\")
    text = _SIGNS.sub(lambda found: _SPELLED.get(found[0], " "), text).strip().rstrip(".")
    pieces: list[str] = []
    at = 0
    while at < len(text):
        piece = _PIECES.match(text, at)
        if piece is None:
            return None
        pieces += COMPOUND.get(piece[1], piece[1].replace(" ", "")).split()
        at = piece.end()
    pieces = _joined(pieces)
    names = _names(pieces)
    if names is None or (
        len(names) == 1 and names[0] in ("degree", "degrees")
    ):  # the grammar reads angles
        return None
    spelled = " ".join(names)
    words = any(
        len(piece) >= _WORD_LETTERS or (piece in UNITS and len(piece) > 1) for piece in pieces
    )
    return (spelled, certain or words) if parse_unit(spelled) is not None else None


def _joined(pieces: list[str]) -> list[str]:
    """``mu m`` and ``degree C`` as one piece."""
    joined: list[str] = []
    for piece in pieces:
        before = joined[-1] if joined else ""
        if before == "mu" and unit_named("mu" + piece) is not None:
            joined[-1] += piece
        elif before in _DEGREES and piece.lower() in _SCALES:
            joined[-1] = _SCALES[piece.lower()]
        else:
            joined.append(piece)
    return joined


def _names(pieces: list[str]) -> list[str] | None:  # noqa: C901 - one line for each kind of piece
    """Units with signed powers from a product with slashes and brackets; None when it is none.

    All that follows a slash in its brackets is below.
    """
    names: list[str] = []
    signs = [1]
    sign = 1
    for piece in pieces:
        if piece in ("/", "per"):
            sign = -signs[-1]
        elif piece == "(":
            signs.append(sign)
        elif piece == ")":
            if len(signs) == 1:
                return None
            signs.pop()
            sign = signs[-1]
        elif piece[0] == "^":
            if not names or "^" in names[-1].removesuffix("^-1"):
                return None
            names[-1] = f"{names[-1].partition('^')[0]}^{sign * int(piece[1:])}"
        elif piece in _FOLLOWING_POWERS:
            if not names or "^" in names[-1].removesuffix("^-1"):
                return None
            names[-1] = f"{names[-1].partition('^')[0]}^{sign * _FOLLOWING_POWERS[piece]}"
        elif piece in _WORDED_POWERS:
            names.append(piece)
        elif unit_named(piece) is not None:
            names.append(piece if sign > 0 else f"{piece}^-1")
        elif piece != "*":
            return None
    return names if len(signs) == 1 else None
