"""Floats: words in order, numbers by their value within a tolerance.

A number is written in ASCII as ``-12``, ``3.``, ``.5`` or ``6.02e23``: no ``nan``, ``inf``, hex,
underscores or digits of other scripts, and nothing beyond the range of a double. For an expected
word that

* is an integer: the output must be that integer when it is written as one; written with a point or
  exponent it may differ by the tolerance, but by less than a half (no other integer passes), and
  by nothing beyond 2^53, where doubles no longer tell integers apart;
* is another number: ``|output - expected| <= max(rel_tol * |expected|, abs_tol)``;
* is no number: the bytes must be the same.

NaN is always refused: such a word never passes, on either side.
"""

from __future__ import annotations

import math
import re

from adjudge_verifiers.programs.checkers import tokens
from adjudge_verifiers.programs.checkers.excerpt import excerpt

_NUMBER = re.compile(rb"([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))([eE][+-]?[0-9]{1,6})?")
_NAN = re.compile(rb"[+-]?nan(?:\(.*\))?", re.IGNORECASE | re.DOTALL)
_LONGEST_NUMBER = 1024
_EXACT_INTEGERS = 2**53


def difference(expected: bytes, output: bytes, *, rel_tol: float, abs_tol: float) -> str | None:
    """None when every word agrees, else the first that does not. Tolerances are finite and >= 0."""
    rights = expected.split()
    fault = tokens.count_fault(rights, output)
    if fault:
        return fault
    for position, (right, came) in enumerate(zip(rights, output.split(), strict=True), 1):
        if not agree(right, came, rel_tol=rel_tol, abs_tol=abs_tol):
            return f"word {position} is wrong: {excerpt(came)}"
    return None


def agree(expected: bytes, output: bytes, *, rel_tol: float, abs_tol: float) -> bool:
    """True when the output's word stands for the expected one."""
    if expected == output:
        return not is_nan(output)
    right, came = _parts(expected), _parts(output)
    if right is None or came is None:
        return False
    if right.is_integer and (came.is_integer or abs(right.value) >= _EXACT_INTEGERS):
        return right.as_integer() == came.as_integer()
    if not (math.isfinite(right.value) and math.isfinite(came.value)):
        return False
    gap = abs(came.value - right.value)
    is_another_integer = right.is_integer and gap >= 0.5  # noqa: PLR2004 - a half, as said above
    return not is_another_integer and gap <= max(rel_tol * abs(right.value), abs_tol)


def is_nan(word: bytes) -> bool:
    """True for any spelling of NaN that C or Python prints."""
    return _NAN.fullmatch(word) is not None


class _Number:
    """A decimal number as written: its value as a double and, for integers, exactly."""

    __slots__ = ("_digits", "_fraction", "_has_exponent", "_negative", "is_integer", "value")

    def __init__(self, match: re.Match[bytes]) -> None:
        sign, digits, fraction, bare_fraction, exponent = match.groups()
        self.value = float(match.group())
        self.is_integer = digits is not None and fraction is None and exponent is None
        self._negative = sign == b"-"
        self._digits = (digits or b"").lstrip(b"0")
        self._fraction = fraction or bare_fraction or b""
        self._has_exponent = exponent is not None

    def as_integer(self) -> tuple[bool, bytes] | None:
        """Sign and digits when written as an integer or with zeros behind the point, else None."""
        if self._has_exponent or self._fraction.strip(b"0"):
            return None
        return self._negative and bool(self._digits), self._digits


def _parts(word: bytes) -> _Number | None:
    if len(word) > _LONGEST_NUMBER:
        return None
    match = _NUMBER.fullmatch(word)
    return _Number(match) if match else None
