"""The ladder: is an answer what the reference says? Three-valued, and each rung has a name."""

from __future__ import annotations

import dataclasses

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.rewriting import (
    components,
    expand_signs,
    fold_matrix,
    is_written_out,
    rename,
    symbols,
)
from adjudge_verifiers.mathematics.comparing.collections import compare_collections, is_collection
from adjudge_verifiers.mathematics.comparing.constants import are_constants
from adjudge_verifiers.mathematics.comparing.deferred import settled
from adjudge_verifiers.mathematics.comparing.equations import (
    compare_equations,
    compare_inequalities,
    solves,
)
from adjudge_verifiers.mathematics.comparing.families import same_residues
from adjudge_verifiers.mathematics.comparing.labels import contradict, is_argument, split_label
from adjudge_verifiers.mathematics.comparing.piecewise import compare_piecewise, is_piecewise
from adjudge_verifiers.mathematics.comparing.points import arranged
from adjudge_verifiers.mathematics.comparing.progressions import same_unions
from adjudge_verifiers.mathematics.comparing.quantities import compare_quantities, has_unit
from adjudge_verifiers.mathematics.comparing.regions import Piece, is_region, region_of
from adjudge_verifiers.mathematics.comparing.scalars import compare_answers, compare_scalars
from adjudge_verifiers.mathematics.decision import Decision, Rules
from adjudge_verifiers.mathematics.reading.measures import measured
from adjudge_verifiers.mathematics.reading.wording import essence
from adjudge_verifiers.mathematics.syntax import (
    Apply,
    Based,
    Deferred,
    Listing,
    Modular,
    Negative,
    Node,
    Number,
    Quantity,
    Quotient,
    Ratio,
    Relation,
    Sequence,
    SetOf,
    Symbol,
    Word,
    walk,
)

_NOON = 12
_SAME = Decision(True, "identical")
_TEXT = Decision(True, "text")


@dataclasses.dataclass(frozen=True, slots=True)
class Parsed:
    """An answer ready to compare: text, tree, second reading where commas allow one.

    ``parameters``: names that the text says are any integer. ``plain``: one value of arithmetic
    alone. ``deferred``: it leaves an integral, sum, limit or derivative to the reader.
    """

    text: str
    node: Node
    other: Node | None = None
    parameters: frozenset[str] = frozenset()
    plain: bool = False
    deferred: bool = False


def equivalent(reference: Parsed, answer: Parsed, rules: Rules | None = None) -> Decision:
    """Whether ``answer`` says what ``reference`` says.

    Symmetric, but for what ``rules.rounding`` lets a decimal reference accept.
    Raises Undefined and BeyondLimits for answers (or references) without a value.
    """
    if reference.text == answer.text:
        return _TEXT
    if is_unevaluated(reference):
        reference, answer = _settled(reference), _settled(answer)
    elif is_unevaluated(answer):
        return Decision(False, "unevaluated")
    return compare_readings(reference, answer, rules or Rules())


def _settled(parsed: Parsed) -> Parsed:
    """A reading with everything worked out that arithmetic alone can work out."""
    if not parsed.deferred:
        return parsed
    return dataclasses.replace(parsed, node=settled(parsed.node), plain=False)


def compare_readings(reference: Parsed, answer: Parsed, rules: Rules) -> Decision:
    """As ``equivalent``, for two answers that are both evaluated or both not."""
    if reference.parameters or answer.parameters:
        rules = dataclasses.replace(rules, parameters=reference.parameters | answer.parameters)
    if reference.plain and answer.plain:
        if reference.node == answer.node:
            return _SAME
        decision = compare_answers(reference.node, answer.node, rules)
    else:
        decision = compare(reference.node, answer.node, rules)
    if decision.equal is True:
        return decision
    if reference.other is not None and compare(reference.other, answer.node, rules).equal:
        return Decision(True, "digit_grouping")
    if answer.other is not None and compare(reference.node, answer.other, rules).equal:
        return Decision(True, "digit_grouping")
    return _as_measures(reference, answer, rules) or decision


def _as_measures(reference: Parsed, answer: Parsed, rules: Rules) -> Decision | None:
    """Equality of two values with compound units, which names alone may spell; None for none."""
    found = measured(reference.text, answer.text)
    if found is None or found == (reference.node, answer.node):
        return None
    left, right = (
        split_label(one.node)[1] if quantity is None else quantity
        for one, quantity in zip((reference, answer), found, strict=True)
    )
    decision = compare(left, right, rules)
    return decision if decision.equal is True else None


def is_unevaluated(answer: Parsed) -> bool:
    """Whether it leaves an integral, sum, limit or derivative to the reader."""
    return answer.deferred and any(
        isinstance(part, Deferred) for part in walk(split_label(answer.node)[1])
    )


def compare(reference: Node, answer: Node, rules: Rules) -> Decision:  # noqa: C901, PLR0911, PLR0912
    """The rungs for every shape of answer; also asked for the parts of one."""
    if isinstance(reference, Number) and isinstance(answer, Number):
        return compare_scalars(reference, answer, rules)
    if reference == answer:
        return _SAME
    if _is_literal(reference) and _is_literal(answer):
        return compare_scalars(reference, answer, rules)
    ours, theirs = _expanded(reference), _expanded(answer)
    our_name, left = split_label(ours)
    their_name, right = split_label(theirs)
    if rules.parameters and (is_argument(our_name) or is_argument(their_name)):
        rules = dataclasses.replace(rules, parameters=frozenset())
    if our_name is not None and their_name is not None:
        if contradict(our_name, their_name) or (
            are_constants(our_name, their_name) and len(symbols(left)) > 1
        ):
            return compare_equations(reference, answer)
        right = _same_arguments(our_name, their_name, right)
    left, right = _bare(left), _bare(right)
    left = left if left is ours else _expanded(left)
    right = right if right is theirs else _expanded(right)
    if left == right:
        return _SAME
    if isinstance(left, Word) and isinstance(right, Word):
        same = left.text == right.text or (
            len(left.text) > 1 and essence(left.text) == essence(right.text)
        )
        return Decision(same, "words")
    if isinstance(left, Word) or isinstance(right, Word):
        return _word_and_value(left, right, rules)
    if isinstance(left, Modular) or isinstance(right, Modular):
        return _modular(left, right, rules)
    if is_piecewise(left) or is_piecewise(right):
        return compare_piecewise(left, right, rules, compare)
    if is_region(left) or is_region(right):
        return _regions(left, right, rules)
    if isinstance(left, Relation) or isinstance(right, Relation):
        if isinstance(left, Relation) and isinstance(right, Relation):
            return compare_equations(left, right)
        return _equation_and_value(reference, answer, left, right)
    if isinstance(left, Sequence) != isinstance(right, Sequence):
        left, right = arranged(left, their_name), arranged(right, our_name)
    left, right = _as_vectors(left, right), _as_vectors(right, left)
    if is_collection(left) or is_collection(right):
        decision = compare_collections(left, right, rules, compare)
        if decision.equal is not True and same_unions(left, right, rules.parameters):
            return Decision(True, "family")
        return decision
    if isinstance(left, Ratio) or isinstance(right, Ratio):
        return _ratios(left, right, rules)
    if isinstance(left, Based) or isinstance(right, Based):
        return _based(left, right)
    if has_unit(left) or has_unit(right):
        return compare_quantities(left, right, rules)
    return compare_answers(left, right, rules)


def _is_literal(node: Node) -> bool:
    return isinstance(node.inner if isinstance(node, Negative) else node, Number)


def _expanded(node: Node) -> Node:
    """Plus-minus signs written out, matrices computed."""
    if is_written_out(node):
        return node
    values = expand_signs(node)
    if len(values) > 1:
        return Listing(tuple(values))
    return fold_matrix(node)


def _bare(node: Node) -> Node:
    """One item is not a list; the set that holds a set is not that set."""
    while isinstance(node, Listing | SetOf) and len(node.items) == 1:
        if isinstance(node, SetOf) and isinstance(node.items[0], SetOf):
            break
        node = node.items[0]
    return node


def _same_arguments(ours: Node, theirs: Node, value: Node) -> Node:
    """``f(n) = 2n`` beside ``f(x) = …``: the value in the other name."""
    if not (isinstance(ours, Apply) and isinstance(theirs, Apply)):
        return value
    if len(ours.arguments) != len(theirs.arguments):
        return value
    for one, other in zip(ours.arguments, theirs.arguments, strict=True):
        if isinstance(one, Symbol) and isinstance(other, Symbol) and one != other:
            value = rename(value, other.name, one.name)
    return value


def _as_vectors(node: Node, other: Node) -> Node:
    """``2i + 3j`` in unit vectors as a tuple, beside a tuple or vector."""
    if not is_collection(other) or is_collection(node):
        return node
    return components(node, len(other.parts)) or node


def _word_and_value(left: Node, right: Node, rules: Rules) -> Decision:
    word, value = (left, right) if isinstance(left, Word) else (right, left)
    assert isinstance(word, Word)  # noqa: S101 - one of them is
    name = getattr(value, "name", None)
    if name is not None:
        return Decision(word.text == name, "words")
    if len(word.text) <= 1 or not word.text.isalpha() or not word.text.islower():
        return Decision(False, "words")
    if is_region(value) or is_collection(value) or has_unit(value) or isinstance(value, Relation):
        return Decision(False, "words")
    return compare_scalars(left, right, rules)


def _modular(left: Node, right: Node, rules: Rules) -> Decision:
    """Equal residues of one modulus; a missing modulus is accepted."""
    values, moduli = [], []
    for node in (left, right):
        inner, modulus = (node.value, node.modulus) if isinstance(node, Modular) else (node, None)
        if isinstance(inner, Relation) and inner.operators[-1] in ("mod", "="):
            inner = inner.sides[-1]
        elif modulus is not None:
            inner = _remainder(inner, modulus)
        values.append(inner)
        moduli.append(modulus)
    if moduli[0] is not None and moduli[1] is not None:
        same = compare(moduli[0], moduli[1], rules)
        if same.equal is not True:
            return Decision(same.equal, "modulus")
    decision = compare(values[0], values[1], rules)
    modulus = moduli[0] if moduli[0] is not None else moduli[1]
    if decision.equal is True or modulus is None:
        return decision
    if None in moduli:
        plain, residue = values if moduli[0] is None else values[::-1]
        family = same_residues(residue, modulus, plain)
        return Decision(True, "family") if family else decision
    numbers = [rational(node) for node in (*values, modulus)]
    one, other, size = numbers
    if one is None or other is None or size is None or size == 0:
        return decision
    return Decision(((one - other) / size).q == 1, "residue")


def _remainder(value: Node, modulus: Node) -> Node:
    """``12 mod 5`` is 2: what it leaves, where both are whole numbers."""
    number, size = rational(value), rational(modulus)
    if number is None or size is None or number.q != 1 or size.q != 1 or size <= 0:
        return value
    return Number(fmpq(int(number.p) % int(size.p)))


def _equation_and_value(reference: Node, answer: Node, left: Node, right: Node) -> Decision:
    """An equation beside ``y = …`` or beside the value of one of its names."""
    equation, whole, value = (
        (left, answer, right) if isinstance(left, Relation) else (right, reference, left)
    )
    assert isinstance(equation, Relation)  # noqa: S101 - one of them is
    if isinstance(whole, Relation):
        return compare_equations(equation, whole)
    if is_collection(value) or has_unit(value) or isinstance(value, Ratio | Based | Word):
        return Decision(False, "shape")
    return solves(equation, value)


def _regions(left: Node, right: Node, rules: Rules) -> Decision:
    if isinstance(left, Relation) and isinstance(right, Relation):
        decision = compare_inequalities(left, right)
        if decision.equal is True:
            return decision
    ours, theirs = region_of(left), region_of(right)
    if ours is None or theirs is None:
        return Decision(False, "shape")
    if len(ours) != len(theirs):
        return Decision(False, "interval")
    for one, other in zip(ours, theirs, strict=True):
        equal = _pieces_equal(one, other, rules)
        if equal is not True:
            return Decision(equal, "interval")
    return Decision(True, "interval")


def _pieces_equal(one: Piece, other: Piece, rules: Rules) -> bool | None:
    for mine, closed, theirs, their_closed in (
        (one.low, one.low_closed, other.low, other.low_closed),
        (one.high, one.high_closed, other.high, other.high_closed),
    ):
        if (mine is None) != (theirs is None):
            return False
        if mine is None or theirs is None:
            continue
        if closed != their_closed:
            return False
        decision = compare(mine, theirs, rules)
        if decision.equal is not True:
            return decision.equal
    return True


def _ratios(left: Node, right: Node, rules: Rules) -> Decision:
    """Proportional, or a ratio of two against a number; with a zero (a time) item by item."""
    left, right = _full_hour(left), _full_hour(right)
    if isinstance(left, Ratio) and isinstance(right, Ratio):
        left, right = _on_24_hours(left, right), _on_24_hours(right, left)
        if len(left.items) != len(right.items):
            return Decision(False, "ratio")
        pairs = [*zip(left.items, right.items, strict=True)]
        if any(_is_zero(item) or has_unit(item) for item in (*left.items, *right.items)):
            decisions = [compare(one, other, rules) for one, other in pairs]
        else:
            first, second = pairs[0]
            decisions = [
                compare(Quotient(one, first), Quotient(other, second), rules)
                for one, other in pairs
            ]
        if all(decision.equal for decision in decisions):
            return Decision(True, "ratio")
        unknown = any(decision.equal is None for decision in decisions)
        return Decision(None if unknown else False, "ratio")
    ratio, value = (left, right) if isinstance(left, Ratio) else (right, left)
    assert isinstance(ratio, Ratio)  # noqa: S101 - one of them is
    if len(ratio.items) != 2 or _is_zero(ratio.items[1]):  # noqa: PLR2004 - a ratio of two
        return Decision(False, "ratio")
    fraction = Quotient(ratio.items[0], ratio.items[1])
    pair = (fraction, value) if ratio is left else (value, fraction)
    return dataclasses.replace(compare(pair[0], pair[1], rules), rung="ratio")


def _full_hour(node: Node) -> Node:
    """``7 AM`` as ``7:00 AM``."""
    if isinstance(node, Quantity) and node.unit.lower() in ("am", "pm"):
        return Ratio((node.value, Quantity(Number(fmpq(0)), node.unit)))
    return node


def _on_24_hours(time: Ratio, other: Ratio) -> Ratio:
    """``3:45 PM`` as ``15:45`` when the other time is an hour of the afternoon without a mark."""
    hour, theirs = time.items[0], other.items[0]
    last = time.items[-1]
    if not (isinstance(last, Quantity) and last.unit in ("PM", "pm")):
        return time
    if not (isinstance(hour, Number) and isinstance(theirs, Number) and theirs.value > _NOON):
        return time
    if hour.value >= _NOON or has_unit(other.items[-1]):
        return time
    return Ratio((Number(hour.value + _NOON), *time.items[1:-1], last.value))


def _is_zero(node: Node) -> bool:
    return getattr(node, "value", None) == fmpq(0)


def _based(left: Node, right: Node) -> Decision:
    """Numerals are equal in value and base; the base may be missing on one side."""
    if isinstance(left, Based) and isinstance(right, Based):
        return Decision(left == right, "base")
    based, plain = (left, right) if isinstance(left, Based) else (right, left)
    assert isinstance(based, Based)  # noqa: S101 - one of them is
    value = getattr(plain, "value", None)
    return Decision(isinstance(value, fmpq) and str(value) == based.digits, "base")
