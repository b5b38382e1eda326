"""Returned values against expected values."""

import math
import time

import pytest

from adjudge_verifiers.contract import BadTask
from adjudge_verifiers.programs.tagged import read_value
from adjudge_verifiers.programs.values import describe, difference


def differ(expected, value, rel_tol=1e-9, abs_tol=0.0):
    return difference(expected, value, rel_tol=rel_tol, abs_tol=abs_tol)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        (None, None),
        (True, True),
        (True, 1),
        (1, True),
        (2, 2.0),
        (2.0, 2),
        (0.3, 0.1 + 0.2),
        (0.0, math.sin(math.pi)),
        (-0.0, 0.0),
        (10**400, 10**400),
        ("a", "a"),
        ([1, 2], (1, 2)),
        ((1, (2,)), [1, [2]]),
        ([], ()),
        ({"a": [0.3]}, {"a": (0.1 + 0.2,)}),
        ({1: 2}, {1: 2}),
        ({1, (2, 3)}, {(2, 3), 1}),
        (math.inf, math.inf),
    ],
)
def test_equal_values_agree(expected, value):
    assert differ(expected, value) is None


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        (None, 0),
        (None, False),
        (0, None),
        (1, "1"),
        ("1", 1),
        (2, 2.0000000001),
        (10**400, 10**400 + 1),
        (2**53 + 1, float(2**53)),
        (1.0, 10**400),
        (1.0, math.nan),
        (math.inf, math.nan),
        (1.0, math.inf),
        (math.inf, 1e308),
        (6.6e-34, 0.0),
        (0.0, 1e-9),
        (0.3, 0.30001),
        ([1, 2], [2, 1]),
        ([1, 2], [1]),
        ([1, 2], [1, 2, 3]),
        ([1, 2], {1, 2}),
        ({1, 2}, [1, 2]),
        ([1], {0: 1}),
        ("ab", ["a", "b"]),
        (["a", "b"], "ab"),
        ({"1": 2}, {1: 2}),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, [("a", 1)]),
        ([[1], [2]], [[1], [3]]),
        ([math.inf], [math.nan]),
        ("a", b"a"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_values_that_differ_are_refused(expected, value):
    assert differ(expected, value).startswith("the returned value is wrong")


class AlwaysEqual:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash(1)


class EqualInt(int):
    __eq__ = AlwaysEqual.__eq__
    __hash__ = AlwaysEqual.__hash__


@pytest.mark.parametrize("expected", [None, True, 1, 1.0, "a", [1], {"a": 1}, {1}])
@pytest.mark.parametrize("value", [AlwaysEqual(), EqualInt(7)])
def test_an_object_that_equals_everything_equals_nothing(expected, value):
    assert differ(expected, value)


def test_nan_does_not_equal_itself_by_identity():
    nan = math.nan

    assert differ([nan], [nan])


def test_the_place_of_the_first_difference_is_named():
    assert differ({"a": [1, 2]}, {"a": [1, 9]}) == "the returned value is wrong: value['a'][1] is 9"
    assert differ([[0.5]], [[0.75]]) == "the returned value is wrong: value[0][0] is 0.75"


def test_zero_tolerance_is_exact():
    assert differ(0.3, 0.1 + 0.2, rel_tol=0.0)
    assert differ(0.0, 5e-324, rel_tol=0.0)


@pytest.mark.parametrize(
    "value",
    ["x" * 10**7, 2 ** (10**6), [0] * 10**6, {"k" * 10**6: 1}, "\x00" * 1000],
    ids=["str", "int", "list", "dict", "control characters"],
)
def test_describing_a_value_is_quick_and_short(value):
    started = time.process_time()

    assert len(describe(value)) < 300
    assert time.process_time() - started < 0.1


def test_tags_stand_for_python_values():
    value = {"$dict": [[{"$tuple": [1, 2]}, {"$set": ["a"]}], [3, [{"$tuple": []}]]]}

    assert read_value(value, "x", tagged=True) == {(1, 2): {"a"}, 3: [()]}
    assert read_value(value, "x", tagged=False) == value


@pytest.mark.parametrize(
    "value",
    [
        {"$frozenset": []},
        {"$tuple": 1},
        {"$set": [[1]]},
        {"$dict": [[1]]},
        {"$dict": [[[1], 2]]},
        [math.nan],
        {"a": math.inf},
    ],
)
def test_a_value_that_cannot_be_read_names_its_field(value):
    with pytest.raises(BadTask) as caught:
        read_value(value, "tests[0].expected", tagged=True)

    assert caught.value.field == "tests[0].expected"


def test_a_value_nested_too_deeply_is_refused():
    value = []
    for _ in range(101):
        value = [value]

    with pytest.raises(BadTask, match="levels deep"):
        read_value(value, "x", tagged=False)
