"""However a molecule is written, it stays itself."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fixtures.molecules import molecules, prepared

from adjudge_verifiers import judging
from adjudge_verifiers.contract import Outcome

MOLECULES = [
    "CN1CCC[C@H]1c1cccnc1",
    "CC(=O)Oc1ccccc1C(=O)O",
    "C[C@]12CC[C@H]3[C@H]([C@@H]1CC[C@@H]2O)CCC4=CC(=O)CC[C@]34C",
    "OC[C@H]1O[C@@H](O)[C@H](O)[C@@H](O)[C@@H]1O",
    "C/C=C/C(=O)N[C@@H](Cc1ccccc1)C(=O)O",
    "CN1C=NC2=C1C(=O)N(C(=O)N2C)C",
    "[O-][N+](=O)c1ccc(cc1)S(=O)(=O)N",
    "C[NH+](C)C.[Cl-]",
    "[13CH3][C@H](O)C([2H])([2H])N",
    "F[P-](F)(F)(F)(F)F.CCCCn1cc[n+](C)c1",
    "CC1(C)S[C@@H]2[C@H](NC(=O)Cc3ccccc3)C(=O)N2[C@H]1C(=O)O",
]


def rewritten(smiles, seed):
    from rdkit import Chem

    writer = random.Random(seed)
    mol = Chem.MolFromSmiles(smiles)
    order = list(range(mol.GetNumAtoms()))
    writer.shuffle(order)
    mol = Chem.RenumberAtoms(mol, order)
    if writer.random() < 0.3:
        mol = Chem.AddHs(mol)
    kekule = writer.random() < 0.3
    if kekule:
        Chem.Kekulize(mol, clearAromaticFlags=True)
    return Chem.MolToSmiles(
        mol,
        canonical=False,
        doRandom=writer.random() < 0.5,
        allHsExplicit=writer.random() < 0.3,
        allBondsExplicit=writer.random() < 0.3,
        kekuleSmiles=kekule,
    )


@settings(max_examples=300, deadline=None, derandomize=True)
@given(smiles=st.sampled_from(MOLECULES), seed=st.integers(0, 2**32))
def test_a_random_rewriting_of_the_reference_is_right(smiles, seed):
    task = prepared(kind="exact", reference=smiles)
    written = rewritten(smiles, seed)
    verdict = judging.judge(task, f"<answer>{written}</answer>")
    assert verdict.outcome is Outcome.CORRECT, written


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    smiles=st.sampled_from(MOLECULES), other=st.sampled_from(MOLECULES), seed=st.integers(0, 2**32)
)
def test_a_random_rewriting_of_another_molecule_is_not(smiles, other, seed):
    if smiles == other:
        return
    task = prepared(kind="exact", reference=smiles, max_fragments=3)
    verdict = judging.judge(task, f"<answer>{rewritten(other, seed)}</answer>")
    assert verdict.outcome is Outcome.INCORRECT


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    text=st.one_of(
        st.text(max_size=200),
        st.text("CNOScnos()[]=#.+-@/\\123456%HBrl*~:>$& `|{}\u2212", max_size=60),
    )
)
def test_no_text_makes_the_verifier_fail(text):
    for task in (
        prepared(kind="valid"),
        prepared(kind="exact", reference="CCO", fragment="parent", tautomer=True, max_fragments=9),
    ):
        verdict = judging.judge(task, f"<answer>{text}</answer>")
        assert verdict.outcome.bears_reward, verdict


@pytest.fixture(autouse=True)
def _warm():
    molecules()
