"""Families of functions and curves with one constant of integration: ``x^2 + C``, ``xy = C``."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.derivatives import NoDerivative, derivative
from adjudge_verifiers.mathematics.algebra.identity import identical
from adjudge_verifiers.mathematics.algebra.normal import Algebra
from adjudge_verifiers.mathematics.algebra.polynomials import Unsupported
from adjudge_verifiers.mathematics.algebra.rewriting import substitute, symbols
from adjudge_verifiers.mathematics.errors import BeyondLimits, Undefined
from adjudge_verifiers.mathematics.syntax import (
    Negative,
    Node,
    Number,
    Product,
    Quotient,
    Sum,
    Symbol,
)

if TYPE_CHECKING:
    from adjudge_verifiers.mathematics.algebra.polynomials import Form

_CONSTANT = re.compile(r"[CcKk](?:_\d)?")
_CERTAIN = re.compile(r"C|[Cc]_\d")
_VARIABLES = frozenset("xyztuvwrs") | {"theta"}
"""Names of what one integrates by or solves for; beside others ``C`` may be a capacity."""
_ZERO, _ONE = Number(fmpq(0)), Number(fmpq(1))


def are_constants(one: Node, other: Node) -> bool:
    """Whether two names are names of constants of integration, as in ``x^2 + y^2 = C``."""
    names = [node.name if isinstance(node, Symbol) else "" for node in (one, other)]
    return all(map(_CONSTANT.fullmatch, names)) and any(map(_CERTAIN.fullmatch, names))


def same_functions(left: Node, right: Node) -> bool:
    """Whether ``C P + Q`` and ``K R + S`` give the same functions: R is λP, and S is Q + μP."""
    parts = _linear_parts(left, right)
    if parts is None:
        return False
    (ours, our_rest, alone), (theirs, their_rest, their_alone) = parts
    if not (alone and their_alone):
        return False
    ratio = Quotient(theirs, ours)
    shift = Quotient(Sum((their_rest, Negative(our_rest))), ours)
    return _is_constant(ratio) and _is_constant(shift)


def same_curves(left: Node, right: Node) -> bool:
    """Whether two equations ``… = 0`` with one constant each describe the same curves.

    Solved for their constants they are functions of each other: their gradients are parallel.
    """
    parts = _linear_parts(left, right)
    if parts is None:
        return False
    (ours, our_rest, alone), (theirs, their_rest, their_alone) = parts
    if not (alone or their_alone):
        return False
    levels = Quotient(our_rest, ours), Quotient(their_rest, theirs)
    names = sorted(symbols(levels[0]) | symbols(levels[1]))
    if len(names) < 2 or symbols(levels[0]) != symbols(levels[1]):  # noqa: PLR2004 - curves
        return False
    try:
        gradients = [[derivative(level, name) for name in names] for level in levels]
    except NoDerivative:
        return False
    return all(
        _equal(
            Product((gradients[0][one], gradients[1][other])),
            Product((gradients[0][other], gradients[1][one])),
        )
        for one, other in itertools.combinations(range(len(names)), 2)
    )


def _linear_parts(left: Node, right: Node) -> list[tuple[Node, Node, bool]] | None:
    """Of each side: factor of its constant, the rest, whether the constant stands alone."""
    constants = [sorted(filter(_CONSTANT.fullmatch, symbols(node))) for node in (left, right)]
    if [len(one) for one in constants] != [1, 1] or not any(
        _CERTAIN.fullmatch(one[0]) for one in constants
    ):
        return None
    found = [_parts(node, name) for node, (name,) in zip((left, right), constants, strict=True)]
    if found[0] is None or found[1] is None:
        return None
    return [found[0], found[1]]


def _parts(node: Node, name: str) -> tuple[Node, Node, bool] | None:
    """Factor of the constant (or of its one power), rest, whether the factor is a number."""
    others = symbols(node) - {name}
    if not others or not others <= _VARIABLES:
        return None
    form = _form(node)
    if form is None or any(name in atom for monomial in form[1] for atom, _ in monomial):
        return None
    powers: set[fmpq] = set()
    alone = True
    for monomial in form[0]:
        atoms = dict(monomial)
        if any(name in atom and atom != name for atom in atoms):
            return None
        if name in atoms:
            powers.add(atoms.pop(name))
            alone = alone and (not atoms or any("[" in atom for atom in atoms))
    if len(powers) != 1:
        return None
    rest = substitute(node, {name: _ZERO})
    return Sum((substitute(node, {name: _ONE}), Negative(rest))), rest, alone


def _form(node: Node) -> Form | None:
    try:
        return Algebra().form(node)
    except (Unsupported, BeyondLimits, Undefined):
        return None


def _is_constant(node: Node) -> bool:
    return all(_vanishes(node, name) for name in symbols(node))


def _vanishes(node: Node, name: str) -> bool:
    try:
        return _equal(derivative(node, name), _ZERO)
    except NoDerivative:
        return False


def _equal(left: Node, right: Node) -> bool:
    try:
        if Algebra().equal(left, right):
            return True
    except (Unsupported, BeyondLimits, Undefined):
        pass  # balls may tell
    return identical(left, right) is True
