"""Lists, sets, tuples and matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_verifiers.mathematics.algebra.rewriting import expand_signs
from adjudge_verifiers.mathematics.comparing.labels import split_label
from adjudge_verifiers.mathematics.decision import Decision, Rules
from adjudge_verifiers.mathematics.errors import BeyondLimits
from adjudge_verifiers.mathematics.syntax import Listing, Matrix, Node, Sequence, SetOf

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence as Items

    Compare = Callable[[Node, Node, Rules], Decision]

_MOST_COMPARISONS = 1_500
_PAIR = 2


def is_collection(node: Node) -> bool:
    """Whether the node holds items."""
    return isinstance(node, Listing | SetOf | Sequence | Matrix)


def compare_collections(  # noqa: PLR0911 - one return for each pair of kinds
    left: Node, right: Node, rules: Rules, compare: Compare
) -> Decision:
    """Ordered for tuples and matrices, unordered for sets and lists of solutions."""
    if not (is_collection(left) and is_collection(right)):
        return Decision(False, "shape")
    if isinstance(left, Matrix) or isinstance(right, Matrix):
        return _matrices(left, right, rules, compare)
    ours, theirs = _items(left), _items(right)
    sequences = [isinstance(node, Sequence) for node in (left, right)]
    if all(sequences):
        assert isinstance(left, Sequence)  # noqa: S101 - both are
        assert isinstance(right, Sequence)  # noqa: S101 - both are
        brackets = (left.opening, left.closing) != (right.opening, right.closing)
        if brackets and len(ours) == _PAIR:
            return Decision(False, "interval")
        if rules.order == "unordered":
            return _in_any_order(ours, theirs, rules, compare)
        return _in_order(ours, theirs, rules, compare, "tuple")
    if any(sequences) and rules.order != "unordered":
        sequence, other = (left, right) if sequences[0] else (right, left)
        if (isinstance(other, SetOf) and not other.grouped) or _is_closed_interval(sequence):
            return Decision(False, "shape")
        return _in_order(ours, theirs, rules, compare, "tuple")
    if isinstance(left, Listing) and isinstance(right, Listing) and rules.order == "ordered":
        return _in_order(ours, theirs, rules, compare, "list")
    if (
        isinstance(left, SetOf)
        or isinstance(right, SetOf)
        or all(isinstance(item, Sequence) for item in (*ours, *theirs))
    ):
        ours, theirs = _distinct(ours, rules, compare), _distinct(theirs, rules, compare)
    return _in_any_order(ours, theirs, rules, compare)


def _is_closed_interval(node: Node) -> bool:
    return isinstance(node, Sequence) and node.opening == "[" and len(node.items) == _PAIR


def _items(node: Node) -> list[Node]:
    items: list[Node] = []
    for item in node.parts:
        values = [item] if isinstance(node, Sequence) else expand_signs(split_label(item)[1])
        items.extend(values if len(values) > 1 else [item])
    return items


def _in_order(
    left: Items[Node], right: Items[Node], rules: Rules, compare: Compare, rung: str
) -> Decision:
    if len(left) != len(right):
        return Decision(False, rung)
    unknown = False
    for one, other in zip(left, right, strict=True):
        decision = compare(one, other, rules)
        if decision.equal is False:
            return Decision(False, rung)
        unknown = unknown or decision.equal is None
    return Decision(None if unknown else True, rung)


def _in_any_order(left: list[Node], right: list[Node], rules: Rules, compare: Compare) -> Decision:
    """Whether the items can be paired off."""
    if len(left) != len(right):
        return Decision(False, "list")
    known: dict[tuple[int, int], bool | None] = {}

    def equal(one: int, other: int) -> bool | None:
        if (one, other) not in known:
            if len(known) >= _MOST_COMPARISONS:
                raise BeyondLimits("two long lists differ in their order")
            known[one, other] = compare(left[one], right[other], rules).equal
        return known[one, other]

    free = list(range(len(right)))
    for one in range(len(left)):
        found = next((other for other in free if equal(one, other)), None)
        if found is None:
            break
        free.remove(found)
    if not free:
        return Decision(True, "list")
    if True not in known.values() and None not in known.values():
        return Decision(False, "list")
    everyone = range(len(left))
    lonely = any(all(equal(one, other) is False for other in everyone) for one in everyone) or any(
        all(equal(one, other) is False for one in everyone) for other in everyone
    )
    return Decision(False if lonely or None not in known.values() else None, "list")


def _distinct(items: list[Node], rules: Rules, compare: Compare) -> list[Node]:
    kept: list[Node] = []
    for item in items:
        if len(kept) * len(items) > _MOST_COMPARISONS:
            raise BeyondLimits("a set has too many elements")
        if not any(compare(item, other, rules).equal for other in kept):
            kept.append(item)
    return kept


def _matrices(left: Node, right: Node, rules: Rules, compare: Compare) -> Decision:
    ours, theirs = _rows(left, right), _rows(right, left)
    if ours is None or theirs is None or [*map(len, ours)] != [*map(len, theirs)]:
        return Decision(False, "matrix")
    flat = [[entry for row in rows for entry in row] for rows in (ours, theirs)]
    return _in_order(flat[0], flat[1], rules, compare, "matrix")


def _rows(node: Node, beside: Node) -> list[tuple[Node, ...]] | None:
    """The node as rows; a tuple beside a vector takes the vector's shape."""
    if isinstance(node, Matrix):
        return list(node.rows)
    if not isinstance(node, Sequence | Listing) or not isinstance(beside, Matrix):
        return None
    if all(isinstance(item, Sequence) for item in node.items):
        return [item.parts for item in node.items]
    if len(beside.rows) == 1:
        return [node.items]
    if len(beside.rows[0]) == 1:
        return [(item,) for item in node.items]
    return None
