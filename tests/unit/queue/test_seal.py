"""What lies in Redis is believed only with the right signature, where a key is configured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge_worker.queue import DecodeError
from adjudge_worker.queue.seal import Seal

KEY = Seal(b"k" * 16)


@given(st.binary(max_size=100))
def test_a_signed_message_opens_with_the_same_key(message):
    assert KEY.open(KEY.close(message, b"job"), b"job") == message


@given(st.binary(min_size=1, max_size=60), st.data())
def test_one_changed_byte_is_noticed(message, data):
    sealed = bytearray(KEY.close(message, b"job"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DecodeError):
        KEY.open(bytes(sealed), b"job")


@pytest.mark.parametrize("sealed", [b"", b"ADJs", b"ADJs" + b"\0" * 31, b"hello"])
def test_what_is_not_signed_does_not_open(sealed):
    with pytest.raises(DecodeError):
        KEY.open(sealed, b"job")


def test_another_key_does_not_open_it():
    with pytest.raises(DecodeError, match="does not match"):
        Seal(b"x" * 16).open(KEY.close(b"m", b"job"), b"job")


def test_a_message_of_one_kind_does_not_pass_as_another():
    with pytest.raises(DecodeError):
        KEY.open(KEY.close(b"m", b"result"), b"job")
    # The length of the context is signed as well: "jo" + "bm" is not "job" + "m".
    with pytest.raises(DecodeError):
        KEY.open(KEY.close(b"bm", b"jo"), b"job")


def test_a_signed_message_without_a_key_says_what_is_missing():
    with pytest.raises(DecodeError, match="no signing key is configured"):
        Seal().open(KEY.close(b"m", b"job"), b"job")


def test_a_short_key_is_refused_with_the_way_to_make_a_good_one():
    with pytest.raises(ValueError, match="openssl rand"):
        Seal(b"short")
