"""Kind ``valid``: which texts are molecules, and what is said of those that are not."""

import pytest
from tests.fixtures.molecules import answered

from adjudge_verifiers.contract import Outcome


@pytest.mark.parametrize(
    "smiles",
    [
        "C",
        "CN1CCC[C@H]1c1cccnc1",
        "[13CH4]",
        "[2H]OC",
        "C/C=C\\C",
        "[NH4+]",
        "C[N+](=O)[O-]",
        "CN(=O)=O",
        "O=[N+]([O-])c1ccccc1",
        "F[Xe]F",
        "C1.C1",
        "c1:c:c:c:c:c1",
        "C%12CCCCC%12",
        "[O-][Cl+3]([O-])([O-])[O-]",
        "[CH3:1][OH:2]",
        "Cl[Pt@SP1](Cl)(N)N",
    ],
)
def test_an_honest_molecule_is_valid(smiles):
    assert answered(smiles).outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("smiles", "message"),
    [
        ("CC(C)(C)(C)C", "Atom 1 C has valence 5 (max 4)."),
        ("CN(C)(C)C", "Atom 1 N has valence 4 (max 3)."),
        ("C[N+](C)(C)(C)C", "Atom 1 N has valence 5 with charge +1."),
        ("c1cccc1", "The aromatic atoms 0, 1, 2, 3, 4 admit no alternating double bonds."),
        ("CcC", "Atom 1 is written as aromatic but is in no ring."),
        ("CC[", "The text is no SMILES: its syntax is broken."),
        ("C1CC", "The text is no SMILES: its syntax is broken."),
        (
            "CC(C)(C)(C)C.CN(C)(C)C",
            "Atom 1 C has valence 5 (max 4); atom 7 N has valence 4 (max 3).",
        ),
    ],
)
def test_the_message_names_the_atom_and_the_rule_it_breaks(smiles, message):
    verdict = answered(smiles)
    assert (verdict.outcome, verdict.reason) == (Outcome.INVALID_ANSWER, "invalid")
    assert verdict.message == message


def test_many_problems_are_counted_and_not_all_told():
    verdict = answered("C(C)(C)(C)(C)C(C)(C)(C)(C)C(C)(C)(C)(C)C(C)(C)(C)(C)C")
    assert verdict.message.endswith("; and 1 more.")


@pytest.mark.parametrize(
    ("smiles", "check", "option"),
    [
        ("*C", "dummy", {"allow_dummy": True}),
        ("C[CH2]", "radical", {"allow_radical": True}),
        ("CC.O", "fragments", {"max_fragments": 2}),
        ("C" * 201, "size", {"max_heavy": 201}),
        ("C[Og]", "elements", {"elements": ["C", "Og"]}),
        ("[He]", "elements", {"elements": ["He"]}),
    ],
)
def test_what_a_check_refuses_its_option_allows(smiles, check, option):
    assert answered(smiles).decided_by == check
    assert answered(smiles, **option).outcome is Outcome.CORRECT


def test_a_long_answer_is_refused_unless_allowed():
    smiles = "C" * 150 + "([H])" * 1 + "." + "C" * 1900
    assert answered(smiles).decided_by == "length"
    assert answered(smiles, max_chars=3000, max_heavy=1000).decided_by == "size"


def test_only_the_elements_asked_for_are_accepted_and_hydrogen_always():
    assert answered("[H]OC", elements=["C", "O"]).outcome is Outcome.CORRECT
    verdict = answered("ClC", elements=["C", "O"])
    assert verdict.message == "Atom 0 Cl is not among the allowed elements."
    assert verdict.reason == "rejected"


@pytest.mark.parametrize(("smiles", "charge"), [("C[NH3+]", 1), ("[O-]C(=O)C", -1), ("CO", 0)])
def test_the_total_charge_can_be_asked_for(smiles, charge):
    assert answered(smiles, charge=charge).outcome is Outcome.CORRECT
    assert answered(smiles, charge=charge + 1).decided_by == "charge"


def test_unpaired_electrons_of_a_metal_ion_are_no_radical():
    assert answered("[Cu+2].[O-]S([O-])(=O)=O", max_fragments=2).outcome is Outcome.CORRECT


def test_size_and_fragments_are_told():
    assert answered("CCO").details == {"heavy_atoms": 3, "fragments": 1}
