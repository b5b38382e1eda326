"""RDKit's complaints about a molecule in words that name the atom and the rule it breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rdkit import Chem

if TYPE_CHECKING:
    from collections.abc import Iterable

_VALENCE = re.compile(r"atom # (\d+) (\w+), (\d+), is")
_KEKULE = re.compile(r"Unkekulized atoms:((?: \d+)+)")
_NOT_IN_RING = re.compile(r"non-ring atom (\d+)")
_SHOWN_PROBLEMS = 3
_SHOWN_ATOMS = 12


def complaints(unsanitised: Chem.Mol) -> str:
    """One sentence on why these atoms make no molecule. Atoms are counted from 0, as written."""
    found = [
        _in_words(unsanitised, problem) for problem in Chem.DetectChemistryProblems(unsanitised)
    ]
    if not found:
        return "The molecule breaks the rules of valence or aromaticity."
    more = len(found) - _SHOWN_PROBLEMS
    tail = f"; and {more} more" if more > 0 else ""
    return f"{'; '.join(found[:_SHOWN_PROBLEMS])}{tail}."


def _in_words(molecule: Chem.Mol, problem: Any) -> str:
    message: str = problem.Message()
    if valence := _VALENCE.search(message):
        atom, symbol, count = valence.groups()
        return f"atom {atom} {symbol} has valence {count}{_most(molecule, int(atom))}"
    if kekule := _KEKULE.search(message):
        atoms = kekule[1].split()
        return f"the aromatic atoms {_listed(atoms)} admit no alternating double bonds"
    if ring := _NOT_IN_RING.search(message):
        return f"atom {ring[1]} is written as aromatic but is in no ring"
    return " ".join(message.split())


def _most(molecule: Chem.Mol, position: int) -> str:
    """The largest valence of the atom, where it is not changed by a charge."""
    atom = molecule.GetAtomWithIdx(position)
    valences = Chem.GetPeriodicTable().GetValenceList(atom.GetAtomicNum())
    if atom.GetFormalCharge():
        return f" with charge {atom.GetFormalCharge():+d}"
    return f" (max {max(valences)})"


def _listed(atoms: Iterable[str]) -> str:
    shown = list(atoms)
    tail = ", …" if len(shown) > _SHOWN_ATOMS else ""
    return ", ".join(shown[:_SHOWN_ATOMS]) + tail
