"""Walking over serialised messages."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.v1.verdict_pb2 import Verdict
from adjudge.v1.verifier_service_pb2 import VerifyCandidatesResponse
from adjudge_gateway.wire import (
    BATCH_SHAPE,
    VERDICTS_TAG,
    MalformedWire,
    damage,
    encode_varint,
    frame,
    frame_ends,
    more_entries_than,
)

SIZES = st.one_of(st.integers(0, 300), st.sampled_from([127, 128, 16_383, 16_384, 2_097_152]))


@given(st.lists(SIZES, max_size=8))
def test_ends_are_where_protobuf_puts_them(sizes):
    verdicts = [Verdict(answer="x" * size) for size in sizes]
    data = VerifyCandidatesResponse(verdicts=verdicts).SerializeToString()

    starts = [0, *frame_ends(data, VERDICTS_TAG)]

    assert starts[-1] == len(data)
    assert [
        VerifyCandidatesResponse.FromString(data[start:end]).verdicts[0]
        for start, end in itertools.pairwise(starts)
    ] == verdicts


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_a_frame_made_by_hand_is_read_back(payloads):
    data = b"".join(frame(VERDICTS_TAG, payload) for payload in payloads)

    assert len(frame_ends(data, VERDICTS_TAG)) == len(payloads)


@given(st.binary(max_size=60))
def test_any_bytes_are_walked_or_refused(data):
    try:
        ends = frame_ends(data, VERDICTS_TAG)
    except MalformedWire:
        return
    assert ([0, *ends])[-1] == len(data)


@pytest.mark.parametrize(
    "data", [b"\x0a", b"\x0a\x05abc", b"\x12\x00", b"\x0a\x80", b"\x0a\xff\xff\xff\xff\xff\xff"]
)
def test_a_message_cut_short_or_of_another_kind_is_refused(data):
    with pytest.raises(MalformedWire):
        frame_ends(data, VERDICTS_TAG)


@given(st.binary(max_size=200))
def test_damage_names_some_field_for_any_bytes(data):
    field, complaint = damage(data, BATCH_SHAPE)

    assert field
    assert complaint


@given(st.integers(0, 2**63))
def test_a_varint_has_seven_bits_a_byte(value):
    encoded = encode_varint(value)

    assert sum((byte & 0x7F) << (7 * at) for at, byte in enumerate(encoded)) == value
    assert [byte >> 7 for byte in encoded] == [1] * (len(encoded) - 1) + [0]


@pytest.mark.parametrize(("limit", "more"), [(2, True), (3, False), (4, False)])
def test_entries_are_counted_up_to_a_limit(limit, more):
    assert more_entries_than(b"\x1a\x00" * 3, limit) is more
