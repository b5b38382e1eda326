"""Outputs against expected outputs, checker by checker."""

import time

import pytest

from adjudge_verifiers.programs.checkers import (
    exact,
    floats,
    tokens,
    trailing_space,
    unordered_lines,
)
from adjudge_verifiers.programs.checkers.excerpt import excerpt


def near(expected, output, rel_tol=1e-6, abs_tol=1e-6):
    return floats.difference(expected, output, rel_tol=rel_tol, abs_tol=abs_tol)


CHECKERS = [
    exact.difference,
    tokens.difference,
    trailing_space.difference,
    unordered_lines.difference,
    near,
]


@pytest.mark.parametrize(
    ("expected", "output"),
    [
        (b"1 2\n", b"1 2\n"),
        (b"1 2\n", b"1 2"),
        (b"1 2\n", b"  1\n\t2 \r\n\n"),
        (b"", b" \n"),
        (b"caf\xc3\xa9", b"caf\xc3\xa9\n"),
        (b"\xff\xfe", b"\xff\xfe\n"),
    ],
)
def test_tokens_agree_whatever_the_spacing(expected, output):
    assert tokens.difference(expected, output) is None


@pytest.mark.parametrize(
    ("expected", "output", "says"),
    [
        (b"1 2", b"12", "word 1 (line 1)"),
        (b"12", b"1 2", "word 1"),
        (b"1 2", b"1", "ends too early, after 1 words"),
        (b"1\n2", b"1\n2\n3", "goes on after its end, in line 3: '3'"),
        (b"1\n2\n3", b"1\n2\n4", "word 3 (line 3) is wrong: '4'"),
        (b"1", b"", "ends too early"),
        (b"", b"x", "goes on"),
        (b"1", b"1.0", "word 1"),
        (b"1", b"01", "word 1"),
        (b"yes", b"Yes", "word 1"),
        (b"1 2", b"1\xc2\xa02", "word 1"),  # a no-break space is no white space
        (b"1 2", b"1\x002", "word 1"),
        (b"a" * 70_000, b"a" * 70_000 + b"b", "after its first 64 KiB"),
        (b"1 " * 50_000 + b"2", b"1 " * 50_000 + b"3", "after its first 64 KiB"),
    ],
)
def test_tokens_that_differ_are_named(expected, output, says):
    assert says in tokens.difference(expected, output)


@pytest.mark.parametrize("output", [b"a", b"a\n\n", b"a \n", b"a\r\n", b"", b"b\n", b"a\n\x00"])
def test_exact_refuses_every_other_byte(output):
    assert exact.difference(b"a\n", output)
    assert exact.difference(b"a\n", b"a\n") is None


def test_exact_says_where_it_differs():
    expected = b"x" * 5000 + b"\nabc\n"

    assert "line 2 is wrong from byte 5002" in exact.difference(expected, b"x" * 5000 + b"\naXc\n")
    assert "too early" in exact.difference(expected, b"x" * 5000)
    assert "goes on after its end" in exact.difference(expected, expected + b"!")


@pytest.mark.parametrize(
    "output", [b"a b\n\nc\n", b"a b  \n\t\nc", b"a b\r\n\r\nc\r\n\r\n", b"a b\n\nc\n\n\n"]
)
def test_trailing_space_is_ignored(output):
    assert trailing_space.difference(b"a b\n\nc\n", output) is None


@pytest.mark.parametrize(
    "output",
    [b" a b\n\nc\n", b"a  b\n\nc\n", b"a b\nc\n", b"a b\n\nc\nd", b"a b\n\n", b"", b"\na b\n\nc"],
)
def test_other_space_is_not_ignored(output):
    assert trailing_space.difference(b"a b\n\nc\n", output)


@pytest.mark.parametrize("output", [b"b\na\na\n", b"a\na\nb", b"a \nb\t\na\n\n"])
def test_lines_may_come_in_any_order(output):
    assert unordered_lines.difference(b"a\nb\na\n", output) is None


@pytest.mark.parametrize(
    "output", [b"a\nb\n", b"a\nb\nb\n", b"a\na\na\nb\n", b"a b a", b"", b"a\nb\nA\n"]
)
def test_lines_must_come_as_often_as_expected(output):
    assert unordered_lines.difference(b"a\nb\na\n", output)


@pytest.mark.parametrize(
    ("expected", "output"),
    [
        (b"0.333333", b"0.3333333333"),
        (b"x 1.5 y", b"x\n1.50 y\n"),
        (b"1e5", b"100000.0"),
        (b"100000.0", b"100000"),
        (b".5", b"0.5"),
        (b"3.", b"+3.0"),
        (b"0.0", b"-0.0"),
        (b"0.0", b"1e-7"),
        (b"5", b"5"),
        (b"5", b"+05"),
        (b"5", b"5.0000001"),
        (b"1", b"0.9999999"),
        (b"-0", b"0"),
        (b"9" * 500, b"9" * 500),
        (b"9" * 500, b"0" + b"9" * 500),
        (b"123456789012345678901", b"123456789012345678901.000"),
        (b"inf", b"inf"),  # a word like any other
    ],
)
def test_floats_within_tolerance_agree(expected, output):
    assert near(expected, output) is None


@pytest.mark.parametrize(
    ("expected", "output"),
    [
        (b"0.333333", b"0.34"),
        (b"1.0", b"nan"),
        (b"nan", b"nan"),
        (b"NaN", b"NaN"),
        (b"-nan(0x8)", b"-nan(0x8)"),
        (b"1.0", b"inf"),
        (b"1e400", b"1e401"),
        (b"1e308", b"1e400"),
        (b"1.0", b"1e400"),
        (b"255.0", b"0xff"),
        (b"1000.0", b"1_000"),
        (b"1.0", "\u0661".encode()),  # an Arabic one
        (b"1.0", "\uff11".encode()),  # a full-width one
        (b"1.5", b"1,5"),
        (b"1.0", b"1.0f"),
        (b"1.0", b"True"),
        (b"1.0", b""),
        (b"1.0 2.0", b"1.0"),
        (b"1.0", b"1.0 1.0"),
        (b"1.0", b"1.0.0"),
        (b"1.0", b"--1.0"),
        (b"1.0", b"1e"),
        (b"1.0", b"."),
        (b"1000000000", b"1000000001"),  # integers are exact
        (b"1000000000", b"1000000001.0"),
        (b"1000000000", b"1.000000001e9"),
        (b"9007199254740993", b"9007199254740992.0"),
        (b"9007199254740993", b"9007199254740993.5"),
        (b"9" * 500, b"9" * 499 + b"8"),
        (b"word", b"Word"),
        (b"-5", b"5"),
    ],
)
def test_floats_that_differ_or_are_no_numbers_are_refused(expected, output):
    assert near(expected, output)


def test_float_tolerances_are_relative_or_absolute():
    assert near(b"1000.0", b"1001.0", rel_tol=1e-3, abs_tol=0.0) is None
    assert near(b"1000.0", b"1001.1", rel_tol=1e-3, abs_tol=0.0)
    assert near(b"0.001", b"0.002", rel_tol=0.0, abs_tol=1e-3) is None
    assert near(b"0.1", b"0.1", rel_tol=0.0, abs_tol=0.0) is None
    assert near(b"0.1", b"0.10000000000000001", rel_tol=0.0, abs_tol=0.0) is None  # the same double


@pytest.mark.parametrize("difference", CHECKERS)
@pytest.mark.parametrize(
    "output", [b"1\xff", b"\x00", b"\xed\xa0\x80", b"\n" * 9, b"9" * 5000, b"'\x1b["]
)
def test_no_output_raises_and_none_shows_more_than_an_excerpt(difference, output):
    says = difference(b"expected-word", output)

    assert says
    assert says.isprintable()
    assert len(says) < 200
    assert "expected-word" not in says


@pytest.mark.parametrize("difference", CHECKERS)
@pytest.mark.parametrize(
    ("expected", "output"),
    [
        (b"1 " * 500_000, b"1\n" * 500_000 + b"2"),
        (b"1\n", b" " * 4_000_000),
        (b"1\n", b"\n" * 4_000_000),
        (b"1\n", b"1 " * 2_000_000),
        (b"1" * 2_000_000, b"1" * 2_000_001),
        (b"1\n2\n", b" " * 2_000_000 + b"x" + b" " * 2_000_000),
        (b"1.0 " * 1000, b"1" * 4_000_000),
    ],
    ids=lambda text: ascii(text[:8]) if isinstance(text, bytes) else None,
)
def test_large_outputs_cost_linear_time(difference, expected, output):
    started = time.process_time()

    assert difference(expected, output)
    assert time.process_time() - started < 1.5


def test_an_excerpt_is_short_and_printable():
    assert excerpt(b"abc") == "'abc'"
    assert excerpt(b"a\x00\n\xff") == r"'a\x00\n\xff'"
    assert excerpt(b"x" * 100) == f"'{'x' * 60}'…"
    assert len(excerpt(b"\x00" * 1000)) < 70


@pytest.mark.parametrize(
    ("expected", "output", "right"),
    [
        (b"a b b", b"b a\nb", True),
        (b"a b b", b"a a b", False),
        (b"a b", b"a b c", False),
        (b"a b", b"a", False),
        (b"1 1.0", b"1.0 1", True),
        (b"ab", b"a b", False),
        (b"", b" \n", True),
    ],
)
def test_unordered_tokens(expected, output, right):
    from adjudge_verifiers.programs.checkers import unordered_tokens

    assert (unordered_tokens.difference(expected, output) is None) is right


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("YES", "yes", True),
        ("Straße", "STRASSE", True),
        ("ÉTÉ", "été", True),
        ("a", "b", False),
        ("I", "l", False),
    ],
)
def test_letters_without_case(one, other, same):
    from adjudge_verifiers.programs.checkers.case import folded

    assert (folded(one.encode()) == folded(other.encode())) is same


def test_bytes_that_are_no_text_stay_themselves():
    from adjudge_verifiers.programs.checkers.case import folded

    assert folded(b"A\xff\xc3") == b"a\xff\xc3"
