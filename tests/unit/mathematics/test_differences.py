"""Explanations of wrong answers: right, bounded, and only where they are asked for."""

import time

import pytest

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.judging import judge, prepare
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters


def verdict(reference, answer, **options):
    options = {"explain": True, **options}
    task = prepare(Mathematics(), MathematicsParameters(reference=reference, **options))
    return judge(task, rf"\boxed{{{answer}}}")


MATRIX = r"\begin{pmatrix}1&2\\3&4\end{pmatrix}"
EXPLAINED = [
    ("2", "3", "value", "the answer is 3, the reference 2"),
    ("x+1", "x", "point", "at x = 2 the answer gives 2, the reference 3"),
    (r"\sqrt2", "1.41", "value", "the answer is 1.41, the reference 1.41421356237"),
    ("(1,2)", "(1,3)", "value", "element 2: the answer is 3, the reference 2"),
    ("(1,2,3)", "(1,2)", "count", "the answer has 2 elements, the reference 3"),
    (r"\{1,2\}", r"\{1,3\}", "missing", "2 is missing"),
    ("1,2", "2", "missing", "1 is missing"),
    ("2", "2,3", "extra", "3 is extra"),
    (r"\pm 2", "2", "missing", "-2 is missing"),
    (r"3 \text{ km}", r"3 \text{ kg}", "unit", "the units contradict each other: 3 kg"),
    (r"3 \text{ km}", r"3 \text{ m}", "value", "the answer says 3 m, the reference 3 km"),
    ("[0,1]", "[0,1)", "member", "1 belongs to the reference and not to the answer"),
    ("x>5", "x<5", "member", "0 belongs to the answer and not to the reference"),
    ("y=2x+1", "y=2x+2", "point", "at x = 2 the answer gives 6, the reference 5"),
    ("x+y=3", "x+y=4", "solution", "x = 0, y = 3 solves the reference and not the answer"),
    ("204_5", "204_6", "base", "204_6"),
    (r"3 \pmod 7", r"3 \pmod 8", "base", "the modulus is 8"),
    (
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
        r"\begin{pmatrix}1&2\\3&5\end{pmatrix}",
        "value",
        "row 2, column 2: the answer is 5, the reference 4",
    ),
    ("((1,2),(3,4))", "((1,2),(3,5))", "value", "element 2 of element 2"),
    ("1:2", "1:3", "value", "1:3"),
    ("5", "(5,6)", "shape", "the answer is a tuple, the reference one value"),
    ("1/3", r"\int_0^1 x^2\,dx", "unevaluated", "leaves an operation"),
    ("1/300!", "1/301!", "value", "3.26735976111e-615"),
    (r"\sin x", r"\cos x", "point", "0.909297426826"),
    (r"\text{Paris}", r"\text{Rome}", "word", "Rome"),
    (r"e^{\pi\sqrt{163}}", "262537412640768744", "value", "262537412640768743.99999"),
]


@pytest.mark.parametrize(("reference", "answer", "kind", "words"), EXPLAINED)
def test_a_wrong_answer_is_explained(reference, answer, kind, words):
    found = verdict(reference, answer)
    assert found.outcome is Outcome.INCORRECT
    difference = found.details["difference"]
    assert difference["kind"] == kind
    assert words in difference["message"]
    assert difference["message"] in found.message
    assert found.reward == 0.0


def test_no_explanation_is_given_unasked():
    found = verdict("2", "3", explain=False)
    assert "difference" not in found.details
    assert "2" not in found.message


def test_right_and_undecided_answers_are_not_explained():
    assert "difference" not in verdict("2", "2").details
    found = verdict("9^{9^{9^9}}", "9^{9^{9^8}}")
    assert (found.reason, "difference" in found.details) == ("undecided", False)


@pytest.mark.parametrize("answer", ["2x+y+", "(x+1)^{60}+", r"\frac{1}{x}+", r"\sqrt{x}+"])
def test_a_point_is_one_where_the_two_do_differ(answer):
    # Given answers that differ by 1; then the two values differ by 1
    difference = verdict(answer.rstrip("+"), answer + "1")
    difference = difference.details["difference"]
    assert float(_number(difference["answer"]) - _number(difference["reference"])) == pytest.approx(
        1
    )


def _number(text):
    from fractions import Fraction

    return Fraction(text)


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        (",".join(f"x_{{{n}}}" for n in range(200)), ",".join(f"y_{{{n}}}" for n in range(200))),
        (
            r"\{" + ",".join(rf"\sin {n}" for n in range(40)) + r"\}",
            r"\{" + ",".join("1" * 40) + r"\}",
        ),
        ("+".join("abcdfghjk"), "1"),
        (r"\sin(10^{10^6})", "2"),
        ("x^{x^{x^x}}", "y^{y^y}"),
        ("(" * 20 + "1,2" + ")" * 20, "(" * 20 + "1,3" + ")" * 20),
        ("x^2+y^2+z^2+w^2=10^{40}", "x^2+y^2+z^2+w^2=10^{41}"),
        (r"\bigcup" + "[0,1]", "[0,2]"),
        ("1" * 900, "1" * 899),
    ],
)
def test_an_explanation_is_bounded_and_never_raises(reference, answer):
    task = prepare(Mathematics(), MathematicsParameters(reference=reference, explain=True))
    if not hasattr(task, "prepared"):
        return
    start = time.process_time()
    found = judge(task, rf"\boxed{{{answer}}}")
    assert time.process_time() - start < 0.5
    assert found.reward == 0.0
    difference = (found.details or {}).get("difference")
    if difference:
        assert len(difference["message"]) <= 800
        assert all(len(difference[name]) <= 200 for name in ("answer", "reference", "where"))
