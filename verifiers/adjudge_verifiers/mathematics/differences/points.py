"""Points at which two expressions or two equations differ, as small as can be found."""

from __future__ import annotations

import itertools
import random
import time
from typing import TYPE_CHECKING

from flint import acb, arb, fmpq

from adjudge_verifiers.mathematics.algebra.balls import Evaluation, NoValue, precision
from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.rewriting import substitute, symbols
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.rendering import SHOWN_CHARACTERS
from adjudge_verifiers.mathematics.syntax import Constant, Negative, Node, Number, Sum, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge_verifiers.mathematics.syntax import Relation

    Point = dict[str, fmpq]

_MOST_NAMES = 8
_SMALL = [fmpq(2), fmpq(3), fmpq(1), fmpq(0), fmpq(-1), fmpq(1, 2), fmpq(5), fmpq(-3), fmpq(10)]
_RANDOM_POINTS = 6
_DIGITS = (12, 40, 75)
_BITS = 320
_MOST_CHARACTERS = 24
_GRID = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5)
_MOST_GRID_POINTS = 500
_SECRET = random.SystemRandom()


def differing_values(reference: Node, answer: Node) -> tuple[str, str] | None:
    """What two values without names are, in digits enough to differ; None when that fails."""
    return _values_at(reference, answer, {})


def differing_point(
    reference: Node, answer: Node, end: float
) -> tuple[dict[str, str], str, str] | None:
    """A point (shown), what the reference and what the answer is there. ``end``: CPU time."""
    names = sorted(symbols(reference) | symbols(answer))
    if not 0 < len(names) <= _MOST_NAMES:
        return None
    for point in _points(names):
        if time.process_time() > end:
            return None
        values = _values_at(reference, answer, point)
        if values is not None:
            return {name: str(value) for name, value in point.items()}, *values
    return None


def solution_of_one(
    reference: Relation, answer: Relation, end: float
) -> tuple[dict[str, str], bool] | None:
    """A small whole point that solves one of two equations; whether it solves the reference."""
    names = sorted(symbols(reference) | symbols(answer))
    if not 0 < len(names) <= _MOST_NAMES or {*reference.operators, *answer.operators} != {"="}:
        return None
    grid = itertools.product(_GRID, repeat=len(names))
    for values in itertools.islice(grid, _MOST_GRID_POINTS):
        if time.process_time() > end:
            return None
        point = {name: Number(fmpq(value)) for name, value in zip(names, values, strict=True)}
        ours, theirs = _holds(reference, point), _holds(answer, point)
        if ours is not None and theirs is not None and ours != theirs:
            return {name: str(number.value) for name, number in point.items()}, ours
    return None


def _holds(relation: Relation, point: dict[str, Number]) -> bool | None:
    first, *others = (substitute(side, point) for side in relation.sides)
    for other in others:
        try:
            difference = rational(Sum((first, Negative(other))))
        except Undefined:
            return None
        if difference is None:
            return None
        if difference != 0:
            return False
    return True


def _points(names: list[str]) -> Iterator[Point]:
    for start in range(len(_SMALL)):
        yield {name: _SMALL[(start + at) % len(_SMALL)] for at, name in enumerate(names)}
    for _ in range(_RANDOM_POINTS):
        yield {name: fmpq(_SECRET.randint(1, 999), 100) for name in names}


def _values_at(reference: Node, answer: Node, point: Point) -> tuple[str, str] | None:
    """Reference and answer at a point, where they are proved to differ; None otherwise."""
    try:
        numbers = {name: Number(value) for name, value in point.items()}
        left = rational(substitute(reference, numbers) if point else reference)
        right = rational(substitute(answer, numbers) if point else answer)
        if left is not None and right is not None and left == right:
            return None
        with precision(_BITS):
            one, other = Evaluation(point), Evaluation(point)
            ours, theirs = one.value(reference), other.value(answer)
            if ours.overlaps(theirs):
                return None
            real = not (one.complex or other.complex)
            if point and not real and not _has_imaginary(reference, answer):
                return None
            return _shown_apart(left, right, ours, theirs)
    except (NoValue, Undefined, ZeroDivisionError):
        return None


def _has_imaginary(*nodes: Node) -> bool:
    return any(part == Constant("i") for node in nodes for part in walk(node))


def _shown_apart(
    left: fmpq | None, right: fmpq | None, ours: acb, theirs: acb
) -> tuple[str, str] | None:
    """Two different values in so many digits that they differ."""
    for digits in _DIGITS:
        if _shown(None, ours, digits) != _shown(None, theirs, digits):
            return _shown(left, ours, digits), _shown(right, theirs, digits)
    return None


def _shown(exact: fmpq | None, value: acb, digits: int) -> str:
    if exact is not None and len(str(exact)) <= _MOST_CHARACTERS and not _is_finite(exact):
        return str(exact)
    real = _digits(value.real, digits)
    if value.imag == 0:
        return real
    imaginary = _digits(value.imag, digits)
    text = f"{imaginary} i" if real == "0" else f"{real} + {imaginary} i".replace("+ -", "- ")
    return text[: 2 * SHOWN_CHARACTERS]


def _is_finite(value: fmpq) -> bool:
    """Whether a fraction is a decimal of a few places."""
    return bool(value.q != 1 and 10**6 % value.q == 0)


def _digits(value: arb, digits: int) -> str:
    text = str(value.str(digits, radius=False)).strip("[]")
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text
