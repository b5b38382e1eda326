"""Functions in pieces: equal where the pieces that meet are equal, region by region.

On a region that is no single point, equal means an identity in the free name: of polynomials and
rational functions a proof.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.rewriting import substitute, symbols
from adjudge_verifiers.mathematics.comparing.regions import (
    Piece,
    Region,
    complement,
    cut,
    is_point,
    merged,
    region_of,
    same_ends,
)
from adjudge_verifiers.mathematics.decision import Decision, Rules
from adjudge_verifiers.mathematics.syntax import (
    Listing,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Sequence,
    Sum,
    Symbol,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Compare = Callable[[Node, Node, Rules], Decision]

_LINE = Piece(None, False, None, False)
_ELSE = frozenset(("otherwise", "else", "elsewhere", "for all other"))
_PARITY = re.compile(r"(?:is )?(?:an )?(even|odd)(?: integer| number)?")
_ONE, _TWO = Number(fmpq(1)), Number(fmpq(2))
_NAME = Symbol("t'")
"""A name that no answer uses."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Branch:
    """A value and where it holds: intervals, or the numbers of one parity."""

    value: Node
    region: Region
    parity: str = ""


def is_piecewise(node: Node) -> bool:
    """Whether a node lists values with their conditions."""
    return (
        isinstance(node, Listing)
        and len(node.items) > 1
        and all(
            isinstance(item, Sequence) and item.opening == "case" and len(item.items) == 2  # noqa: PLR2004
            for item in node.items
        )
    )


def compare_piecewise(left: Node, right: Node, rules: Rules, compare: Compare) -> Decision:
    """Whether two functions are equal, of which at least one is given in pieces."""
    names = _names(left) | _names(right)
    if len(names) != 1:
        return Decision(None, "undecided")
    (name,) = names
    ours, theirs = _branches(left), _branches(right)
    if ours is None or theirs is None:
        return Decision(None, "undecided")
    if ours[0].parity or theirs[0].parity:
        return _by_parity(ours, theirs, name, rules, compare)
    covered = [
        merged([piece for branch in one for piece in branch.region]) for one in (ours, theirs)
    ]
    if len(covered[0]) != len(covered[1]) or not all(map(same_ends, *covered)):
        return Decision(False, "piecewise")
    for one in ours:
        for other in theirs:
            for piece in _shared(one.region, other.region):
                here = _there(piece, name)
                decision = compare(one.value, other.value, rules)
                if decision.equal is not True or is_point(piece):
                    mine, yours = (substitute(branch.value, here) for branch in (one, other))
                    decision = compare(mine, yours, rules)
                if decision.equal is not True:
                    return Decision(decision.equal, "piecewise")
    return Decision(True, "piecewise")


def _names(node: Node) -> set[str]:
    """The names that decide which piece holds."""
    if not is_piecewise(node):
        return set()
    return set().union(*(symbols(item.parts[1]) for item in node.parts))


def _branches(node: Node) -> list[_Branch] | None:
    """The pieces with their regions; None where a condition is no region."""
    if not is_piecewise(node):
        return [_Branch(node, [_LINE])]
    branches: list[_Branch] = []
    rest: Node | None = None
    for value, condition in (item.parts for item in node.parts):
        if isinstance(condition, Word) and condition.text.casefold() in _ELSE:
            rest = value
            continue
        parity = _parity(condition)
        region = [] if parity else region_of(condition)
        if region is None:
            return None
        branches.append(_Branch(value, region, parity))
    if not branches or len({bool(branch.parity) for branch in branches}) > 1:
        return None
    if rest is not None and branches[0].parity:
        branches.append(_Branch(rest, [], "odd" if branches[0].parity == "even" else "even"))
    elif rest is not None:
        covered = merged([piece for branch in branches for piece in branch.region])
        branches.append(_Branch(rest, complement(covered)))
    return branches


def _parity(condition: Node) -> str:
    """The parity that a condition asks for: of ``n is even`` and its kin; "" for others."""
    if isinstance(condition, Quantity) and isinstance(condition.value, Symbol):
        match = _PARITY.fullmatch(condition.unit)
        return match[1] if match else ""
    return ""


def _by_parity(
    ours: list[_Branch], theirs: list[_Branch], name: str, rules: Rules, compare: Compare
) -> Decision:
    """Pieces for even and odd numbers, each beside the other's piece or beside one formula."""
    for parity, shift in (("even", 0), ("odd", 1)):
        values = [
            next((branch.value for branch in one if branch.parity in ("", parity)), None)
            for one in (ours, theirs)
        ]
        if values[0] is None or values[1] is None:
            return Decision(False, "piecewise")
        decision = compare(values[0], values[1], rules)
        if decision.equal is not True:
            number = Sum((Product((_TWO, _NAME)), Number(fmpq(shift))))
            one, other = (substitute(value, {name: number}) for value in values if value)
            decision = compare(one, other, rules)
        if decision.equal is not True:
            return Decision(decision.equal, "piecewise")
    return Decision(True, "piecewise")


def _shared(one: Region, other: Region) -> Region:
    return [both for mine in one for theirs in other if (both := cut(mine, theirs)) is not None]


def _there(piece: Piece, name: str) -> dict[str, Node]:
    """What stands for the name on an interval or at a point."""
    if piece.low is not None and is_point(piece):
        return {name: piece.low}
    return {name: _inside(piece)}


def _inside(piece: Piece) -> Node:
    """An expression that, as its one name runs through the reals, runs through an interval."""
    square = Power(_NAME, _TWO)
    low, high = piece.low, piece.high
    if low is None:
        return _NAME if high is None else Sum((high, Negative(square)))
    if high is None:
        return Sum((low, square))
    share = Quotient(square, Sum((_ONE, square)))
    return Sum((low, Product((Sum((high, Negative(low))), share))))
