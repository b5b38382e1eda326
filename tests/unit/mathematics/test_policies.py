"""Every policy of docs/mathematics.md: its default, and what its option changes."""

from pathlib import Path
from typing import get_args

import pytest

from adjudge_verifiers.contract import BadTask, Outcome
from adjudge_verifiers.extraction import AnswerPolicy
from adjudge_verifiers.judging import judge, prepare, read_parameters
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters
from adjudge_verifiers.mathematics.parameters import RequiredForm


def accepts(reference, answer, **options):
    task = prepare(Mathematics(), MathematicsParameters(reference=reference, **options))
    return judge(task, rf"\boxed{{{answer}}}").outcome is Outcome.CORRECT


DEFAULTS = [
    # exact unless the reference itself is a decimal; then its written precision counts
    ("1/3", "0.333", False),
    ("0.33", "1/3", True),
    ("0.33", "0.337", False),
    ("3.14", r"\pi", True),
    (r"\pi", "3.14", False),
    # units
    (r"5 \text{ cm}", "5", True),
    ("5", r"5 \text{ cm}", True),
    (r"5 \text{ cm}", r"5 \text{ kg}", False),
    (r"5 \text{ m}", r"500 \text{ cm}", True),
    (r"5 \text{ m}", r"5 \text{ cm}", False),
    # order
    ("(1,2)", "(2,1)", False),
    (r"\{1,2\}", r"\{2,1\}", True),
    ("1,2", "2,1", True),
    # intervals and inequalities
    ("(1,2]", r"1 < x \le 2", True),
    ("(1,2]", r"\{x \mid 1 < x \le 2\}", True),
    ("x > 3", r"(3, \infty)", True),
    ("(1,2]", "[1,2]", False),
    # odd roots are real
    ("-2", r"\sqrt[3]{-8}", True),
    ("-2", "(-8)^{1/3}", True),
    (r"1+\sqrt{3}i", r"\sqrt[3]{-8}", False),
    # operations that restate the question
    ("1/3", r"\int_0^1 x^2\,dx", False),
    ("5", r"\lim_{x\to 2} (x+3)", False),
    ("2x", r"\frac{d}{dx} x^2", False),
    # alternatives
    ("3", r"3 \text{ or } 4", False),
    ("3", r"\text{either } 3 \text{ or } 4", False),
]


@pytest.mark.parametrize(("reference", "answer", "right"), DEFAULTS)
def test_a_default_holds(reference, answer, right):
    assert accepts(reference, answer) is right


@pytest.mark.parametrize(
    ("completion", "right"),
    [
        (r"\boxed{41} Wait, that is wrong: \boxed{42}", True),
        (r"First \boxed{41}, and then the final answer is \boxed{42}", True),
        (r"\boxed{42} no, \boxed{41}", False),
        (r"\boxed{42} or \boxed{41}", False),
    ],
)
def test_of_several_boxes_the_last_counts_and_alternatives_earn_nothing(completion, right):
    task = prepare(Mathematics(), MathematicsParameters(reference="42"))
    assert (judge(task, completion).outcome is Outcome.CORRECT) is right


@pytest.mark.parametrize(
    ("several", "outcome"),
    [
        ("last", Outcome.CORRECT),
        ("first", Outcome.INCORRECT),
        ("strict", Outcome.INVALID_ANSWER),
    ],
)
def test_which_of_several_boxes_counts_is_an_option(several, outcome):
    parameters = MathematicsParameters(reference="2", extraction=AnswerPolicy(several=several))
    task = prepare(Mathematics(), parameters)
    assert judge(task, r"\boxed{1} and so \boxed{2}").outcome is outcome


OPTIONS = [
    ({"rounding": "never"}, "3.14", r"\pi", False),
    ({"tolerance": {"relative": 0.01}}, "1/3", "0.333", True),
    ({"tolerance": {"relative": 0.01}}, "1/3", "0.34", False),
    ({"tolerance": {"relative": 0.01}}, "100", "101", True),
    ({"tolerance": {"relative": 0.01}}, "100", "101.1", False),
    ({"tolerance": {"absolute": 0.1}}, "5", "5.1", True),
    ({"tolerance": {"absolute": 0.1}}, "5", "5.11", False),
    ({"tolerance": {"absolute": 0.1}}, r"\sqrt{2}", "1.5", True),
    ({"tolerance": {"absolute": 0.1}}, "3+4i", "3.05+4i", True),
    ({"tolerance": {"absolute": 0.1}}, "3+4i", "3.2+4i", False),
    ({"tolerance": {"absolute": 0.1}}, "(1,2)", "(1.1,2)", True),
    ({"tolerance": {"absolute": 0.1}}, "x", "x+0.05", False),
    ({"tolerance": {"absolute": 0.1}}, r"5 \text{ km}", r"5050 \text{ m}", True),
    ({"tolerance": {"absolute": 0.1}}, r"5 \text{ km}", r"5200 \text{ m}", False),
    ({"tolerance": {"absolute": 0.1}}, r"5 \text{ km}", r"5 \text{ kg}", False),
    ({"units": "required"}, r"5 \text{ cm}", "5", False),
    ({"units": "required"}, "5", r"5 \text{ cm}", False),
    ({"units": "required"}, r"5 \text{ cm}", r"0.05 \text{ m}", True),
    ({"units": "required"}, r"\$5", "5", False),
    ({"units": "required"}, r"12 \text{ apples}", "12", True),
    ({"units": "required"}, r"50\%", "0.5", True),
    ({"units": "required"}, r"50\%", "50", False),
    ({"units": "required"}, r"30^\circ", r"\pi/6", True),
    ({"units": "required"}, r"30^\circ", "30", False),
    ({"units": "ignore"}, r"5 \text{ cm}", r"5 \text{ kg}", True),
    ({"units": "ignore"}, r"5 \text{ m}", r"500 \text{ cm}", True),
    ({"units": "ignore"}, r"5 \text{ m}", r"6 \text{ m}", False),
    ({"order": "ordered"}, "1,2", "2,1", False),
    ({"order": "ordered"}, "1,2", "1,2", True),
    ({"order": "ordered"}, r"\{1,2\}", r"\{2,1\}", True),
    ({"order": "unordered"}, "(1,2,3)", "(3,2,1)", True),
    ({"order": "unordered"}, "(1,2,2)", "(1,1,2)", False),
    ({"order": "unordered"}, "(1,2,3)", "3,2,1", True),
    ({"odd_roots": "principal"}, r"1+\sqrt{3}i", r"\sqrt[3]{-8}", True),
    ({"odd_roots": "principal"}, r"\sqrt[3]{-8}", r"1+\sqrt{3}i", True),
    ({"odd_roots": "principal"}, "-2", r"\sqrt[3]{-8}", False),
    ({"odd_roots": "principal"}, "2", r"\sqrt[3]{8}", True),
    ({"odd_roots": "principal"}, "x^{1/3}", r"\sqrt[3]{x}", True),
    ({"odd_roots": "principal"}, "-1/2+\\sqrt{3}/2 i", "(-1)^{2/3}", True),
]


@pytest.mark.parametrize(("options", "reference", "answer", "right"), OPTIONS)
def test_an_option_changes_its_policy(options, reference, answer, right):
    assert accepts(reference, answer, **options) is right


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rounding", '"sometimes"'),
        ("tolerance", "0.1"),
        ("tolerance", '{"relative": -1}'),
        ("tolerance", '{"relative": 1.5}'),
        ("tolerance", '{"percent": 1}'),
        ("units", '"maybe"'),
        ("order", '"sorted"'),
        ("odd_roots", '"complex"'),
        ("required_form", '"pretty"'),
        ("explain", '"why"'),
        ("choices", "[]"),
        ("ordered", "true"),
    ],
)
def test_an_unknown_value_is_refused_by_name(field, value):
    with pytest.raises(BadTask) as caught:
        read_parameters(Mathematics(), f'{{"reference": "1", "{field}": {value}}}')
    assert caught.value.field.startswith(field)


def test_every_option_is_described_in_the_published_schema():
    schema = MathematicsParameters.model_json_schema()
    assert all(field.get("description") for field in schema["properties"].values())


def test_the_page_for_users_names_every_option_and_form():
    page = (Path(__file__).parents[3] / "docs" / "mathematics.md").read_text(encoding="utf-8")
    names = {name for name in MathematicsParameters.model_fields if name != "extraction"}
    names |= set(get_args(RequiredForm)) | {"extraction.sources", "extraction.several"}
    assert not [name for name in sorted(names) if f"`{name}`" not in page]
