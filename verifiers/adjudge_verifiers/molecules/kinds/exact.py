"""Kind ``exact``: the answer is the same molecule as the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdkit.Chem import rdMolDescriptors

from adjudge_verifiers.contract import BadTask, Verdict
from adjudge_verifiers.molecules import identity
from adjudge_verifiers.molecules.atoms import isotopes
from adjudge_verifiers.molecules.errors import RefusedMolecule
from adjudge_verifiers.molecules.reader import read_smiles

if TYPE_CHECKING:
    from rdkit import Chem

    from adjudge_verifiers.molecules.parameters import MoleculesParameters
    from adjudge_verifiers.molecules.reader import Molecule


class Exact:
    """The reference, ready to be compared with.

    Rungs: canonical SMILES, formula, and the canonical tautomer where the task asks for it.
    """

    def __init__(self, parameters: MoleculesParameters) -> None:
        self._parameters = parameters
        try:
            reference = _read_reference(parameters)
            mol = identity.subject(reference, parameters)
        except RefusedMolecule as error:
            raise BadTask("reference", error.message, reason="bad_reference") from error
        self.max_fragments = reference.fragments
        allowed = parameters.max_fragments
        if allowed is not None and allowed < reference.fragments and parameters.fragment == "all":
            raise BadTask(
                "max_fragments",
                f"the reference itself has {reference.fragments} fragments; allow as many, "
                "or compare the largest fragment or the parent",
            )
        self._canonical = identity.canonical(mol)
        self._flat = identity.flat(mol)
        self._isotopes = isotopes(mol)
        self._formula = rdMolDescriptors.CalcMolFormula(mol)
        self._tautomer = identity.tautomer(mol) if parameters.tautomer else None

    def judge(self, molecule: Molecule) -> Verdict:
        """CORRECT or INCORRECT, with the answer's canonical SMILES as details."""
        mol = identity.subject(molecule, self._parameters)
        canonical = identity.canonical(mol)
        if canonical == self._canonical:
            return self._same(molecule, canonical, "canonical_smiles")
        if rdMolDescriptors.CalcMolFormula(mol) != self._formula:
            return self._other(molecule, canonical, "formula_differs", "formula")
        if self._tautomer is not None and identity.tautomer(mol) == self._tautomer:
            return self._same(molecule, canonical, "tautomer")
        return self._other(molecule, canonical, self._difference(mol), "canonical_smiles")

    def _difference(self, mol: Chem.Mol) -> str:
        """The reason code for a molecule of the reference's formula that is another one."""
        if identity.flat(mol) != self._flat:
            return "structure_differs"
        return "stereo_differs" if isotopes(mol) == self._isotopes else "isotopes_differ"

    @staticmethod
    def _same(molecule: Molecule, canonical: str, rung: str) -> Verdict:
        return Verdict.correct(
            reason="same_molecule",
            answer=molecule.text,
            decided_by=rung,
            details={"canonical": canonical},
        )

    @staticmethod
    def _other(molecule: Molecule, canonical: str, reason: str, rung: str) -> Verdict:
        return Verdict.incorrect(
            reason=reason,
            message=_MESSAGES[reason],
            answer=molecule.text,
            decided_by=rung,
            details={"canonical": canonical},
        )


_MESSAGES = {
    "formula_differs": "The molecule has another formula than the reference.",
    "structure_differs": "The molecule has the formula of the reference but another structure.",
    "stereo_differs": "Only the stereochemistry differs from the reference.",
    "isotopes_differ": "Isotope marks differ from the reference.",
}


def _read_reference(parameters: MoleculesParameters) -> Molecule:
    text = parameters.reference or ""
    if len(text) > parameters.max_chars:
        raise BadTask(
            "reference",
            f"has {len(text):,} characters, more than max_chars",
            reason="bad_reference",
        )
    return read_smiles(text, parameters)
