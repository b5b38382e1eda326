"""What a reference leaves to be worked out: determinants, derivatives, short sums and products."""

from __future__ import annotations

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.derivatives import NoDerivative, derivative
from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.rewriting import rebuild, substitute
from adjudge_verifiers.mathematics.syntax import (
    Deferred,
    Matrix,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    walk,
)

_MOST_TERMS = 64
"""Longest sum that is written out; longer ones wait for balls."""
_LARGEST_DETERMINANT = 5
_MOST_NODES = 4_000
"""Largest tree that working something out may give."""
_MOST_DERIVATIVES = 4
_BOUNDED = 3
"""Arguments of a sum with both bounds: body, lower, upper."""


def settled(node: Node) -> Node:
    """The tree with everything worked out that arithmetic alone can work out."""
    parts = node.parts
    if parts:
        node = rebuild(node, tuple(settled(part) for part in parts))
    if not isinstance(node, Deferred):
        return node
    match node.kind:
        case "determinant":
            (matrix,) = node.arguments
            return _determinant(matrix) or node
        case "derivative" if node.variable:
            return _derivative(node)
        case "sum" | "product" if node.variable and len(node.arguments) == _BOUNDED:
            return _written_out(node)
    return node


def _size(node: Node) -> int:
    return sum(1 for _ in walk(node))


def _determinant(matrix: Node) -> Node | None:
    """The expansion along the first row; None for what is not square or too large."""
    if not isinstance(matrix, Matrix):
        return None
    rows = matrix.rows
    if len(rows) != len(rows[0]) or len(rows) > _LARGEST_DETERMINANT:
        return None
    return _expansion(rows)


def _expansion(rows: tuple[tuple[Node, ...], ...]) -> Node:
    if len(rows) == 1:
        return rows[0][0]
    terms: list[Node] = []
    for column, entry in enumerate(rows[0]):
        minor = tuple(row[:column] + row[column + 1 :] for row in rows[1:])
        term = Product((entry, _expansion(minor)))
        terms.append(Negative(term) if column % 2 else term)
    return Sum(tuple(terms))


def _derivative(node: Deferred) -> Node:
    body, order = node.arguments
    times = rational(order)
    if times is None or times.q != 1 or not 1 <= times <= _MOST_DERIVATIVES:
        return node
    try:
        for _ in range(int(times.p)):
            body = derivative(body, node.variable)
            if _size(body) > _MOST_NODES:
                return node
    except NoDerivative:
        return node
    return body


def _written_out(node: Deferred) -> Node:
    body, *bounds = node.arguments
    low, high = (rational(bound) for bound in bounds)
    if low is None or high is None or low.q != 1 or high.q != 1:
        return node
    if not 0 <= high - low < _MOST_TERMS or _size(body) * (high - low + 1) > _MOST_NODES:
        return node
    values = range(int(low.p), int(high.p) + 1)
    terms = tuple(substitute(body, {node.variable: Number(fmpq(value))}) for value in values)
    if len(terms) == 1:
        return terms[0]
    return Sum(terms) if node.kind == "sum" else Product(terms)
