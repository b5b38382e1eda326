"""Sets of real numbers as lists of intervals, from every spelling of them."""

from __future__ import annotations

import dataclasses
import functools

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.balls import Evaluation, NoValue, precision
from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.normal import Algebra
from adjudge_verifiers.mathematics.algebra.polynomials import Unsupported
from adjudge_verifiers.mathematics.errors import BeyondLimits, Undefined
from adjudge_verifiers.mathematics.syntax import (
    Apply,
    Builder,
    Call,
    Combined,
    Constant,
    Listing,
    Negative,
    Node,
    Number,
    Quotient,
    Relation,
    Sequence,
    SetOf,
    Sum,
    Symbol,
    walk,
)

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_INTERVAL = 2
_TUPLES = (("(", ")"), ("[", "]"), ("case", "case"))


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """An interval; ``low`` or ``high`` None: no bound."""

    low: Node | None
    low_closed: bool
    high: Node | None
    high_closed: bool


Region = list[Piece]
_LINE = Piece(None, False, None, False)


def is_region(node: Node) -> bool:
    """Whether this is a set of reals and nothing else: then ``(1, 2)`` beside it is one."""
    match node:
        case Combined() | Builder():
            return True
        case Constant(name=name):
            return name in ("R", "R+", "R-")
        case Relation(operators=operators):
            return all(operator in _FLIPPED for operator in operators) or operators == ("!=",)
        case Sequence(items=items, opening=opening, closing=closing):
            return len(items) == _INTERVAL and (
                (opening, closing) not in _TUPLES or any(_bound(item) is None for item in items)
            )
        case Listing(items=items):
            return any(is_region(item) for item in items) and all(
                is_region(item) or (isinstance(item, Relation) and item.operators == ("=",))
                for item in items
            )
    return False


def region_of(node: Node) -> Region | None:
    """The set as intervals, or None when it is no set of reals that can be written so."""
    pieces = _pieces(node)
    return None if pieces is None else merged(pieces)


def _pieces(node: Node) -> Region | None:  # noqa: PLR0911 - one line for each kind of set
    match node:
        case Constant(name=name) if name in ("R", "R+", "R-"):
            zero = Number(fmpq(0))
            return {
                "R": [_LINE],
                "R+": [Piece(zero, False, None, False)],
                "R-": [Piece(None, False, zero, False)],
            }[name]
        case Sequence(items=(low, high), opening=opening, closing=closing):
            return [Piece(_bound(low), opening == "[", _bound(high), closing == "]")]
        case SetOf(items=items):
            return [Piece(item, True, item, True) for item in items]
        case Relation(sides=sides, operators=operators):
            return _inequality(sides, operators)
        case Builder(condition=condition):
            return _pieces(condition)
        case Listing(items=items, joint=joint):
            hole = any(isinstance(item, Relation) and item.operators == ("!=",) for item in items)
            both = joint == "and" or (joint == "," and hole)
            return _joined("intersection" if both else "union", items)
        case Combined(operator=operator, sets=sets):
            return _joined(operator, sets)
    return None


def _bound(node: Node) -> Node | None:
    """The end of an interval; None for an infinity."""
    inner = node.inner if isinstance(node, Negative) else node
    return None if isinstance(inner, Constant) and inner.name == "oo" else node


def _joined(operator: str, sets: tuple[Node, ...]) -> Region | None:
    regions = []
    for one in sets:
        region = _pieces(one)
        if region is None:
            return None
        regions.append(region)
    if operator == "union":
        return [piece for region in regions for piece in region]
    result = merged(regions[0])
    for region in regions[1:]:
        other = merged(region)
        if operator == "difference":
            other = complement(other)
        result = [both for one in result for two in other if (both := cut(one, two)) is not None]
    return result


def _inequality(  # noqa: PLR0911 - one return for each kind
    sides: tuple[Node, ...], operators: tuple[str, ...]
) -> Region | None:
    """The set that an equation, or a chain of inequalities in one variable, describes."""
    if operators in (("=",), ("!=",)):
        if not _is_variable(sides[0]):
            return None
        point = [Piece(sides[1], True, sides[1], True)]
        return point if operators == ("=",) else complement(point)
    if operators == ("in",):
        return _pieces(sides[1])
    found = _bounds(sides, operators)
    if found is None:
        return None
    middle, bounds = found
    absolute = isinstance(middle, Call) and middle.name == "abs"
    inner = middle.parts[0] if absolute else middle
    line = (fmpq(1), fmpq(0)) if _is_variable(inner) else _linear(inner)
    if line is None:
        return None
    if absolute:
        return _absolute(bounds, line)
    piece = _LINE
    for operator, bound in bounds:
        if _bound(bound) is not None:
            piece = _bounded(piece, operator, bound, line)
    return [piece]


def _bounds(
    sides: tuple[Node, ...], operators: tuple[str, ...]
) -> tuple[Node, list[tuple[str, Node]]] | None:
    """What is bounded, and by what: ``1 < x <= 2`` is (x, [(">", 1), ("<=", 2)])."""
    if any(operator not in _FLIPPED for operator in operators) or len(operators) > _INTERVAL:
        return None
    if len(operators) == _INTERVAL:
        if operators[0][0] != operators[1][0]:
            return None
        return sides[1], [(_FLIPPED[operators[0]], sides[0]), (operators[1], sides[2])]
    if _has_symbol(sides[1]) and (not _has_symbol(sides[0]) or not _is_variable(sides[0])):
        return sides[1], [(_FLIPPED[operators[0]], sides[0])]
    return sides[0], [(operators[0], sides[1])]


def _bounded(piece: Piece, operator: str, bound: Node, line: tuple[fmpq, fmpq]) -> Piece:
    """The piece with one more bound on ``slope · x + shift``."""
    slope, shift = line
    end = bound
    if slope != 1 or shift != 0:
        end = Quotient(Sum((bound, Number(-shift))), Number(slope))
    side = operator if slope > 0 else _FLIPPED[operator]
    closed = side[-1] == "="
    if side[0] == "<":
        return dataclasses.replace(piece, high=end, high_closed=closed)
    return dataclasses.replace(piece, low=end, low_closed=closed)


def _absolute(bounds: list[tuple[str, Node]], line: tuple[fmpq, fmpq]) -> Region | None:
    """Where the absolute value of ``slope · x + shift`` lies within its bounds."""
    result: Region = [_LINE]
    for operator, bound in bounds:
        outer = _bounded(_LINE, operator, bound, line)
        flipped = _FLIPPED[operator]
        if operator[0] == "<":
            other = [_bounded(outer, flipped, Negative(bound), line)]
        else:
            other = [_bounded(_LINE, flipped, Negative(bound), line), outer]
        result = [both for one in result for two in other if (both := cut(one, two)) is not None]
    return result


def _is_variable(node: Node) -> bool:
    return isinstance(node, Symbol | Apply)


def _has_symbol(node: Node) -> bool:
    return any(isinstance(part, Symbol | Apply) for part in walk(node))


def _linear(node: Node) -> tuple[fmpq, fmpq] | None:
    """Slope and shift of ``a x + b`` with rational coefficients."""
    try:
        top, bottom = Algebra().form(node)
    except (Unsupported, BeyondLimits, Undefined):
        return None
    if len(bottom) != 1 or () not in bottom:
        return None
    slope, shift = fmpq(0), fmpq(0)
    for monomial, coefficient in top.items():
        if monomial == ():
            shift = coefficient / bottom[()]
        elif len(monomial) == 1 and monomial[0][1] == 1 and slope == 0 and monomial[0][0].isalpha():
            slope = coefficient / bottom[()]
        else:
            return None
    return (slope, shift) if slope != 0 else None


# Order ------------------------------------------------------------------------------------------


def _order(left: Node, right: Node) -> int | None:
    """-1, 0 or 1; None when the ends cannot be ordered. Equal as far as 60 digits show is equal."""
    try:
        one, other = rational(left), rational(right)
    except Undefined:
        return None
    if one is not None and other is not None:
        return int(one > other) - int(one < other)
    with precision(256):
        try:
            difference = Evaluation({}).value(Sum((left, Negative(right))))
        except (NoValue, Undefined, ZeroDivisionError):
            return None
        if difference.imag != 0:
            return None
        return -1 if difference.real < 0 else 1 if difference.real > 0 else 0


def _compare_lows(one: Piece, other: Piece) -> int:
    if one.low is None or other.low is None:
        return (one.low is not None) - (other.low is not None)
    order = _order(one.low, other.low)
    if order is None:
        raise NoValue("ends cannot be ordered")
    return order or other.low_closed - one.low_closed


def merged(pieces: Region) -> Region:
    """Sorted, without empty pieces, joined where they touch; unchanged when ends are symbolic."""
    try:
        kept = [piece for piece in pieces if not _is_empty(piece)]
        kept.sort(key=functools.cmp_to_key(_compare_lows))
        result: Region = []
        for piece in kept:
            if result and _touch(result[-1], piece):
                result[-1] = _hull(result[-1], piece)
            else:
                result.append(piece)
    except NoValue:
        return pieces
    return result


def _is_empty(piece: Piece) -> bool:
    if piece.low is None or piece.high is None:
        return False
    order = _order(piece.low, piece.high)
    if order is None:
        raise NoValue("ends cannot be ordered")
    return order > 0 or (order == 0 and not (piece.low_closed and piece.high_closed))


def is_point(piece: Piece) -> bool:
    """Whether an interval is one number."""
    return piece.low is not None and piece.high is not None and _order(piece.low, piece.high) == 0


def same_ends(one: Piece, other: Piece) -> bool:
    """Whether two intervals are the same, with ends that can be ordered."""
    return all(
        closed == their_closed
        and (mine is None) == (theirs is None)
        and (mine is None or theirs is None or _order(mine, theirs) == 0)
        for mine, closed, theirs, their_closed in (
            (one.low, one.low_closed, other.low, other.low_closed),
            (one.high, one.high_closed, other.high, other.high_closed),
        )
    )


def _touch(left: Piece, right: Piece) -> bool:
    if left.high is None or right.low is None:
        return True
    order = _order(right.low, left.high)
    return order is not None and (
        order < 0 or (order == 0 and (left.high_closed or right.low_closed))
    )


def _hull(left: Piece, right: Piece) -> Piece:
    if left.high is None:
        return left
    if right.high is None:
        return Piece(left.low, left.low_closed, None, False)
    order = _order(left.high, right.high)
    if order == 0:
        return dataclasses.replace(left, high_closed=left.high_closed or right.high_closed)
    high = left if order == 1 else right
    return dataclasses.replace(left, high=high.high, high_closed=high.high_closed)


def complement(region: Region) -> Region:
    """All other reals."""
    result: Region = []
    low: Node | None = None
    closed = False
    for piece in region:
        if piece.low is not None:
            result.append(Piece(low, closed, piece.low, not piece.low_closed))
        if piece.high is None:
            return result
        low, closed = piece.high, not piece.high_closed
    result.append(Piece(low, closed, None, False))
    return result


def cut(one: Piece, other: Piece) -> Piece | None:
    """What two intervals share; None for nothing."""
    low, low_closed = _later((one.low, one.low_closed), (other.low, other.low_closed), 1)
    high, high_closed = _later((one.high, one.high_closed), (other.high, other.high_closed), -1)
    piece = Piece(low, low_closed, high, high_closed)
    try:
        return None if _is_empty(piece) else piece
    except NoValue:
        return piece


def _later(
    one: tuple[Node | None, bool], other: tuple[Node | None, bool], sign: int
) -> tuple[Node | None, bool]:
    """Of two ends (with whether they are closed) the higher (1) or lower (-1) one."""
    if one[0] is None or other[0] is None:
        return other if one[0] is None else one
    order = _order(one[0], other[0])
    if order == 0 or order is None:
        return one[0], one[1] and other[1]
    return one if order == sign else other
