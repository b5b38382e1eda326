"""From a text to a molecule that passed every check of its task."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

from rdkit import Chem

from adjudge_verifiers.molecules.atoms import check_atoms, check_bonds, may_have_odd_bonds
from adjudge_verifiers.molecules.complaints import complaints
from adjudge_verifiers.molecules.errors import RefusedMolecule
from adjudge_verifiers.molecules.wrapping import check_characters

if TYPE_CHECKING:
    from adjudge_verifiers.molecules.parameters import MoleculesOptions


@dataclasses.dataclass(frozen=True, slots=True)
class Molecule:
    """A molecule that was accepted: RDKit's object, the SMILES as written, how many fragments."""

    mol: Chem.Mol
    text: str
    fragments: int


def read_smiles(
    text: str, parameters: MoleculesOptions, max_fragments: int | None = None
) -> Molecule:
    """Read one SMILES, checking in this order: characters, size, bonds, syntax, chemistry, atoms,
    fragments (``max_fragments`` None: any number), charge.

    ``text`` is one token within ``max_chars``. Raises RefusedMolecule.
    """
    check_characters(text)
    _check_as_written(text, parameters.max_heavy)
    mol = _parsed(text)
    if not mol.GetNumAtoms():
        raise RefusedMolecule("invalid", "no_atoms", "The SMILES holds no atoms.")
    check_atoms(mol, text, parameters)
    fragments = len(Chem.GetMolFrags(mol)) if "." in text else 1
    if max_fragments is not None and fragments > max_fragments:
        raise RefusedMolecule(
            "rejected", "fragments", f"There are {fragments} fragments (max {max_fragments})."
        )
    charge = Chem.GetFormalCharge(mol)
    if parameters.charge is not None and charge != parameters.charge:
        raise RefusedMolecule(
            "rejected", "charge", f"The charge is {charge:+d}, asked was {parameters.charge:+d}."
        )
    return Molecule(mol, text, fragments)


def _check_as_written(text: str, max_heavy: int) -> None:
    """What is checked before any chemistry, and read for it only when the text makes it needful.

    An atom takes a character at least, so that a short text is small; odd bonds are spelled out.
    """
    odd_bonds = may_have_odd_bonds(text)
    if len(text) <= max_heavy and not odd_bonds:
        return
    bare = Chem.MolFromSmiles(text, _syntax_only())
    if bare is None:
        return  # the full reading will say so
    if bare.GetNumHeavyAtoms() > max_heavy:
        raise RefusedMolecule(
            "rejected",
            "size",
            f"The molecule has {bare.GetNumHeavyAtoms()} heavy atoms (max {max_heavy}).",
        )
    if odd_bonds:
        check_bonds(bare)


def _parsed(text: str) -> Chem.Mol:
    """The sanitised molecule. Every way in which RDKit fails is the text's fault."""
    try:
        mol = Chem.MolFromSmiles(text, _full())
        if mol is not None:
            return mol
        bare = Chem.MolFromSmiles(text, _syntax_only())
        message = None if bare is None else complaints(bare)
    except (ValueError, RuntimeError) as error:  # sanitisation, or an invariant of RDKit
        raise RefusedMolecule(
            "invalid", "parse", f"RDKit cannot read the SMILES ({type(error).__name__})."
        ) from error
    if message is None:
        raise RefusedMolecule("invalid", "syntax", "The text is no SMILES: its syntax is broken.")
    raise RefusedMolecule("invalid", "chemistry", message[0].upper() + message[1:])


@functools.cache
def _full() -> Chem.SmilesParserParams:
    """RDKit would otherwise take a name or a CXSMILES tail in silence."""
    return _options(allowCXSMILES=False, parseName=False)


@functools.cache
def _syntax_only() -> Chem.SmilesParserParams:
    return _options(allowCXSMILES=False, parseName=False, sanitize=False, removeHs=False)


def _options(**flags: bool) -> Chem.SmilesParserParams:
    options = Chem.SmilesParserParams()
    for name, value in flags.items():
        setattr(options, name, value)
    return options
