"""Identity testing: do two expressions agree at secret points, to a meaningful precision?"""

from __future__ import annotations

import math
import random
import secrets
from typing import TYPE_CHECKING

from flint import acb, fmpq

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.algebra.balls import Evaluation, NoValue, precision
from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.folds import Folds
from adjudge_verifiers.mathematics.algebra.rewriting import symbols
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.syntax import (
    Call,
    Constant,
    Node,
    Number,
    Power,
    Symbol,
    Word,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECRET = secrets.token_hex(16)
"""Points follow from it and from the names: both directions of a comparison see the same ones."""
_GUARD_BITS = 200
"""Agreement below the heights of all intermediate values and 60 decimal digits more."""
_POINTS = 8
_TRIES = 30
_MOST_NODES = 16_000
"""Most nodes that are evaluated at all points: large expressions are seen at fewer."""
_DENOMINATOR = 10**9 + 7
_FAR = 2
"""Every sixth point lies far out, from this one on."""
_FRUITLESS = 24
"""Points without a value, after which there is none."""
_FARTHEST = 10**12
_COUNTS = frozenset("nmk")
"""Names that stand for whole numbers where something is rounded."""
_MOST_COUNTS = 2
_MOST_AGREEING = 24
_PIECEWISE = frozenset(("abs", "max", "min", "sgn", "floor", "ceil"))


def secret_dice(*purpose: object) -> random.Random:
    """Dice that nobody outside this process can foretell, and that fall alike for one purpose.

    So both directions of a comparison see the same points.
    """
    return random.Random(f"{_SECRET} {purpose}")  # noqa: S311 - seeded with a secret


def identical(left: Node, right: Node) -> bool | None:
    """False: proved different. True: no difference at any point. None: cannot say."""
    names = sorted(_names(left) | _names(right))
    if not names:
        return _agree(left, right, {}, real=False)
    strict = _has_pieces(left) or _has_pieces(right)
    roots = strict or _has_roots(left) or _has_roots(right)
    folds = Folds(left, right) if roots else None
    for real in (True, False):
        agreed, far, differ = _survey(left, right, names, folds, real=real)
        if differ:
            return False
        if agreed >= _TRIES // 6 and (far or not strict):  # perhaps at whole numbers alone
            return True if folds is None or folds.are_seen else None
        if agreed:
            return None
    return None


def _survey(
    left: Node, right: Node, names: list[str], folds: Folds | None, *, real: bool
) -> tuple[int, int, bool]:
    """At how many points, and at how many far out, two expressions agree; whether they differ."""
    agreed = far = 0
    points, tries = (6 * _POINTS, 12 * _POINTS) if folds else (_POINTS, _TRIES)
    size = sum(1 for node in (left, right) for _ in walk(node))
    tries = min(tries, max(_POINTS, _MOST_NODES // size))
    scale = 1 + 3 * _largest(left, right)
    for number, point in enumerate(_points(names, scale, tries, mixed=folds is not None)):
        verdict = _agree(left, right, point, real=real)
        if verdict is False:
            return agreed, far, True
        agreed += verdict is True
        if verdict is True and folds is not None:
            folds.see(point)
        far += verdict is True and number % 6 == _FAR
        if agreed == points or (not agreed and number >= _FRUITLESS):
            break
    return agreed, far, False


def identical_integers(left: Node, right: Node) -> bool:
    """Whether two expressions in names of integers, one of them rounded, agree at many integers."""
    names = sorted(symbols(left) | symbols(right))
    if not names or len(names) > _MOST_COUNTS or not _COUNTS.issuperset(names):
        return False
    if not any(
        isinstance(part, Call) and part.name in ("floor", "ceil")
        for node in (left, right)
        for part in walk(node)
    ):
        return False
    counted = [dict.fromkeys(names, fmpq(value)) for value in range(_MOST_AGREEING)]
    dice = secret_dice(names)
    farthest = 1_000 * _largest(left, right)
    drawn = [
        {name: fmpq(dice.randint(0, farthest)) for name in names} for _ in range(_MOST_AGREEING)
    ]
    return all(_agree(left, right, point, real=True) for point in (*counted, *drawn))


def has_imaginary(node: Node) -> bool:
    """Whether the imaginary unit is written in the expression."""
    return any(isinstance(part, Constant) and part.name == "i" for part in walk(node))


def _names(node: Node) -> set[str]:
    names = symbols(node)
    for part in walk(node):
        if isinstance(part, Word):
            names.update(part.text)
    return names


def _has_pieces(node: Node) -> bool:
    """Whether a function may follow another formula elsewhere: ``max(x, 10)``, ``|x - 10|``."""
    return any(isinstance(part, Call) and part.name in _PIECEWISE for part in walk(node))


def _has_roots(node: Node) -> bool:
    """Whether a root of more than a name is taken: ``√((x - 10)²)`` changes its formula at 10."""
    for part in walk(node):
        if isinstance(part, Call) and part.name == "root":
            inside = part.arguments[0]
        elif isinstance(part, Power) and (value := rational(part.exponent)) is not None:
            inside = Symbol("") if value.q == 1 else part.base
        else:
            continue
        if not isinstance(inside, Symbol) and any(isinstance(one, Symbol) for one in walk(inside)):
            return True
    return False


def _largest(left: Node, right: Node) -> int:
    """A bound on where formulas may change: the largest written number, rounded up."""
    numbers = (part.value for node in (left, right) for part in walk(node) if type(part) is Number)
    return min(max((int(abs(number)) + 1 for number in numbers), default=1), _FARTHEST)


def _points(names: list[str], scale: int, count: int, *, mixed: bool) -> Iterator[dict[str, fmpq]]:
    """Secret points: positive, negative, far out, between 0 and 1, whole, of mixed sizes.

    ``mixed``: all but those far out and whole have a size and sign of their own for each name, for
    a formula may hold only where one is small beside another: ``|x² + y| = x² + y``.
    """
    dice = secret_dice(names, scale)
    sizes = 5 + math.ceil(math.log2(4 * scale))
    for number in range(count):
        kind = number % 6
        if kind == 4:  # noqa: PLR2004 - whole numbers
            yield {name: fmpq(dice.randint(1, 12)) for name in names}
            continue
        high = 1 if kind == 3 else 4  # noqa: PLR2004 - between 0 and 1
        point = {
            name: fmpq(dice.randint(_DENOMINATOR // 8, high * _DENOMINATOR), _DENOMINATOR)
            for name in names
        }
        if kind == _FAR:
            point = {name: dice.choice((-1, 1)) * scale * value for name, value in point.items()}
        elif mixed or kind == 5:  # noqa: PLR2004 - mixed sizes
            point = {
                name: dice.choice((-1, 1)) * value * fmpq(2) ** (dice.randrange(sizes) - 5)
                for name, value in point.items()
            }
        elif kind == 1:
            point = {name: -value for name, value in point.items()}
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
