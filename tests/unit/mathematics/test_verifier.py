"""The verifier's verdicts: reasons, rungs, options and broken tasks."""

import pytest

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.extraction import AnswerPolicy
from adjudge_verifiers.judging import PreparedTask, judge, prepare, read_parameters
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters

VERIFIER = Mathematics()


def verdict(reference, completion, **options):
    task = prepare(VERIFIER, MathematicsParameters(reference=reference, **options))
    return judge(task, completion) if isinstance(task, PreparedTask) else task


@pytest.mark.parametrize("example", VERIFIER.examples, ids=lambda example: example.completion)
def test_every_published_example_holds(example):
    found = verdict(completion=example.completion, **example.parameters)
    assert found.outcome is example.outcome


@pytest.mark.parametrize(
    ("reference", "completion", "rung"),
    [
        ("2", r"\boxed{2}", "text"),
        ("2x", r"\boxed{ {2} {x} }", "identical"),
        ("1/2", r"\boxed{0.5}", "exact"),
        ("x+1", r"\boxed{1+x}", "algebra"),
        ("(1,2)", r"\boxed{(1, 4/2)}", "tuple"),
        ("(1,2]", r"\boxed{1<x\le2}", "interval"),
        (r"\sec^2 x", r"\boxed{1+\tan^2 x}", "numeric_identity"),
        ("3.14", r"\boxed{\pi}", "rounded"),
        ("B", r"\boxed{(B)}", "choice"),
    ],
)
def test_a_verdict_names_the_rung_that_decided(reference, completion, rung):
    found = verdict(reference, completion)
    assert (found.outcome, found.decided_by) == (Outcome.CORRECT, rung)


@pytest.mark.parametrize(
    ("reference", "completion", "rung"),
    [
        ("2", r"\boxed{3}", "exact"),
        ("x+1", r"\boxed{x}", "algebra"),
        (r"\sin 1", r"\boxed{\cos 1}", "balls"),
        ("1/3", r"\boxed{\int_0^1 x^2 dx}", "unevaluated"),
        ("9^{9^{9^9}}", r"\boxed{9^{9^{9^8}}}", "undecided"),
    ],
)
def test_a_wrong_answer_names_the_rung_too(reference, completion, rung):
    found = verdict(reference, completion)
    assert (found.outcome, found.decided_by) == (Outcome.INCORRECT, rung)
    assert found.reward == 0.0


@pytest.mark.parametrize(
    ("completion", "outcome", "reason"),
    [
        ("", Outcome.NO_ANSWER, "no_answer"),
        ("<think>2", Outcome.NO_ANSWER, "unclosed_think"),
        (r"\boxed{\frac{1}{}}", Outcome.INVALID_ANSWER, "not_mathematics"),
        (r"\boxed{1/0}", Outcome.INVALID_ANSWER, "undefined"),
        (r"\boxed{" + "1" * 5000 + "}", Outcome.INVALID_ANSWER, "beyond_limits"),
        (r"\boxed{" + "(" * 99 + "1" + ")" * 99 + "}", Outcome.INVALID_ANSWER, "beyond_limits"),
    ],
)
def test_the_candidates_faults_have_their_own_reasons(completion, outcome, reason):
    found = verdict("2", completion)
    assert (found.outcome, found.reason, found.reward) == (outcome, reason, 0.0)


def test_two_different_boxes_are_invalid_under_the_strict_policy():
    found = verdict("2", r"\boxed{1} no, \boxed{2}", extraction=AnswerPolicy(several="strict"))
    assert (found.outcome, found.reason) == (Outcome.INVALID_ANSWER, "ambiguous")


@pytest.mark.parametrize(
    "reference", [r"\frac{1}{", "1/0", "   ", "@#!", "(" * 99, "1" * 5000, r"\unknown{3}"]
)
def test_a_reference_that_cannot_be_read_is_a_bad_task(reference):
    found = verdict(reference, r"\boxed{1}")
    assert (found.outcome, found.reward) == (Outcome.BAD_TASK, None)
    assert found.message.startswith("reference: ")


def test_a_bad_reference_in_a_list_is_named_by_its_place():
    found = verdict(["1", r"\frac{"], r"\boxed{1}")
    assert found.message.startswith("reference[1]: ")


def test_an_empty_list_of_references_is_a_bad_task():
    assert verdict([], r"\boxed{1}").outcome is Outcome.BAD_TASK


@pytest.mark.parametrize("answer", ["2", "3"])
def test_any_of_several_references_is_accepted(answer):
    assert verdict(["2", "3"], rf"\boxed{{{answer}}}").outcome is Outcome.CORRECT


def test_rounding_can_be_refused():
    assert verdict("3.14", r"\boxed{\pi}", rounding="never").outcome is Outcome.INCORRECT


def test_lists_can_be_ordered():
    assert verdict("1,2", r"\boxed{2,1}", order="ordered").outcome is Outcome.INCORRECT
    assert verdict("1,2", r"\boxed{1,2}", order="ordered").outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("reference", "completion"),
    [
        ("42", "After some work the answer is 42."),
        ("x>5", "Therefore $x \\gt 5$ is the solution."),
        ("1000.99", "not it's not 10 it's 1,000.99 m²"),
        ("34", "Final Answer: The largest $n$ is 34."),
        (r"\frac{1}{3}", "So we find \\[ \\frac13 \\] as claimed."),
    ],
)
def test_an_answer_in_prose_is_found(reference, completion):
    assert verdict(reference, completion).outcome is Outcome.CORRECT


def test_prose_with_alternatives_earns_nothing():
    assert verdict("42", "It is 41 or 42").reward == 0.0


@pytest.mark.parametrize(
    "parameters",
    ["{}", '{"reference": 5}', '{"reference": "1", "tolerance": 1}', '{"reference": ""}'],
)
def test_malformed_parameters_name_their_field(parameters):
    from adjudge_verifiers.contract import BadTask

    with pytest.raises(BadTask) as caught:
        read_parameters(VERIFIER, parameters)
    assert caught.value.field


def test_the_module_of_the_verifier_loads_neither_flint_nor_sympy():
    # Given a fresh interpreter; then only parameters and extraction are loaded (workers stay small)
    import subprocess
    import sys

    code = "import adjudge_verifiers.mathematics, sys; print({'flint','sympy'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
