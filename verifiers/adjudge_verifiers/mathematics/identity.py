"""Identity testing: do two expressions agree at secret points, to a meaningful precision?"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from flint import acb, fmpq

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.balls import Evaluation, NoValue, precision
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.syntax import Constant, Node, Symbol, Word, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECRET = random.SystemRandom()
_GUARD_BITS = 200
"""Agreement below the heights of all intermediate values and 60 decimal digits more."""
_POINTS = 8
_TRIES = 30
_DENOMINATOR = 10**9 + 7


def identical(left: Node, right: Node) -> bool | None:
    """False: proved different. True: no difference at any point. None: cannot say."""
    names = sorted(_names(left) | _names(right))
    if not names:
        return _agree(left, right, {}, real=False)
    for real in (True, False):
        agreed = 0
        for point in _points(names):
            verdict = _agree(left, right, point, real=real)
            if verdict is False:
                return False
            agreed += verdict is True
            if agreed == _POINTS:
                return True
        if agreed >= _TRIES // 6:  # defined at whole numbers alone
            return True
        if agreed:
            return None
    return None


def has_imaginary(node: Node) -> bool:
    """Whether the imaginary unit is written in the expression."""
    return any(isinstance(part, Constant) and part.name == "i" for part in walk(node))


def _names(node: Node) -> set[str]:
    names = {part.name for part in walk(node) if isinstance(part, Symbol)}
    for part in walk(node):
        if isinstance(part, Word):
            names.update(part.text)
    return names


def _points(names: list[str]) -> Iterator[dict[str, fmpq]]:
    """Secret points: positive, negative, of mixed signs, between 0 and 1, whole."""
    for number in range(_TRIES):
        kind = number % 6
        if kind == 4:  # noqa: PLR2004 - whole numbers
            yield {name: fmpq(_SECRET.randint(1, 12)) for name in names}
            continue
        high = 1 if kind == 3 else 4  # noqa: PLR2004 - between 0 and 1
        point = {
            name: fmpq(_SECRET.randint(_DENOMINATOR // 8, high * _DENOMINATOR), _DENOMINATOR)
            for name in names
        }
        if kind == 1:
            point = {name: -value for name, value in point.items()}
        elif kind in (2, 5):
            point = {name: _SECRET.choice((-1, 1)) * value for name, value in point.items()}
        yield point


def _agree(left: Node, right: Node, point: dict[str, fmpq], *, real: bool) -> bool | None:
    """Compare at one point. ``real``: skip points where a value on the way is not real."""
    bits = 128
    while bits <= limits.PRECISION_BITS:
        with precision(bits):
            try:
                one, other = Evaluation(point), Evaluation(point)
                difference = one.value(left) - other.value(right)
            except (NoValue, Undefined, ZeroDivisionError):
                return None
            if real and (one.complex or other.complex) and not _explicit(left, right):
                return None
            if not _contains_zero(difference):
                return False
            needed = _GUARD_BITS + one.height_bits + other.height_bits
            radius = difference.abs_upper()
            if bits >= needed and radius < fmpq(1, 2 ** (needed // 2)):
                return True
        bits = max(bits * 2, min(needed + 64, limits.PRECISION_BITS)) if needed > bits else bits * 2
        if needed > limits.PRECISION_BITS:
            return None
    return None


def _explicit(left: Node, right: Node) -> bool:
    return has_imaginary(left) or has_imaginary(right)


def _contains_zero(value: acb) -> bool:
    return bool(value.real.contains(0) and value.imag.contains(0))
