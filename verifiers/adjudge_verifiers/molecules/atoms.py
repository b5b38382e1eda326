"""Which atoms and bonds a molecule may hold, beyond what RDKit's sanitisation asks."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from rdkit import Chem
from rdkit.Chem import rdqueries

from adjudge_verifiers.molecules import elements
from adjudge_verifiers.molecules.errors import RefusedMolecule

if TYPE_CHECKING:
    from adjudge_verifiers.molecules.parameters import MoleculesOptions

ATOM_MAP = "molAtomMapNumber"

_MOST_NEGATIVE = -4
_MOST_NEIGHBOURS = 16  # no atom is known to have more; RDKit gives a metal any number
_MOST_POSITIVE = 8
_LAST_WITH_COUNTED_ELECTRONS = 56  # from lanthanum on, RDKit's outer electrons tell no limit


def check_atoms(molecule: Chem.Mol, text: str, parameters: MoleculesOptions) -> None:
    """Refuse dummies, radicals, impossible charges, isotopes and metals, elements not allowed.

    In a SMILES all of these need a bracket or a star. Raises RefusedMolecule.
    """
    if "[" in text or "*" in text:
        for atom in molecule.GetAtomsMatchingQuery(_suspicious()):
            _check_atom(atom, parameters)
    if parameters.elements is not None:
        allowed = elements.atomic_numbers(parameters.elements)
        for atom in molecule.GetAtoms():
            number = atom.GetAtomicNum()
            if number > 1 and number not in allowed:
                raise RefusedMolecule(
                    "rejected", "elements", f"{_named(atom)} is not among the allowed elements."
                )


def may_have_odd_bonds(text: str) -> bool:
    """False when ``check_bonds`` has nothing to refuse in the molecule of this SMILES."""
    return ":" in text or "$" in text


def check_bonds(molecule: Chem.Mol) -> None:
    """Refuse aromatic bonds of atoms not written as aromatic, quadruple bonds without two metals.

    RDKit takes ``C:C`` and ``C$C`` for molecules. ``molecule`` is not sanitised.
    Raises RefusedMolecule.
    """
    for bond in molecule.GetBonds():
        ends = (bond.GetBeginAtom(), bond.GetEndAtom())
        kind = bond.GetBondType()
        if kind == Chem.BondType.AROMATIC and not all(end.GetIsAromatic() for end in ends):
            raise RefusedMolecule(
                "invalid", "bonds", f"{_named(ends[0])} has an aromatic bond but is not aromatic."
            )
        if kind == Chem.BondType.QUADRUPLE and any(
            end.GetAtomicNum() in elements.NONMETALS for end in ends
        ):
            raise RefusedMolecule(
                "invalid", "bonds", f"{_named(ends[0])} has a quadruple bond without two metals."
            )


def has_atom_maps(molecule: Chem.Mol) -> bool:
    """True when any atom bears a map number."""
    return len(molecule.GetAtomsMatchingQuery(_mapped())) > 0


def isotopes(molecule: Chem.Mol) -> list[int]:
    """The mass numbers marked, sorted."""
    return sorted(atom.GetIsotope() for atom in molecule.GetAtomsMatchingQuery(_isotopic()))


def _check_atom(atom: Chem.Atom, parameters: MoleculesOptions) -> None:
    number = atom.GetAtomicNum()
    if number == 0:
        if not parameters.allow_dummy:
            raise RefusedMolecule(
                "invalid", "dummy", f"Atom {atom.GetIdx()} is a wildcard, not an element."
            )
        return
    unusual = number > elements.URANIUM or number in elements.INERT
    if parameters.elements is None and unusual:
        raise RefusedMolecule(
            "rejected", "elements", f"{_named(atom)} is not among the elements accepted by default."
        )
    charge = atom.GetFormalCharge()
    if not _MOST_NEGATIVE <= charge <= _most_positive(number):
        raise RefusedMolecule(
            "invalid", "charge", f"{_named(atom)} cannot have the charge {charge:+d}."
        )
    unpaired = atom.GetNumRadicalElectrons() if number in elements.NONMETALS else 0
    if unpaired and not parameters.allow_radical:
        raise RefusedMolecule(
            "invalid", "radical", f"{_named(atom)} has {unpaired} unpaired electron(s)."
        )
    if atom.GetTotalDegree() > _MOST_NEIGHBOURS:
        raise RefusedMolecule(
            "invalid", "coordination", f"{_named(atom)} has {atom.GetTotalDegree()} neighbours."
        )
    isotope = atom.GetIsotope()
    if isotope and not Chem.GetPeriodicTable().GetMassForIsotope(number, isotope):
        raise RefusedMolecule(
            "invalid", "isotope", f"{_named(atom)} has no isotope of mass number {isotope}."
        )


def _most_positive(number: int) -> int:
    if number > _LAST_WITH_COUNTED_ELECTRONS:
        return _MOST_POSITIVE
    outer: int = Chem.GetPeriodicTable().GetNOuterElecs(number)
    return min(_MOST_POSITIVE, outer)


def _named(atom: Chem.Atom) -> str:
    return f"Atom {atom.GetIdx()} {atom.GetSymbol()}"


@functools.cache
def _suspicious() -> Chem.QueryAtom:
    """A query, run in C++, for the few atoms that are worth a look from Python."""
    query = rdqueries.AtomNumEqualsQueryAtom(0)
    for other in (
        rdqueries.AtomNumGreaterQueryAtom(elements.URANIUM),
        *(rdqueries.AtomNumEqualsQueryAtom(number) for number in sorted(elements.INERT)),
        rdqueries.NumRadicalElectronsGreaterQueryAtom(0),
        rdqueries.IsotopeGreaterQueryAtom(0),
        rdqueries.FormalChargeGreaterQueryAtom(1),
        rdqueries.FormalChargeLessQueryAtom(_MOST_NEGATIVE),
        rdqueries.TotalDegreeGreaterQueryAtom(_MOST_NEIGHBOURS),
    ):
        query.ExpandQuery(other, Chem.CompositeQueryType.COMPOSITE_OR)
    return query


@functools.cache
def _mapped() -> Chem.QueryAtom:
    return rdqueries.HasPropQueryAtom(ATOM_MAP)


@functools.cache
def _isotopic() -> Chem.QueryAtom:
    return rdqueries.IsotopeGreaterQueryAtom(0)
