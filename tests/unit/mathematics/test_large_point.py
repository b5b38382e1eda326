"""Small fractions of polynomials are compared at one large point as flint compares them."""

import random

import pytest

from adjudge_verifiers.mathematics.algebra.fields import Field
from adjudge_verifiers.mathematics.algebra.large_point import equal_at_large_point
from adjudge_verifiers.mathematics.errors import Undefined
from adjudge_verifiers.mathematics.reading.text import read

NAMES = ("x", "y", "z", "π")
PAIRS = [
    ("(x+25)(x+45)", "x^2 + 70x + 1125", True),
    ("x^2 + 70x + 1125", "x^2 + 70x + 1126", False),
    (r"\frac{x^2-1}{x-1}", "x+1", True),
    (r"\frac{1}{x} + \frac{1}{y}", r"\frac{x+y}{xy}", True),
    (r"\frac{x}{2} + 0.5x", "x", True),
    ("(x+y)^3", "x^3+3x^2y+3xy^2+y^3", True),
    ("x^{16}", "y", None),
    ("x^{14}", "y", False),
    ("x^{-1}", r"\frac{1}{x}", True),
    (r"3\pi x/6", r"\frac{\pi x}{2}", True),
    (r"\pi", "355/113", False),
    ("(x+y+z)^2", "x^2+y^2+z^2+2xy+2yz+2zx", True),
    ("a+b+c+d", "d+c+b+a", None),
    ("x^{64}", "x^{64}", None),
    ("x^8 y^8", "x^8 y^8", None),
    ("(10^{20}x)^2 + x", "10^{40}x^2 + x", None),
    (r"\sqrt{2}", "x", None),
    ("e^2", "x", None),
]


@pytest.mark.parametrize(("left", "right", "equal"), PAIRS)
def test_pairs_are_decided_or_left_to_others(left: str, right: str, *, equal: bool | None) -> None:
    one, other = read(left).node, read(right).node
    assert equal_at_large_point(one, other) is equal
    assert equal_at_large_point(other, one) is equal


def test_a_division_by_nothing_is_undefined() -> None:
    for text in (r"\frac{1}{x-x}", "(x-x)^{-1}", r"\frac{1}{(x+1)^2-x^2-2x-1}"):
        with pytest.raises(Undefined):
            equal_at_large_point(read(text).node, read("x").node)


def test_what_it_decides_flint_decides_so_too() -> None:
    dice = random.Random(7)

    def expression(depth: int) -> str:
        if depth == 0:
            return dice.choice(["x", "y", "z", "2", "3", "7", r"\pi"])
        one, other = expression(depth - 1), expression(dice.randrange(depth))
        joined = [f"({one}+{other})", f"({one}-{other})", f"({one})({other})", f"(-{one})"]
        return dice.choice([*joined, rf"\frac{{{one}}}{{{other}}}", f"({one})^2"])

    decided = 0
    for _ in range(400):
        left = expression(3)
        right = left.replace("x+y", "y+x") if dice.random() < 0.5 else expression(2)
        try:
            one, other = read(left).node, read(right).node
            equal = equal_at_large_point(one, other)
            ours, theirs = Field(NAMES).fraction(one), Field(NAMES).fraction(other)
        except Undefined:
            continue
        if equal is None or ours is None or theirs is None:
            continue
        decided += 1
        assert equal is (ours[0] * theirs[1] == theirs[0] * ours[1])
    assert decided > 200
