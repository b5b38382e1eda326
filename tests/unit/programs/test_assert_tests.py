"""Asserts of the labelled programs, read as tests."""

import ast

import pytest
from benchmarks.assert_tests import NotReadable, _read_assert


def read(text):
    return _read_assert(ast.parse(text).body[0], "f")


@pytest.mark.parametrize(
    ("text", "arguments", "expected", "tolerance"),
    [
        ("assert f(1, 'a') == [2]", [1, "a"], [2], 0.0),
        ("assert candidate(-1) == -2.5", [-1], -2.5, 0.0),
        (
            "assert f((1, {2})) == {3: 4}",
            [{"$tuple": [1, {"$set": [2]}]}],
            {"$dict": [[3, 4]]},
            0.0,
        ),
        ("assert f(1) is True, 'why'", [1], True, 0.0),
        ("assert f(1)", [1], True, 0.0),
        ("assert not f(1)", [1], False, 0.0),
        ("assert abs(f(1) - 2) < 1e-6", [1], 2.0, 1e-6),
        ("assert f([1]) == set([1])", [[1]], {"$set": [1]}, 0.0),
    ],
)
def test_an_assert_on_literals_is_read(text, arguments, expected, tolerance):
    test, found = read(text)

    assert (test["arguments"], test["expected"], found) == (arguments, expected, tolerance)


@pytest.mark.parametrize(
    "text",
    [
        "assert f(x) == 1",
        "assert f(1) == g(2)",
        "assert set(f(1)) == {1}",
        "assert f(1) > 2",
        "assert f(1j) == 2",
        "assert f(*[1]) == 2",
        "for x in y:\n    assert f(x)",
        "assert x",
    ],
)
def test_everything_else_is_left_out(text):
    with pytest.raises(NotReadable):
        read(text)
