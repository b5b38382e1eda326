"""Fractions of polynomials, families of solutions, remembered readings and verdicts."""

import pytest

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.mathematics import Mathematics, MathematicsParameters
from adjudge_verifiers.mathematics.algebra.fields import equal_fractions
from adjudge_verifiers.mathematics.comparing.families import same_solutions
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.reading.answers import parse_answer
from adjudge_verifiers.mathematics.reading.text import read


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("x^2+2x+1", "(x+1)^2", True),
        ("x^2+2x+1", "(x-1)^2", False),
        (r"\frac{1}{x}+\frac{1}{y}", r"\frac{x+y}{xy}", True),
        (r"x^{-2}", r"\frac{1}{x^2}", True),
        (r"2\pi r", r"r\pi 2", True),
        (r"\sqrt{2}x", "x", None),
        ("x^{100}", "x", None),
        ("((x^{9})^{9})", "x", None),
        ("(a+b+c+d)^{40}", "1", None),
        ("ex", "x", None),
    ],
)
def test_fractions_of_polynomials_are_compared_or_left_to_other_rungs(left, right, equal):
    assert equal_fractions(read(left).node, read(right).node) is equal
    assert equal_fractions(read(right).node, read(left).node) is equal


def test_a_hidden_division_by_zero_is_undefined():
    with pytest.raises(Undefined):
        equal_fractions(read(r"\frac{1}{x-x}").node, read("x").node)


@pytest.mark.parametrize("text", ["7", "-7", "3/4", "-3/4", r"\frac{3}{4}", r"-\dfrac{3}{4}"])
def test_what_is_read_without_the_grammar_reads_as_the_grammar_says(text):
    assert read(text).node == parse_answer(text)[0]


@pytest.mark.parametrize("text", ["3/0", r"\frac{3}{0}", r"-\frac{0}{0}"])
def test_a_simple_fraction_over_zero_is_undefined(text):
    with pytest.raises(Undefined):
        read(text)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (r"\frac{\pi}{4}+k\pi", r"\frac{5\pi}{4}-n\pi", True),
        (r"\frac{\pi}{4}+k\pi", r"\frac{\pi}{4}+2k\pi", False),
        (r"\frac{\pi}{4}+k\pi", r"\frac{3\pi}{4}+k\pi", False),
        ("3k+1", "3k+4", False),
    ],
)
def test_general_solutions_are_the_same_when_shifted_by_whole_periods(left, right, same):
    assert same_solutions(read(left).node, read(right).node) is same
    assert same_solutions(read(right).node, read(left).node) is same


def test_equal_answers_of_a_group_are_judged_once():
    verifier = Mathematics()
    prepared = verifier.prepare(MathematicsParameters(reference="x^2-1"))
    first = verifier.judge(prepared, r"We get \boxed{(x-1)(x+1)}.")
    assert first.outcome is Outcome.CORRECT
    assert verifier.judge(prepared, r"Hence \boxed{(x-1)(x+1)}!") is first
    assert verifier.judge(prepared, r"\boxed{(x-1)(x+2)}").outcome is Outcome.INCORRECT


def test_the_memo_of_a_group_is_bounded():
    verifier = Mathematics()
    prepared = verifier.prepare(MathematicsParameters(reference="1"))
    for number in range(400):
        verifier.judge(prepared, rf"\boxed{{{number}}}")
    verifier.judge(prepared, rf"\boxed{{{'x' * 3_000}}}")
    assert len(prepared.memo) == 256
