"""Kind ``valid``: any molecule that passed every check is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge_verifiers.contract import Verdict

if TYPE_CHECKING:
    from adjudge_verifiers.molecules.parameters import MoleculesParameters
    from adjudge_verifiers.molecules.reader import Molecule


class Valid:
    """Says that the molecule is one, and how large it is."""

    max_fragments = 1

    def __init__(self, parameters: MoleculesParameters) -> None:
        del parameters  # every check it asks for was made while reading

    def judge(self, molecule: Molecule) -> Verdict:
        """CORRECT, with the number of heavy atoms and fragments as details."""
        return Verdict.correct(
            reason="valid",
            answer=molecule.text,
            decided_by="sanitisation",
            details={
                "heavy_atoms": molecule.mol.GetNumHeavyAtoms(),
                "fragments": molecule.fragments,
            },
        )
