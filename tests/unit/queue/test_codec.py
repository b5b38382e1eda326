"""Jobs and results survive the trip; nothing else does."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge_worker.queue import DecodeError, InvalidJobError, Job, Result

TEXT = st.text(max_size=40)
JOBS = st.builds(
    Job,
    id=st.from_regex(r"[0-9a-f]{32}", fullmatch=True),
    pool=st.from_regex(r"[a-z0-9][a-z0-9_-]{0,63}", fullmatch=True),
    verifier=st.from_regex(r"[a-z0-9_.:-]{1,64}(?:/groups)?", fullmatch=True),
    gateway=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}", fullmatch=True),
    deadline_unix_ms=st.integers(0, 2**53),
    tenant=TEXT,
    attempt=st.integers(0, 65_535),
    keep=st.booleans(),
    blamed=st.booleans(),
    chunk=st.binary(max_size=300),
)
RESULTS = st.builds(
    Result,
    job_id=st.from_regex(r"[0-9a-f]{32}", fullmatch=True),
    response=st.binary(max_size=300),
    worker=TEXT,
    wall_seconds=st.floats(0, 1e9),
    items=st.integers(0, 2**32 - 1),
)
GOOD = Job(
    id="0" * 32,
    pool="default",
    verifier="noop",
    gateway="g",
    deadline_unix_ms=0,
    tenant="",
    attempt=0,
    keep=False,
    blamed=False,
    chunk=b"",
)


@given(JOBS)
def test_every_job_survives_the_trip(job):
    assert Job.decode(job.encode()) == job


@given(RESULTS)
def test_every_result_survives_the_trip(result):
    assert Result.decode(result.encode()) == result


@given(st.binary(max_size=200))
def test_any_bytes_are_a_job_or_a_decode_error(data):
    for kind in (Job, Result):
        refused = None
        try:
            decoded = kind.decode(data)
        except DecodeError as error:
            refused = error
        if refused is None:
            assert decoded.encode() == data
        else:
            assert refused.data == data
            assert refused.cause


@given(JOBS, st.data())
def test_a_damaged_job_is_a_job_or_a_decode_error(job, data):
    encoded = bytearray(job.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        encoded[data.draw(st.integers(0, len(encoded) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(encoded[: data.draw(st.integers(0, len(encoded)))])
    for damaged in (bytes(encoded), cut, bytes(encoded) + b"\0"):
        try:
            decoded = Job.decode(damaged)
        except DecodeError:
            continue
        assert decoded.encode() == damaged


def test_no_encoded_job_begins_like_a_pickle_or_like_zlib():
    # Stock RQ tools try zlib, then pickle: our first byte is neither a header nor an opcode.
    import pickle
    import zlib

    encoded = dataclasses.replace(GOOD, chunk=b"cos\nsystem\n(S'id'\ntR.").encode()
    with pytest.raises(zlib.error):
        zlib.decompress(encoded)
    with pytest.raises(pickle.UnpicklingError):
        pickle.loads(encoded)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "0" * 31),
        ("id", "A" * 32),
        ("id", "0" * 32 + "\n"),
        ("pool", "../x"),
        ("pool", ""),
        ("verifier", "No"),
        ("verifier", "noop/other"),
        ("gateway", "g:h"),
        ("tenant", "x" * 513),
        ("tenant", "\ud800"),
        ("deadline_unix_ms", -1),
        ("attempt", 65_536),
    ],
)
def test_a_field_out_of_its_range_is_named(field, value):
    with pytest.raises(InvalidJobError, match=field):
        dataclasses.replace(GOOD, **{field: value})


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1.0])
def test_a_result_has_taken_a_finite_time(seconds):
    with pytest.raises(InvalidJobError, match="wall_seconds"):
        Result("0" * 32, b"", "w", seconds, 1)
