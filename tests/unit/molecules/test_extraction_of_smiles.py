"""From a completion to the one token that is read."""

import pytest
from tests.fixtures.molecules import answered, judged

from adjudge_verifiers.contract import Outcome


@pytest.mark.parametrize(
    "answer",
    [
        "CCO",
        "  CCO\n",
        "`CCO`",
        "```CCO```",
        "```\nCCO\n```",
        "```smiles\nCCO\n```",
        "```smi\r\nCCO\r\n```",
        "SMILES: CCO",
        "smiles=CCO",
        "SMILES: `CCO`",
        "Canonical SMILES: CCO",
    ],
)
def test_wrapping_is_taken_off(answer):
    assert answered(answer, kind="exact", reference="OCC").outcome is Outcome.CORRECT
    assert answered(answer).answer == "CCO"


@pytest.mark.parametrize("dash", ["\u2212", "\u2010", "\u2011", "\u2013"])
def test_a_typographic_minus_is_a_minus(dash):
    verdict = answered(f"CC(=O)[O{dash}]", kind="exact", reference="CC(=O)[O-]")
    assert verdict.outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("completion", "outcome", "reason"),
    [
        ("", Outcome.NO_ANSWER, "no_answer"),
        ("It is CCO.", Outcome.NO_ANSWER, "no_answer"),
        ("<answer></answer>", Outcome.NO_ANSWER, "no_answer"),
        ("<answer>``</answer>", Outcome.NO_ANSWER, "no_answer"),
        ("<answer>``````</answer>", Outcome.NO_ANSWER, "no_answer"),
        ("<answer>SMILES:</answer>", Outcome.NO_ANSWER, "no_answer"),
        ("<think><answer>CCO</answer>", Outcome.NO_ANSWER, "unclosed_think"),
        ("<answer>CCO</answer><answer>CCN</answer>", Outcome.INVALID_ANSWER, "ambiguous"),
        ("<answer>CCO</answer><answer>CCO</answer>", Outcome.CORRECT, "valid"),
        ("<answer>CCO ethanol</answer>", Outcome.INVALID_ANSWER, "ambiguous"),
        ("<answer>CCO or CCN</answer>", Outcome.INVALID_ANSWER, "ambiguous"),
        ("<think><answer>C</answer></think><answer>CCO</answer>", Outcome.CORRECT, "valid"),
    ],
)
def test_no_answer_and_several_answers_are_told_apart(completion, outcome, reason):
    verdict = judged(completion, kind="valid")
    assert (verdict.outcome, verdict.reason) == (outcome, reason)


def test_where_the_answer_stands_is_an_option():
    policy = {"sources": ["boxed"], "several": "last"}
    verdict = judged(r"\boxed{CCN}, no: \boxed{CCO}", kind="valid", extraction=policy)
    assert verdict.answer == "CCO"
