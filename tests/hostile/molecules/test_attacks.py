"""Texts that try to be paid without being a molecule, or the right one. None may earn anything."""

import time

import pytest
from tests.fixtures.molecules import answered, judged

from adjudge_verifiers.contract import Outcome

REFERENCE = "CN1CCC[C@H]1c1cccnc1"
FLAT = "CN1CCCC1c1cccnc1"

NO_MOLECULES = {
    "nothing": "",
    "a comment in the tags": "<!-- -->",
    "a name after the SMILES": "CCO and also CCN",
    "a tab and a name": "CCO\tethanol",
    "a line break and a second guess": "CCO\nCCN",
    "a no-break space and a second guess": "CCO\u00a0CCN",
    "a CXSMILES tail": "CCO |$a;b;c$|",
    "a CXSMILES tail with coordinates": "CCO |(0,0,;1,0,;2,0,)|",
    "a CXSMILES tail without space": "CCO|$a;b;c$|",
    "a reaction": "CCO>>CC=O",
    "a reaction with nothing in it": ">>",
    "a reaction arrow at the end": "CCO>",
    "a dative bond": "[Fe]<-N",
    "the other dative bond": "N->[Fe]",
    "a wildcard": "*",
    "a wildcard in a bracket": "[*]CC",
    "an attachment point": "[*:1]CC",
    "a wildcard with an isotope": "[3*]CC",
    "a query bond": "C~C",
    "a query bond to a wildcard": "*~*",
    "SMARTS any aromatic": "[a]",
    "SMARTS list": "[C,N]",
    "SMARTS not": "[!C]",
    "SMARTS recursion": "[$(CC)]",
    "a bare atomic number": "[#6]",
    "a bare carbon": "[C]",
    "a carbene": "[CH2]",
    "a methyl radical": "[CH3]",
    "a hydrogen atom": "[H]",
    "dioxygen as a diradical": "[O][O]",
    "a radical hidden by a chiral mark": "[C@@]",
    "a radical hidden by a map": "[C:1]",
    "a stripped carbon": "[C+9]",
    "an overfilled carbon": "[C-10]",
    "sodium with two charges": "[Na+2]",
    "a metal without electrons": "[Fe+99]",
    "iron with ninety-nine hydrogens": "[FeH99]",
    "uranium with twenty arms": "[U]" + "(F)" * 20,
    "an isotope that does not exist": "[99CH4]",
    "a hydrogen of mass 9": "C[9H]",
    "oganesson": "[Og]",
    "helium": "[He]",
    "argon between honest atoms": "C[Ar]C",
    "an invented element": "[Xx]",
    "a placeholder element": "[Uue]",
    "an R group": "[R1]CC",
    "an aromatic bond of chains": "C:C",
    "an aromatic bond in a saturated ring": "C1CCCC:C1",
    "a quadruple bond of carbons": "C$C",
    "stacked guesses": "CCO.CCN.CCC",
    "a stack of one atom each": "C.C",
    "an empty fragment": "C..C",
    "a fragment that is only a dot": ".",
    "an open ring": "C1CC",
    "a ring bond to itself": "C11",
    "an open branch": "CC(",
    "a NUL in the middle": "CC\x00O",
    "a NUL at the end": "CCO\x00",
    "a Cyrillic letter": "\u0421\u0421O",
    "a full-width letter": "\uff23\uff23\uff2f",
    "a zero-width space": "C\u200bC",
    "a right-to-left mark": "\u202eOCC",
    "an InChI": "InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3",
    "an InChIKey": "LFQSCWFLJHTTHZ-UHFFFAOYSA-N",
    "a SELFIES": "[C][C][O]",
    "a formula": "C2H6O",
    "a HELM polymer": "{PEPTIDE1}",
    "JSON": '{"smiles":"CCO"}',
    "a list": "['CCO']",
    "a format string": "{0}",
    "a verdict": "CORRECT",
    "a number": "1.0",
    "five bonds": "CC(C)(C)(C)C",
    "an anti-aromatic dream": "c1cccc1",
    "aromatic atoms without a ring": "cccccc",
    "ninety-nine hydrogens": "[CH99]",
    "a charge of many digits": "[C+99999999999999999999]",
    "an isotope of many digits": "[99999999999999999999C]",
    "a ring number of many digits": "C%(999999)CC%(999999)",
    "an aromatic ring of capitals": "C1:C:C:C:C:C:1",
    "a map number of many digits": "[CH4:99999999999999999999]",
    "a long chain": "C" * 201,
    "a long chain of explicit brackets": "[CH2]" * 300,
    "a chain beyond the length": "C" * 2001,
    "a stack of everything": ".".join(["C"] * 1000),
    "open brackets": "[" * 2000,
    "open branches": "C(" * 1000,
    "closed branches": ")" * 2000,
    "bonds only": "=" * 2000,
    "a hundred kilobytes of brackets": "[" * 100_000,
}

WRONG_MOLECULES = {
    "the enantiomer": "CN1CCC[C@@H]1c1cccnc1",
    "no stereo": FLAT,
    "an isotope mark": "[13CH3]N1CCC[C@H]1c1cccnc1",
    "a deuterium": "[2H]CN1CCC[C@H]1c1cccnc1",
    "the protonated form": "C[NH+]1CCC[C@H]1c1cccnc1",
    "a regioisomer": "CN1CCC[C@H]1c1ccncc1",
    "the reference and a guess": f"{REFERENCE}.CCO",
    "the reference twice": f"{REFERENCE}.{REFERENCE}",
    "both enantiomers": f"{REFERENCE}.CN1CCC[C@@H]1c1cccnc1",
    "the reference after a guess": f"CCO.{REFERENCE}",
    "the reference as a name": f"CCO {REFERENCE}",
    "the reference as a product": f"CCO>>{REFERENCE}",
    "the reference with a wildcard": f"*{REFERENCE}",
    "the reference with a hydrogen": f"[H][H].{REFERENCE}",
    "the reference with a proton": f"[H+].{REFERENCE}",
    "the reference with a query bond": FLAT.replace("CN1", "C~N1"),
    "its name": "nicotine",
    "the word reference": "reference",
    "one letter": "C",
}


LADDER = "".join(f"C%{number}" for number in range(10, 99))


@pytest.mark.parametrize("attack", NO_MOLECULES.values(), ids=NO_MOLECULES.keys())
def test_what_is_no_molecule_earns_nothing(attack):
    for task in ({"kind": "valid"}, {"kind": "exact", "reference": "CCO"}):
        verdict = answered(attack, **task)
        assert verdict.outcome in {Outcome.NO_ANSWER, Outcome.INVALID_ANSWER}, verdict
        assert verdict.reward == 0.0


@pytest.mark.parametrize("attack", WRONG_MOLECULES.values(), ids=WRONG_MOLECULES.keys())
def test_what_is_not_the_reference_earns_nothing(attack):
    verdict = answered(attack, kind="exact", reference=REFERENCE)
    assert verdict.outcome in {Outcome.INCORRECT, Outcome.INVALID_ANSWER}, verdict
    assert verdict.reward == 0.0


@pytest.mark.parametrize("options", [{}, {"max_fragments": 5}, {"fragment": "largest"}])
def test_several_guesses_are_never_one_right_answer(options):
    # Given more fragments than the reference has, in whatever order
    for stack in (f"{REFERENCE}.{FLAT}", f"{FLAT}.{REFERENCE}", f"{REFERENCE}.C.CC.CCC.CCCC"):
        verdict = answered(stack, kind="exact", reference="CN1CCC[C@@H]1c1cccnc1", **options)
        assert verdict.reward == 0.0


@pytest.mark.parametrize(
    "completion",
    [
        f"<think><answer>{REFERENCE}</answer>",
        f"<answer>{REFERENCE}</answer><answer>CCO</answer>",
        f"<answer>CCO</answer><answer>{REFERENCE}</answer>",
        f"{REFERENCE}",
        f"<Answer>{REFERENCE}</Answer>",
        f"<answer>{REFERENCE}</answer><think>",
    ],
)
def test_an_answer_in_the_wrong_place_earns_nothing(completion):
    assert judged(completion, kind="exact", reference=REFERENCE).reward == 0.0


@pytest.mark.parametrize(
    "text",
    ["[" * 2**20, "`" * 2**20, "SMILES:" * 2**17, " " * 2**20, "<answer>" * 2**17, "-" * 2**20],
    ids=["brackets", "backticks", "labels", "spaces", "tags", "minus signs"],
)
def test_a_megabyte_costs_no_chemistry(text):
    started = time.process_time()
    verdict = judged("<answer>" + text[: 2**20 - 17] + "</answer>", kind="valid")
    assert verdict.reward == 0.0
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "smiles",
    [
        "C12C3C4C1C5C2C3C45",
        "C" + LADDER + LADDER,
        "[U]" + "[U]" * 99 + "1" + "[U]1",
        "C1CC1" * 60,
        "c1ccc2ccccc2c1" * 14,
    ],
    ids=["cubane", "ladder", "broken uranium ring", "small rings", "naphthalenes"],
)
def test_dense_rings_are_judged_within_the_budget(smiles):
    started = time.process_time()
    verdict = answered(smiles, max_heavy=500)
    assert verdict.outcome.bears_reward
    assert time.process_time() - started < 1.0


def test_an_attack_leaves_the_next_judgement_alone():
    for attack in NO_MOLECULES.values():
        answered(attack)
    assert answered(FLAT, kind="exact", reference=FLAT).outcome is Outcome.CORRECT


def test_rdkit_writes_nothing_to_our_logs(capfd):
    for attack in ("CC(", "CC(C)(C)(C)C", "c1cccc1", "[C+9]", "C[C@](F)(F)F"):
        answered(attack)
        answered("CC", kind="exact", reference="CCO", fragment="parent", tautomer=True)
    assert capfd.readouterr() == ("", "")
