"""Rewriting of trees: names, plus-minus signs, arithmetic of matrices."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING, Any, cast

from flint import fmpq

from adjudge_verifiers.mathematics import limits
from adjudge_verifiers.mathematics.errors import BeyondLimits
from adjudge_verifiers.mathematics.syntax import (
    Constant,
    Listing,
    Matrix,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Sequence,
    SetOf,
    Sum,
    Symbol,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def rebuild(node: Node, parts: tuple[Node, ...]) -> Node:
    """The same node over other parts."""
    if isinstance(node, Matrix):
        entries = iter(parts)
        return Matrix(tuple(tuple(next(entries) for _ in row) for row in node.rows))
    names = [field.name for field in dataclasses.fields(cast("Any", node))]
    values = [getattr(node, name) for name in names]
    rest = list(parts)
    for index, value in enumerate(values):
        if isinstance(value, Node):
            values[index] = rest.pop(0)
        elif isinstance(value, tuple) and value and isinstance(value[0], Node):
            values[index] = tuple(rest[: len(value)])
            del rest[: len(value)]
    return type(node)(*values)


def rename(node: Node, old: str, new: str) -> Node:
    """The tree with one symbol renamed."""
    if isinstance(node, Symbol):
        return Symbol(new) if node.name == old else node
    parts = node.parts
    return rebuild(node, tuple(rename(part, old, new) for part in parts)) if parts else node


def substitute(node: Node, values: Mapping[str, Node]) -> Node:
    """The tree with other nodes for symbols."""
    if isinstance(node, Symbol):
        return values.get(node.name, node)
    parts = node.parts
    return rebuild(node, tuple(substitute(part, values) for part in parts)) if parts else node


def conjugate(node: Node) -> Node:
    """The complex conjugate, where all names are real."""
    if isinstance(node, Constant):
        return Negative(node) if node.name == "i" else node
    parts = node.parts
    return rebuild(node, tuple(conjugate(part) for part in parts)) if parts else node


def components(node: Node, count: int) -> Sequence | None:
    """``2i + 3j`` in unit vectors as a tuple of ``count`` items; None without unit vectors."""
    named = [f"hat({letter})" for letter in "ijk"]
    if "j" in symbols(node):  # 2i + 3j in plain letters
        node = _with_unit_vectors(node)
    used = symbols(node).intersection(named)
    if not used or not used <= set(named[:count]):
        return None
    zero, one = Number(fmpq(0)), Number(fmpq(1))
    nothing = dict.fromkeys(named, zero)
    return Sequence(
        tuple(substitute(node, {**nothing, name: one}) for name in named[:count]), "(", ")"
    )


def _with_unit_vectors(node: Node) -> Node:
    """The tree with the letters i, j and k as unit vectors."""
    name = getattr(node, "name", "") if isinstance(node, Symbol | Constant) else ""
    if name in ("i", "j", "k"):
        return Symbol(f"hat({name})")
    parts = node.parts
    return rebuild(node, tuple(map(_with_unit_vectors, parts))) if parts else node


def symbols(node: Node) -> set[str]:
    """The names of all symbols that are free; bound ones begin with "#"."""
    names: set[str] = set()
    parts = [node]
    for part in parts:
        kind = type(part)
        if kind is Symbol:
            names.add(part.name)  # type: ignore[attr-defined]
        elif kind is not Number:
            parts += part.parts
    return {name for name in names if name[0] != "#"} if names else names


def is_written_out(node: Node) -> bool:
    """Whether an expression holds no plus-minus sign and no matrix."""
    parts = [node]
    for part in parts:
        kind = type(part)
        if kind is PlusMinus or kind is Matrix:
            return False
        if kind is not Number and kind is not Symbol:
            parts += part.parts
    return True


def expand_signs(node: Node) -> list[Node]:
    """The values that plus-minus signs stand for: [node] when there are none.

    Signs of one expression go together; those of different items of a tuple are independent.
    Lists and sets stay: their items are expanded one by one.
    """
    if isinstance(node, Listing | SetOf) or is_written_out(node):
        return [node]
    if not any(isinstance(part, PlusMinus) for part in walk(node)):
        return [node]
    if isinstance(node, Sequence):
        choices = [expand_signs(item) for item in node.items]
        count = 1
        for choice in choices:
            count *= len(choice)
        if count > 2**limits.PLUS_MINUS:
            raise BeyondLimits(f"more than {limits.PLUS_MINUS} plus-minus signs")
        return [
            Sequence(items, node.opening, node.closing) for items in itertools.product(*choices)
        ]
    return [_signed(node, "+"), _signed(node, "-")]


def _signed(node: Node, sign: str) -> Node:
    if isinstance(node, PlusMinus):
        inner = _signed(node.inner, sign)
        return inner if node.upper == sign else Negative(inner)
    parts = node.parts
    return rebuild(node, tuple(_signed(part, sign) for part in parts)) if parts else node


def fold_matrix(node: Node) -> Node:  # noqa: PLR0911 - one return for each kind
    """One matrix for sums, products and multiples of matrices; other nodes as they are."""
    match node:
        case Negative(inner=inner):
            folded = fold_matrix(inner)
            return _each(folded, Negative) if isinstance(folded, Matrix) else node
        case Sum(terms=terms):
            folded_terms = [fold_matrix(term) for term in terms]
            matrices = [term for term in folded_terms if isinstance(term, Matrix)]
            if len(matrices) != len(terms) or len({_shape(one) for one in matrices}) != 1:
                return node
            rows = zip(*(matrix.rows for matrix in matrices), strict=True)
            return Matrix(tuple(tuple(map(_sum, zip(*row, strict=True))) for row in rows))
        case Product(factors=factors):
            return _fold_product([fold_matrix(factor) for factor in factors]) or node
        case Power(base=Matrix(rows=rows), exponent=Symbol(name="T")):
            return Matrix(tuple(zip(*rows, strict=True)))
        case Quotient(numerator=top, denominator=bottom):
            folded = fold_matrix(top)
            if isinstance(folded, Matrix):
                return _each(folded, lambda entry: Quotient(entry, bottom))
    return node


def _sum(entries: tuple[Node, ...]) -> Node:
    return Sum(entries)


def _shape(matrix: Matrix) -> tuple[int, int]:
    return len(matrix.rows), len(matrix.rows[0])


def _each(matrix: Matrix, change: object) -> Matrix:
    assert callable(change)  # noqa: S101 - a function or a node's class
    return Matrix(tuple(tuple(change(entry) for entry in row) for row in matrix.rows))


def _fold_product(factors: list[Node]) -> Matrix | None:
    if not any(isinstance(factor, Matrix) for factor in factors):
        return None
    scalars = [factor for factor in factors if not isinstance(factor, Matrix)]
    product: Matrix | None = None
    for factor in factors:
        if not isinstance(factor, Matrix):
            continue
        if product is None:
            product = factor
            continue
        if len(product.rows[0]) != len(factor.rows):
            return None
        if len(product.rows) * len(factor.rows[0]) * len(factor.rows) > limits.TERMS:
            raise BeyondLimits("a product of matrices is too large")
        columns = list(zip(*factor.rows, strict=True))
        product = Matrix(
            tuple(
                tuple(
                    Sum(tuple(Product(pair) for pair in zip(row, column, strict=True)))
                    for column in columns
                )
                for row in product.rows
            )
        )
    if product is None or not scalars:
        return product
    return _each(product, lambda entry: Product((*scalars, entry)))
