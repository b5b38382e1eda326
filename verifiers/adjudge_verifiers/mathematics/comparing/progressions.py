"""General solutions of several families: whether their unions are the same numbers."""

from __future__ import annotations

import math

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.exact import rational
from adjudge_verifiers.mathematics.algebra.rewriting import (
    expand_signs,
    rebuild,
    substitute,
    symbols,
)
from adjudge_verifiers.mathematics.comparing.families import (
    PARAMETERS,
    Progression,
    progression,
    ratio,
)
from adjudge_verifiers.mathematics.comparing.labels import split_label
from adjudge_verifiers.mathematics.syntax import (
    Listing,
    Negative,
    Node,
    Number,
    Power,
    Product,
    SetOf,
    Sum,
    Symbol,
)

_MOST = 64
"""Progressions of one common step that are compared."""
_ONE, _TWO = Number(fmpq(1)), Number(fmpq(2))


def same_unions(left: Node, right: Node, parameters: frozenset[str]) -> bool:
    r"""Whether ``±π/4 + kπ`` and ``π/4 + kπ/2``, or ``(-1)^k π/6 + kπ`` and its two halves, agree.

    ``parameters``: names that a text says are any integer.
    """
    ours, theirs = _families(left, parameters), _families(right, parameters)
    if not ours or not theirs:
        return False
    start, step = ours[0]
    lines: list[list[tuple[fmpq, fmpq]]] = []
    for families in (ours, theirs):
        lines.append([])
        for other_start, other_step in families:
            shift = ratio(Sum((other_start, Negative(start))), step)
            size = ratio(other_step, step)
            if shift is None or size is None or size == 0:
                return False
            lines[-1].append((shift, abs(size)))
    sizes = [size for line in lines for _, size in line]
    period = fmpq(
        math.lcm(*(int(size.p) for size in sizes)), math.gcd(*(int(size.q) for size in sizes))
    )
    sets = [_residues(line, period) for line in lines]
    return None not in sets and sets[0] == sets[1]


def _residues(line: list[tuple[fmpq, fmpq]], period: fmpq) -> set[fmpq] | None:
    """All progressions as ones of the common period; None when they are too many."""
    if sum((period / size for _, size in line), fmpq(0)) > _MOST:
        return None
    found = set()
    for shift, size in line:
        for count in range(int(period / size)):
            value = (shift + count * size) / period
            found.add(value - value.floor())
    return found


def _families(node: Node, parameters: frozenset[str]) -> list[Progression] | None:
    """The progressions that an answer names; None when it is anything else."""
    found: list[Progression] = []
    for item in node.items if isinstance(node, Listing | SetOf) else (node,):
        for value in expand_signs(split_label(item)[1]):
            names = symbols(value)
            if len(names) != 1 or not names <= PARAMETERS:
                return None
            name = names.pop()
            for half in _halves(value, name):
                line = progression(half, name, parameters)
                if line is None:
                    return None
                found.append(line)
    return found


def _halves(node: Node, name: str) -> list[Node]:
    """An expression with ``(-1)^k`` for even and for odd ``k``; itself when it holds none."""
    if not _alternates(node, name):
        return [node]
    halves = []
    for parity in (0, 1):
        fixed = _at_parity(node, name, parity)
        half: Node = Product((_TWO, Symbol(name)))
        halves.append(substitute(fixed, {name: Sum((half, _ONE)) if parity else half}))
    return halves


def _alternates(node: Node, name: str) -> bool:
    if isinstance(node, Power):
        return rational(node.base) == -1 and symbols(node.exponent) == {name}
    return any(_alternates(part, name) for part in node.parts)


def _at_parity(node: Node, name: str, parity: int) -> Node:
    if isinstance(node, Power) and _alternates(node, name):
        powers = [
            rational(substitute(node.exponent, {name: Number(fmpq(parity + more))}))
            for more in (0, 2)
        ]
        if any(power is None or power.q != 1 for power in powers):
            return node
        signs = {int(power.p) % 2 for power in powers if power is not None}
        if len(signs) > 1:
            return node
        return Negative(_ONE) if signs.pop() else _ONE
    parts = node.parts
    return rebuild(node, tuple(_at_parity(part, name, parity) for part in parts)) if parts else node
