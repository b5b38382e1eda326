"""Where a wrong answer differs from the reference: for people who read verdicts.

The search is bounded: a few dozen small points, a tenth of a second, never SymPy.
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING

from adjudge_verifiers.mathematics.algebra.balls import NoValue
from adjudge_verifiers.mathematics.algebra.polynomials import Unsupported
from adjudge_verifiers.mathematics.algebra.rewriting import expand_signs, fold_matrix
from adjudge_verifiers.mathematics.comparing.collections import is_collection
from adjudge_verifiers.mathematics.comparing.labels import split_label
from adjudge_verifiers.mathematics.comparing.ladder import compare, is_unevaluated
from adjudge_verifiers.mathematics.comparing.quantities import has_unit
from adjudge_verifiers.mathematics.comparing.regions import is_region
from adjudge_verifiers.mathematics.differences.membership import member_of_one
from adjudge_verifiers.mathematics.differences.points import (
    differing_point,
    differing_values,
    solution_of_one,
)
from adjudge_verifiers.mathematics.errors import MathematicsError
from adjudge_verifiers.mathematics.rendering import shortened, shown
from adjudge_verifiers.mathematics.syntax import (
    Based,
    Listing,
    Matrix,
    Modular,
    Node,
    Quantity,
    Ratio,
    Relation,
    Sequence,
    SetOf,
    Word,
)
from adjudge_verifiers.mathematics.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge_verifiers.mathematics.comparing.ladder import Parsed
    from adjudge_verifiers.mathematics.decision import Rules

_SECONDS = 0.1
_MOST_ITEMS = 64
_DEEPEST = 8


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """One difference; every text has at most 80 characters, ``message`` at most 400.

    ``kind``: point, value, unit, element, missing, extra, count, member, solution, base, word,
    unevaluated or shape. ``where``: the path to the part that differs, "" for the whole.
    ``at``: the values of the names at which the two differ. ``answer`` and ``reference``: what the
    two say there, "" where one says nothing.
    """

    kind: str
    message: str
    answer: str = ""
    reference: str = ""
    where: str = ""
    at: Mapping[str, str] = dataclasses.field(default_factory=dict)


def find_difference(reference: Parsed, answer: Parsed, rules: Rules) -> Difference | None:
    """Where the answer differs from the reference; None when no difference was found in time."""
    if is_unevaluated(answer) and not is_unevaluated(reference):
        return Difference("unevaluated", "the answer leaves an operation to the reader")
    rules = dataclasses.replace(
        rules, sympy=False, parameters=reference.parameters | answer.parameters
    )
    search = _Search(rules)
    try:
        return search.between(reference.node, answer.node, "")
    except (MathematicsError, Unsupported, NoValue, _OutOfTime, ZeroDivisionError):
        return None


class _OutOfTime(Exception):
    """Raised when a search has used its time."""


class _Search:
    """One search for a difference."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._end = time.process_time() + _SECONDS

    def between(self, reference: Node, answer: Node, where: str) -> Difference | None:  # noqa: C901, PLR0911 - a line for each shape
        """The first difference of two nodes that the ladder takes for different."""
        ours, theirs = _value(reference), _value(answer)
        if isinstance(ours, Word) or isinstance(theirs, Word):
            return _said("word", where, theirs, ours)
        if isinstance(ours, Modular) and isinstance(theirs, Modular):
            if not self._equal(ours.modulus, theirs.modulus):
                return _said("base", where, theirs.modulus, ours.modulus, "the modulus is")
            return self.between(ours.value, theirs.value, where)
        if is_region(ours) or is_region(theirs):
            return self._member(ours, theirs, where)
        if isinstance(ours, Relation) and isinstance(theirs, Relation):
            return self._solution(ours, theirs, where)
        if isinstance(ours, Listing | SetOf) and _shape(theirs) == "one value":
            theirs = Listing((theirs,))
        elif isinstance(theirs, Listing | SetOf) and _shape(ours) == "one value":
            ours = Listing((ours,))
        if is_collection(ours) and is_collection(theirs):
            return self._items(ours, theirs, where)
        if isinstance(ours, Based) or isinstance(theirs, Based):
            return _said("base", where, theirs, ours)
        if isinstance(ours, Ratio) and isinstance(theirs, Ratio):
            return _said("value", where, theirs, ours)
        if _shape(ours) != _shape(theirs):
            message = f"the answer is {_shape(theirs)}, the reference {_shape(ours)}"
            return Difference("shape", _at(where, message), shown(theirs), shown(ours), where)
        if has_unit(ours) or has_unit(theirs):
            return self._quantity(ours, theirs, where)
        return self._scalar(ours, theirs, where)

    def _equal(self, one: Node, other: Node) -> bool | None:
        if time.process_time() > self._end:
            raise _OutOfTime
        return compare(one, other, self._rules).equal

    # Kinds ------------------------------------------------------------------------------------

    def _scalar(self, ours: Node, theirs: Node, where: str) -> Difference | None:
        found = differing_values(ours, theirs)
        if found is not None:
            reference, answer = found
            message = f"the answer is {answer}, the reference {reference}"
            return Difference("value", _at(where, message), answer, reference, where)
        point = differing_point(ours, theirs, self._end)
        if point is None:
            return None
        names, reference, answer = point
        place = ", ".join(f"{name} = {value}" for name, value in names.items())
        message = f"at {shortened(place)} the answer gives {answer}, the reference {reference}"
        return Difference("point", _at(where, message), answer, reference, where, names)

    def _quantity(self, ours: Node, theirs: Node, where: str) -> Difference | None:
        units = [node.unit if isinstance(node, Quantity) else "" for node in (ours, theirs)]
        known = [parse_unit(unit) if unit else None for unit in units]
        if "" in units and self._rules.units == "required":
            return _said("unit", where, theirs, ours, "a unit is missing:")
        if known[0] and known[1] and known[0][0] != known[1][0]:
            return _said("unit", where, theirs, ours, "the units contradict each other:")
        if known[0] != known[1]:
            return _said("value", where, theirs, ours)
        values = [node.value if isinstance(node, Quantity) else node for node in (ours, theirs)]
        return self._scalar(values[0], values[1], where)

    def _items(self, ours: Node, theirs: Node, where: str) -> Difference | None:
        ordered = isinstance(ours, Matrix | Sequence) or isinstance(theirs, Matrix | Sequence)
        if self._rules.order == "unordered" and not isinstance(ours, Matrix):
            ordered = False
        ordered = ordered or (self._rules.order == "ordered" and not isinstance(ours, SetOf))
        left, right = _parts(ours), _parts(theirs)
        if ordered:
            return self._in_order(ours, theirs, left, right, where)
        for kind, these, those in (("missing", left, right), ("extra", right, left)):
            for item in these[:_MOST_ITEMS]:
                if all(self._equal(item, other) is False for other in those[:_MOST_ITEMS]):
                    text = shown(item)
                    message = f"{text} is {kind}"
                    answer, reference = (text, "") if kind == "extra" else ("", text)
                    return Difference(kind, _at(where, message), answer, reference, where)
        return _count(len(left), len(right), where)

    def _in_order(
        self, ours: Node, theirs: Node, left: list[Node], right: list[Node], where: str
    ) -> Difference | None:
        if len(left) != len(right) or (
            isinstance(ours, Matrix)
            and isinstance(theirs, Matrix)
            and len(ours.rows) != len(theirs.rows)
        ):
            return _count(len(left), len(right), where)
        for place, (one, other) in enumerate(zip(left, right, strict=True)):
            if place < _MOST_ITEMS * _DEEPEST and self._equal(one, other) is False:
                name = f"{_place(ours, place)}{' of ' if where else ''}{where}"
                found = self.between(one, other, name) if where.count("of") < _DEEPEST else None
                return found or _said("element", name, other, one)
        if isinstance(ours, Sequence) and isinstance(theirs, Sequence):
            return _said("shape", where, theirs, ours, "the brackets differ:")
        return None

    def _member(self, ours: Node, theirs: Node, where: str) -> Difference | None:
        found = member_of_one(ours, theirs)
        if found is None:
            return _said("shape", where, theirs, ours)
        member, in_reference = found
        has, lacks = ("reference", "answer") if in_reference else ("answer", "reference")
        message = _at(where, f"{member} belongs to the {has} and not to the {lacks}")
        return Difference("member", message, shown(theirs), shown(ours), where, {"": member})

    def _solution(self, ours: Relation, theirs: Relation, where: str) -> Difference | None:
        found = solution_of_one(ours, theirs, self._end)
        if found is None:
            return _said("shape", where, theirs, ours)
        names, solves_reference = found
        place = ", ".join(f"{name} = {value}" for name, value in names.items())
        has, lacks = ("reference", "answer") if solves_reference else ("answer", "reference")
        message = _at(where, f"{place} solves the {has} and not the {lacks}")
        return Difference("solution", message, shown(theirs), shown(ours), where, names)


def _value(node: Node) -> Node:
    """The node without its label, signs of ± written out, matrices computed, one item bare."""
    values = expand_signs(split_label(node)[1])
    node = Listing(tuple(values)) if len(values) > 1 else fold_matrix(values[0])
    while isinstance(node, Listing | SetOf) and len(node.items) == 1:
        node = node.items[0]
    return node


def _parts(node: Node) -> list[Node]:
    parts: list[Node] = []
    for part in node.parts:
        values = [part] if isinstance(node, Sequence | Matrix) else expand_signs(_label_off(part))
        parts.extend(values if len(values) > 1 else [part])
    return parts


def _label_off(node: Node) -> Node:
    return split_label(node)[1]


def _place(node: Node, index: int) -> str:
    if isinstance(node, Matrix):
        columns = len(node.rows[0])
        return f"row {index // columns + 1}, column {index % columns + 1}"
    return f"element {index + 1}"


def _shape(node: Node) -> str:
    if isinstance(node, Relation):
        return "an equation"
    if isinstance(node, Matrix):
        return "a matrix"
    if isinstance(node, Sequence):
        return "a tuple"
    if isinstance(node, Listing | SetOf):
        return "a list"
    return "a ratio" if isinstance(node, Ratio) else "one value"


def _count(reference: int, answer: int, where: str) -> Difference | None:
    if reference == answer:
        return None
    message = f"the answer has {answer} elements, the reference {reference}"
    return Difference("count", _at(where, message), str(answer), str(reference), where)


def _said(
    kind: str, where: str, answer: Node, reference: Node, opening: str = "the answer says"
) -> Difference:
    one, other = shown(answer), shown(reference)
    message = _at(where, f"{opening} {one}, the reference {other}")
    return Difference(kind, message, one, other, where)


def _at(where: str, message: str) -> str:
    return f"{where}: {message}" if where else message
