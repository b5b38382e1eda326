"""Kind ``exact``: when an answer is the reference's molecule."""

import pytest
from tests.fixtures.molecules import answered

from adjudge_verifiers.contract import Outcome

ALANINE = "C[C@H](N)C(=O)O"


def against(reference, smiles, **options):
    return answered(smiles, kind="exact", reference=reference, **options)


@pytest.mark.parametrize(
    ("reference", "smiles"),
    [
        ("CCO", "OCC"),
        ("CCO", "[CH3][CH2][OH]"),
        ("CCO", "[H]OC([H])([H])C"),
        ("c1ccccc1", "C1=CC=CC=C1"),
        ("CN1CCC[C@H]1c1cccnc1", "c1cc(cnc1)[C@@H]1CCCN1C"),
        ("C/C=C/C", "C\\C=C\\C"),
        ("C[N+](=O)[O-]", "CN(=O)=O"),
        ("CC(C)O", "C[C@H](C)O"),
        ("CC(=O)[O-].[Na+]", "[Na+].CC([O-])=O"),
        (ALANINE, "[CH3:7][C@H]([NH2:1])C(=O)O"),
        ("C%10CC%10", "C1CC1"),
    ],
)
def test_another_writing_of_the_same_molecule_is_right(reference, smiles):
    assert against(reference, smiles).outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("reference", "smiles", "reason"),
    [
        ("CCO", "CCN", "formula_differs"),
        ("CCO", "COC", "structure_differs"),
        ("CCO", "CC[O-]", "formula_differs"),
        (ALANINE, "C[C@@H](N)C(=O)O", "stereo_differs"),
        (ALANINE, "CC(N)C(=O)O", "stereo_differs"),
        ("CC(N)C(=O)O", ALANINE, "stereo_differs"),
        ("C/C=C/C", "C/C=C\\C", "stereo_differs"),
        ("C/C=C/C", "CC=CC", "stereo_differs"),
        ("CCO", "[13CH3]CO", "isotopes_differ"),
        ("CCO", "[2H]OCC", "isotopes_differ"),
        ("Oc1ccccn1", "O=c1cccc[nH]1", "structure_differs"),
        ("CC(=O)[O-].[Na+]", "CC(=O)[O-]", "formula_differs"),
    ],
)
def test_another_molecule_is_wrong_and_the_reason_says_how(reference, smiles, reason):
    verdict = against(reference, smiles)
    assert (verdict.outcome, verdict.reason) == (Outcome.INCORRECT, reason)


@pytest.mark.parametrize(
    ("options", "smiles"),
    [
        ({"stereo": "ignore"}, "C[C@@H](N)C(=O)O"),
        ({"stereo": "ignore"}, "CC(N)C(=O)O"),
        ({"isotopes": "ignore"}, "[13CH3][C@H](N)C(=O)O"),
        ({"isotopes": "ignore"}, "[2H]C[C@H](N)C(=O)O"),
        ({"tautomer": True}, "C[C@H](N)C(O)=O"),
        ({"fragment": "largest", "max_fragments": 2}, "Cl.C[C@H](N)C(=O)O"),
        ({"fragment": "parent", "max_fragments": 2}, "[Cl-].C[C@H]([NH3+])C(=O)O"),
        ({"fragment": "parent"}, "C[C@H]([NH3+])C(=O)[O-]"),
    ],
)
def test_an_option_widens_what_is_the_same(options, smiles):
    assert against(ALANINE, smiles, **options).outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("options", "smiles"),
    [
        ({"tautomer": True}, "C[C@@H](N)C(=O)O"),
        ({"isotopes": "ignore"}, "[13CH3][C@@H](N)C(=O)O"),
        ({"stereo": "ignore"}, "CC(N)C(=O)N"),
        ({"fragment": "largest", "max_fragments": 2}, "CCCCCCCC.C[C@H](N)C(=O)O"),
        ({"ignore_atom_maps": False}, "[CH3:7][C@H](N)C(=O)O"),
    ],
)
def test_an_option_widens_nothing_else(options, smiles):
    assert against(ALANINE, smiles, **options).outcome is Outcome.INCORRECT


def test_tautomers_are_the_same_only_when_asked():
    assert against("Oc1ccccn1", "O=c1cccc[nH]1", tautomer=True).decided_by == "tautomer"


def test_a_mark_makes_no_stereo_centre():
    # Given a carbon that is a centre by its isotope alone, when isotopes are ignored
    # Then neither writing has a centre.
    verdict = against("CC(C)O", "[13CH3][C@H](C)O", isotopes="ignore")
    assert verdict.outcome is Outcome.CORRECT


def test_a_salt_as_reference_allows_as_many_fragments():
    salt = "C[NH3+].[Cl-]"
    assert against(salt, "[Cl-].[NH3+]C").outcome is Outcome.CORRECT
    assert against(salt, "[Cl-].[NH3+]C.O").decided_by == "fragments"


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ({"reference": ""}, "reference: The SMILES holds no atoms."),
        ({"reference": "CC("}, "reference: The text is no SMILES: its syntax is broken."),
        ({"reference": "C(C)(C)(C)(C)C"}, "reference: Atom 0 C has valence 5 (max 4)."),
        ({"reference": "CCO ethanol"}, "reference: Character 3 is ' ' (U+0020)"),
        ({"reference": "C>>C"}, "reference: There is an arrow"),
        ({"reference": "*C"}, "reference: Atom 0 is a wildcard"),
        ({"reference": "C" * 300}, "reference: The molecule has 300 heavy atoms (max 200)."),
        ({"reference": "CC", "max_chars": 1}, "reference: has 2 characters, more than max_chars"),
        ({"reference": "C.C", "max_fragments": 1}, "max_fragments: the reference itself has 2"),
        ({"reference": "CC", "charge": 1}, "reference: The charge is +0, asked was +1."),
    ],
)
def test_a_broken_reference_is_the_tasks_fault_and_named(task, words):
    verdict = answered("CC", kind="exact", **task)
    assert (verdict.outcome, verdict.reward) == (Outcome.BAD_TASK, None)
    assert verdict.message.startswith(words)
