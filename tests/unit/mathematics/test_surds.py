"""Products of rationals and square roots, compared by their squares."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjudge_verifiers.mathematics.algebra.normal import Algebra
from adjudge_verifiers.mathematics.algebra.surds import signed_square
from adjudge_verifiers.mathematics.reading.text import read

SMALL = st.integers(-12, 12)
RADICANDS = st.integers(0, 60)


@settings(max_examples=200, deadline=None)
@given(SMALL, RADICANDS, SMALL, RADICANDS)
def test_two_multiples_of_roots_are_equal_when_signs_and_squares_are(a, b, c, d):
    left, right = read(rf"{a}\sqrt{{{b}}}").node, read(rf"{c}\sqrt{{{d}}}").node
    signs = [math.copysign(1, one) if one * root else 0 for one, root in ((a, b), (c, d))]
    assert Algebra().equal(left, right) is (a * a * b == c * c * d and signs[0] == signs[1])


@pytest.mark.parametrize(
    ("text", "square"),
    [(r"\frac{\sqrt{3}}{3}", "1/3"), (r"-2\sqrt{5}", "-20"), (r"\frac{6}{\sqrt{2}}", "18")],
)
def test_the_square_keeps_the_sign_of_its_root(text, square):
    assert str(signed_square(read(text).node)) == square


@pytest.mark.parametrize(
    "text", [r"\sqrt{-4}", r"1+\sqrt{2}", r"\sqrt[3]{2}", r"\pi", "x", r"\sqrt{2+\sqrt{3}}"]
)
def test_what_is_no_such_product_has_no_square_here(text):
    assert signed_square(read(text).node) is None
