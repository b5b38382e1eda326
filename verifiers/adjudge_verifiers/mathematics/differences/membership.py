"""A number that belongs to one of two sets of reals and not to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.balls import Evaluation, NoValue, precision
from adjudge_verifiers.mathematics.comparing.regions import region_of
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.rendering import shown
from adjudge_verifiers.mathematics.syntax import Negative, Node, Number, Quotient, Sum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge_verifiers.mathematics.comparing.regions import Piece, Region

_MOST_PIECES = 12
_BITS = 256
_ONE = Number(fmpq(1))
_TWO = Number(fmpq(2))


def member_of_one(reference: Node, answer: Node) -> tuple[str, bool] | None:
    """A number in one of two sets alone, shown; whether it is the reference that has it."""
    ours, theirs = region_of(reference), region_of(answer)
    if ours is None or theirs is None or len(ours) + len(theirs) > _MOST_PIECES:
        return None
    for point in _candidates([*ours, *theirs]):
        mine, other = _contains(ours, point), _contains(theirs, point)
        if mine is not None and other is not None and mine != other:
            return shown(point), mine
    return None


def _candidates(pieces: Region) -> Iterator[Node]:
    """Ends, what lies between two of them, what lies beyond, and zero."""
    ends: list[Node] = []
    for piece in pieces:
        ends += [end for end in (piece.low, piece.high) if end is not None and end not in ends]
    yield from ends
    yield Number(fmpq(0))
    for index, end in enumerate(ends):
        yield _folded(Sum((end, _ONE)))
        yield _folded(Sum((end, Negative(_ONE))))
        for other in ends[:index]:
            yield _folded(Quotient(Sum((end, other)), _TWO))


def _folded(node: Node) -> Node:
    """The node as a number where it is plain arithmetic of two numbers."""
    parts = node.numerator.parts if isinstance(node, Quotient) else node.parts
    values = [
        -part.inner.value if isinstance(part, Negative) else part.value  # type: ignore[attr-defined]
        for part in parts
        if isinstance(part.inner if isinstance(part, Negative) else part, Number)
    ]
    if len(values) != len(parts):
        return node
    return Number(sum(values, fmpq(0)) / (2 if isinstance(node, Quotient) else 1))


def _contains(region: Region, point: Node) -> bool | None:
    found = [_within(piece, point) for piece in region]
    return True if True in found else None if None in found else False


def _within(piece: Piece, point: Node) -> bool | None:
    for end, closed, sign in (
        (piece.low, piece.low_closed, 1),
        (piece.high, piece.high_closed, -1),
    ):
        if end is None:
            continue
        order = 0 if end == point else _sign(Sum((point, Negative(end))))
        if order is None:
            return None
        if order * sign < 0 or (order == 0 and not closed):
            return False
    return True


def _sign(node: Node) -> int | None:
    """The sign of a real number; 0 when 60 digits show no difference from zero."""
    with precision(_BITS):
        try:
            value = Evaluation({}).value(node)
        except (NoValue, Undefined, ZeroDivisionError):
            return None
        if value.imag != 0:
            return None
        return -1 if value.real < 0 else 1 if value.real > 0 else 0
