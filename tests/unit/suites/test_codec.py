"""Values over the wire: equal, of the same types, with the same identities."""

import collections
import datetime as dt
import decimal
import fractions
import json
import math
import pathlib
import typing
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge_worker.guest.suites.codec import DEPTH_LIMIT, Decoder, Encoder, Shared
from adjudge_worker.guest.suites.wire import BadFrame


def no_handle(*_):
    raise TypeError("no plain data")


def sent(value):
    tree = Encoder(Shared(), no_handle).tree(value)
    return Decoder(Shared(), no_handle).value(json.loads(json.dumps(tree)))


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -(2**63), 2**63, -(2**200), 1.5, -0.0, math.inf, "é\ud800", "", b"\x00\xff",
        bytearray(b"x"), 1 - 2j, [], [1, "a", None], [True, 2], [1, 2.0, 2**70], (), (1, (2,)),
        {1, "a"}, frozenset([(1,)]), {}, {"a": 1, 2: [3], (4,): None}, range(1, 9, 2),
        slice(None, 2, 3), collections.deque([1, 2], 3), collections.deque(),
        collections.Counter("aab"), collections.OrderedDict([("b", 1), ("a", 2)]),
        collections.defaultdict(list, {"a": [1]}), {1: 2}.keys(), {1: [2]}.items(),
        decimal.Decimal("1.50"), fractions.Fraction(-1, 3), dt.date(2024, 2, 29),
        dt.time(1, 2, 3), dt.timedelta(-1, 2, 3), dt.UTC,
        dt.datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=dt.UTC), uuid.UUID(int=7),
        pathlib.Path("a/b"), pathlib.PurePosixPath("/"), ..., NotImplemented, int, ValueError, len,
        math.sqrt, typing.List,  # noqa: UP006 - the name is the value
        collections.OrderedDict, json.JSONDecodeError,
    ],
    ids=ascii,
)  # fmt: skip
def test_plain_values_arrive_as_they_went(value):
    arrived = sent(value)

    assert type(arrived) is type(value)
    assert arrived == value
    assert repr(arrived) == repr(value)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text() | st.integers(), inner)
    ),
    max_leaves=20,
)


@given(PLAIN)
def test_any_plain_value_arrives_as_it_went(value):
    assert repr(sent(value)) == repr(value)


def test_arrays_arrive_as_they_went():
    numpy = pytest.importorskip("numpy")
    for array in (
        numpy.arange(6.0).reshape(2, 3), numpy.array([], dtype="int8"), numpy.array(["a", "bc"]),
        numpy.array([True]), numpy.array(5), numpy.array(["2024-01-01"], dtype="datetime64[D]"),
    ):  # fmt: skip
        arrived = sent(array)
        assert arrived.dtype == array.dtype
        numpy.testing.assert_array_equal(arrived, array)
    assert type(sent(numpy.float64(1.5))) is numpy.float64


def test_one_list_is_one_list_and_may_hold_itself():
    inner: list = [1]
    inner.append(inner)

    one, other, (third,) = sent([inner, inner, (inner,)])

    assert one is other is third is one[1]


def test_a_value_that_is_too_deep_does_not_go():
    value: list = []
    for _ in range(DEPTH_LIMIT + 5):
        value = [value]
    with pytest.raises(ValueError, match="deep"):
        sent(value)


def test_a_tree_that_is_too_deep_does_not_come():
    tree: list = []
    for _ in range(DEPTH_LIMIT + 5):
        tree = [tree]
    with pytest.raises(BadFrame, match="deep"):
        Decoder(Shared(), no_handle).value(tree)
