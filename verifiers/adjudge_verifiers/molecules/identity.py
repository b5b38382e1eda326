"""When two molecules are the same: equal canonical SMILES after what the task says to ignore.

Measured with RDKit 2026.9 on 9,180 random writings of stereoisomers of NCI molecules: 2 (of one
cage amine with five stereo nitrogens) get another canonical SMILES than the original. Such a pair
counts as different; reading a canonical SMILES back and writing it again settles neither.
"""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING

from rdkit import Chem
from rdkit.Chem.MolStandardize import rdMolStandardize

from adjudge_verifiers.molecules.atoms import has_atom_maps, isotopes
from adjudge_verifiers.molecules.errors import RefusedMolecule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge_verifiers.molecules.parameters import MoleculesOptions
    from adjudge_verifiers.molecules.reader import Molecule


def subject(molecule: Molecule, parameters: MoleculesOptions) -> Chem.Mol:
    """What of the molecule is compared: the fragment asked for, without the marks to be ignored.

    Raises RefusedMolecule when RDKit cannot make it.
    """
    with _refusing("standardise it"):
        mol = _fragment(molecule, parameters.fragment)
        return _without_marks(mol, molecule.text, parameters)


def canonical(mol: Chem.Mol) -> str:
    """Canonical isomeric SMILES."""
    text: str = Chem.MolToSmiles(mol)
    return text


def flat(mol: Chem.Mol) -> str:
    """Canonical SMILES without stereochemistry and isotopes."""
    text: str = Chem.MolToSmiles(mol, isomericSmiles=False)
    if "[H]" not in text:
        return text
    plain = Chem.MolFromSmiles(text)  # a deuterium has become an explicit hydrogen: merge it
    return text if plain is None else canonical(plain)


def tautomer(mol: Chem.Mol) -> str:
    """Canonical SMILES of the canonical tautomer; stereo marks stay. Raises RefusedMolecule."""
    with _refusing("find its tautomers"):
        return canonical(_tautomers().Canonicalize(mol))


def warm() -> None:
    """Build RDKit's tables for fragments, parents and tautomers."""
    _tautomers()
    rdMolStandardize.ChargeParent(Chem.MolFromSmiles("CC(=O)[O-].[Na+]"))


def _fragment(molecule: Molecule, wanted: str) -> Chem.Mol:
    if wanted == "largest" and molecule.fragments > 1:
        return rdMolStandardize.LargestFragmentChooser().choose(molecule.mol)
    if wanted == "parent":
        return rdMolStandardize.ChargeParent(molecule.mol)
    return molecule.mol


def _without_marks(mol: Chem.Mol, text: str, parameters: MoleculesOptions) -> Chem.Mol:
    strip_maps = parameters.ignore_atom_maps and ":" in text and has_atom_maps(mol)
    strip_isotopes = parameters.isotopes == "ignore" and bool(isotopes(mol))
    if not strip_maps and not strip_isotopes and parameters.stereo == "exact":
        return mol
    mol = Chem.Mol(mol)
    for atom in mol.GetAtoms():
        if strip_maps:
            atom.SetAtomMapNum(0)
        if strip_isotopes:
            atom.SetIsotope(0)
    if parameters.stereo == "ignore":
        Chem.RemoveStereochemistry(mol)
    # Read again: a centre may have been one by its mark alone, an [2H] is now a plain hydrogen.
    # RDKit cannot always read its own writing (rdkit issue 8670).
    again = Chem.MolFromSmiles(canonical(mol))
    return mol if again is None else again


@contextlib.contextmanager
def _refusing(deed: str) -> Iterator[None]:
    """Every way in which RDKit fails on a molecule is the molecule's fault."""
    try:
        yield
    except (ValueError, RuntimeError) as error:  # sanitisation, or an invariant of RDKit
        raise RefusedMolecule(
            "invalid", "standardise", f"RDKit cannot {deed} ({type(error).__name__})."
        ) from error


@functools.cache
def _tautomers() -> rdMolStandardize.TautomerEnumerator:
    """Keeps stereo marks: by default L- and D-alanine would share their canonical tautomer."""
    enumerator = rdMolStandardize.TautomerEnumerator()
    enumerator.SetRemoveSp3Stereo(False)
    enumerator.SetRemoveBondStereo(False)
    return enumerator
