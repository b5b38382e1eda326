"""Odd roots of negative numbers as their principal values: the cube root of -8 is 1 + i√3."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from adjudge_verifiers.mathematics.algebra import exact
from adjudge_verifiers.mathematics.algebra.balls import Evaluation, NoValue, precision
from adjudge_verifiers.mathematics.algebra.rewriting import rebuild
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.syntax import (
    Call,
    Constant,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    walk,
)

if TYPE_CHECKING:
    from flint import fmpq

    from adjudge_verifiers.mathematics.comparing.ladder import Parsed


def with_principal_roots(parsed: Parsed) -> Parsed:
    """The answer with every odd root of a negative number written out as a complex number.

    Roots of what has names in it stay: at a real point they are real.
    """
    if not any(_fractional(part) for part in walk(parsed.node)):
        return parsed
    return dataclasses.replace(parsed, node=_written_out(parsed.node), plain=False)


def _written_out(node: Node) -> Node:
    parts = node.parts
    if not parts:
        return node
    node = rebuild(node, tuple(_written_out(part) for part in parts))
    root = _fractional(node)
    if root is None or not _negative(root[0]):
        return node
    base, exponent = root
    angle = Product((Constant("pi"), Number(exponent)))
    turn = Sum((Call("cos", (angle,)), Product((Constant("i"), Call("sin", (angle,))))))
    return Product((Power(Negative(base), Number(exponent)), turn))


def _fractional(node: Node) -> tuple[Node, fmpq] | None:
    """Base and exponent of a power whose exponent has an odd denominator above 1."""
    match node:
        case Power(base=base, exponent=above):
            exponent = _rational(above)
        case Call(name="root", arguments=(base, degree)):
            size = _rational(degree)
            exponent = None if size is None or size == 0 else 1 / size
        case _:
            return None
    if exponent is None or exponent.q == 1 or exponent.q % 2 == 0:
        return None
    return base, exponent


def _rational(node: Node) -> fmpq | None:
    try:
        return exact.rational(node)
    except Undefined:
        return None


def _negative(node: Node) -> bool:
    """Whether this is a negative real number, proved."""
    with precision(256):
        try:
            value = Evaluation({}).value(node)
        except (NoValue, Undefined, ZeroDivisionError):
            return False
        return bool(value.imag == 0 and value.real < 0)
