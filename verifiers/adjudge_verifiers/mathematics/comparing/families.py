"""Answers that stand for many: constants of integration, integer parameters of solutions."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from flint import fmpq

from adjudge_verifiers.mathematics.algebra.normal import Algebra
from adjudge_verifiers.mathematics.algebra.polynomials import ONE, Form, Unsupported
from adjudge_verifiers.mathematics.algebra.rewriting import rename, substitute, symbols
from adjudge_verifiers.mathematics.errors import BeyondLimits, Undefined
from adjudge_verifiers.mathematics.syntax import Negative, Node, Number, Quotient, Sum

if TYPE_CHECKING:
    from collections.abc import Iterable

PARAMETERS = frozenset("knmlj")
"""Names of integer parameters of general solutions."""
Progression = tuple[Node, Node]
"""Start and step of the numbers that a family gives."""
COUNTED = ">"
"""Mark behind a parameter that is no negative integer."""
_CONSTANT = re.compile(r"[CcKkABD](?:_\d)?")
_CERTAIN = re.compile(r"C|[Cc]_\d")
_MOST_CONSTANTS = 2


def namings(
    reference: Node, answer: Node, parameters: frozenset[str]
) -> Iterable[tuple[Node, Node]]:
    """The pair with the free names of the answer renamed to those of the reference.

    ``parameters``: names that a text says are any integer.
    """
    left, right = symbols(reference), symbols(answer)
    ours, theirs = left - right, right - left
    if left == right and len(pair := sorted(filter(_CERTAIN.fullmatch, left))) == _MOST_CONSTANTS:
        one, other = pair
        if _are_free(reference, {*pair}) and _are_free(answer, {*pair}):
            swapped = rename(rename(rename(answer, one, "#"), other, one), "#", other)
            yield reference, swapped
        return
    if len(ours) != len(theirs) or not 1 <= len(ours) <= _MOST_CONSTANTS:
        return
    if len(ours) == 1:
        (one,), (other,) = ours, theirs
        declared = one in parameters or other in parameters
        if declared or (_is_periodic(reference, one) and _is_periodic(answer, other)):
            yield reference, rename(answer, other, one)
            return
    names = ours | theirs
    if not (all(map(_CONSTANT.fullmatch, names)) and any(map(_CERTAIN.fullmatch, names))):
        return
    if left == ours or not (_are_free(reference, ours) and _are_free(answer, theirs)):
        return
    before = sorted(theirs)
    for after in itertools.permutations(sorted(ours)):
        renamed = answer
        for old, new in zip(before, after, strict=True):
            renamed = rename(renamed, old, new)
        yield reference, renamed


def same_solutions(left: Node, right: Node, parameters: frozenset[str] = frozenset()) -> bool:
    """Whether ``π/4 + kπ`` and ``5π/4 - nπ`` are the same numbers for all integers.

    ``parameters``: names that a text says are any integer.
    """
    steps = []
    for node in (left, right):
        found = [line for one in symbols(node) if (line := progression(node, one, parameters))]
        if len(found) != 1:
            return False
        steps += found
    return _same_progression(steps[0], steps[1])


def progression(node: Node, name: str, parameters: frozenset[str]) -> Progression | None:
    """Start and step of an expression whose ``name`` is any integer; None when it may be none."""
    declared = name in parameters & PARAMETERS and name + COUNTED not in parameters
    return _progression(node, name) if declared or _is_periodic(node, name) else None


def same_residues(residue: Node, modulus: Node, node: Node) -> bool:
    """Whether ``7k + 3`` gives all numbers that are 3 modulo 7."""
    names = symbols(node)
    if len(names) != 1 or not names <= PARAMETERS:
        return False
    step = _progression(node, names.pop())
    return step is not None and _same_progression((residue, modulus), step)


def _progression(node: Node, name: str) -> Progression | None:
    """Start and step of what is linear in ``name``."""
    form = _form(node)
    if form is None or any(atom == name for monomial in form[1] for atom, _ in monomial):
        return None
    for monomial in form[0]:
        for atom, power in monomial:
            if (atom == name and power != 1) or (atom != name and name in atom):
                return None
    start = substitute(node, {name: Number(fmpq(0))})
    return start, Sum((substitute(node, {name: Number(fmpq(1))}), Negative(start)))


def _same_progression(ours: Progression, theirs: Progression) -> bool:
    scale = ratio(theirs[1], ours[1])
    shift = ratio(Sum((theirs[0], Negative(ours[0]))), ours[1])
    return scale in (1, -1) and shift is not None and shift.q == 1


def ratio(above: Node, below: Node) -> fmpq | None:
    """A quotient that is a rational number; None when it is none or cannot be worked out."""
    form = _form(Quotient(above, below))
    if form is None or form[1] is not ONE or form[0].keys() - {()}:
        return None
    return form[0].get((), fmpq(0))


def _form(node: Node) -> Form | None:
    try:
        return Algebra().form(node)
    except (Unsupported, BeyondLimits, Undefined):
        return None


def _is_periodic(node: Node, name: str) -> bool:
    """Whether ``name`` is an integer parameter that appears only as a multiple of π."""
    form = _form(node) if name in PARAMETERS else None
    if form is None or any(name == atom for monomial in form[1] for atom, _ in monomial):
        return False
    with_name = [{atom for atom, _ in monomial} for monomial in form[0]]
    return all("π" in atoms for atoms in with_name if name in atoms)


def _are_free(node: Node, names: set[str]) -> bool:
    """Whether names are only added, or multiply an exponential or another function."""
    form = _form(node)
    if form is None or any(atom in names for monomial in form[1] for atom, _ in monomial):
        return False
    for monomial in form[0]:
        held = [power for atom, power in monomial if atom in names]
        alone = len(monomial) == 1
        if held and (held != [1] or not (alone or any("[" in atom for atom, _ in monomial))):
            return False
    return True
