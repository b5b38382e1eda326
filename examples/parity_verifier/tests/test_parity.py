"""The verifier ``parity``, judged the way a worker does it."""

import pytest
from adjudge_parity.verifier import Parity

from adjudge_verifiers import judging
from adjudge_verifiers.conformance import check_conformance
from adjudge_verifiers.contract import BadTask, Outcome


def verdict_on(parameters_json: str, completion: str) -> judging.Verdict:
    verifier = Parity()
    parameters = judging.read_parameters(verifier, parameters_json)
    task = judging.prepare(verifier, parameters)
    assert isinstance(task, judging.PreparedTask)
    return judging.judge(task, completion)


def test_it_conforms():
    assert check_conformance(Parity()) == []


def test_a_negative_number_has_a_parity_too():
    verdict = verdict_on('{"want": "odd"}', "<think>hm</think><answer>-3</answer>")
    assert (verdict.outcome, verdict.reward) == (Outcome.CORRECT, 1.0)


def test_two_answers_are_none():
    verdict = verdict_on('{"want": "odd"}', "<answer>3</answer> or <answer>4</answer>")
    assert (verdict.outcome, verdict.reason) == (Outcome.INVALID_ANSWER, "ambiguous")


def test_a_misspelt_parameter_is_named():
    with pytest.raises(BadTask, match=r"^want: "):
        judging.read_parameters(Parity(), '{"want": "evem"}')
