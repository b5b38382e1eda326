"""Values as bytes: what is written inside is what is read outside, and nothing else is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge_worker.guest import values as guest
from adjudge_worker.jail import values as outside

HASHABLE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3),
    max_leaves=5,
)
VALUES = st.recursive(
    HASHABLE,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(HASHABLE, inner, max_size=5)
        | st.sets(HASHABLE, max_size=5)
        | st.tuples(inner)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_both_readers_read_what_was_written(value):
    text = guest.encode(value)

    assert outside.decode(text) == value
    assert guest.decode(text) == value
    assert type(outside.decode(text)) is type(value)


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_read_or_refused_but_never_break_anything(text):
    try:
        outside.decode(text)
    except outside.BadValue:
        return


@given(st.integers(min_value=-(2**4000), max_value=2**4000))
def test_integers_are_exact(value):
    assert outside.decode(guest.encode(value)) == value


@pytest.mark.parametrize(
    "value",
    [
        object(),
        b"x",
        bytearray(),
        range(3),
        1j,
        iter([]),
        type("Sub", (int,), {})(3),
        type("Sub", (list,), {})(),
    ],
)
def test_other_types_are_not_plain(value):
    with pytest.raises(guest.NotPlain):
        guest.encode([value])


def test_a_list_that_holds_itself_is_not_plain():
    value = []
    value.append(value)

    with pytest.raises(guest.NotPlain):
        guest.encode(value)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[",
        b"{}",
        b'{"x":[]}',
        b'{"t":[],"s":[]}',
        b'{"t":{}}',
        b'{"i":1}',
        b'{"i":"0x1"}',
        b'{"i":"1_0"}',
        b'{"i":"-"}',
        b'{"i":""}',
        b'{"d":[1]}',
        b'{"d":[[],1]}',
        b'{"s":[[1]]}',
        b"9" * 5000,
        b"[" * 300 + b"]" * 300,
        b"[" * 100_000 + b"]" * 100_000,
        b"[" + b"0," * 2_000_001 + b"0]",
        b'"\xff"',
    ],
    ids=lambda text: text[:16].decode("latin-1"),
)
def test_what_is_not_in_the_format_is_refused(text):
    with pytest.raises(outside.BadValue):
        outside.decode(text)


def test_keys_that_share_one_hash_are_refused_at_once():
    keys = b",".join(b'{"i":"%x"}' % (number * (2**61 - 1)) for number in range(9, 50_000))

    with pytest.raises(outside.BadValue, match="hash"):
        outside.decode(b'{"s":[' + keys + b"]}")
