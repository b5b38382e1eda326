"""The hand-written decoder against googleapis' own messages, and against rubbish."""

from __future__ import annotations

import contextlib

import pytest
from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2
from hypothesis import given
from hypothesis import strategies as st

from adjudge import Violation
from adjudge.status_details import read_status_details


def packed(*details):
    status = status_pb2.Status(code=8, message="full")
    for detail in details:
        message = any_pb2.Any()
        message.Pack(detail)
        status.details.append(message)
    return status.SerializeToString()


@given(
    st.integers(-315_576_000_000, 315_576_000_000),
    st.integers(-999_999_999, 999_999_999),
    st.lists(st.tuples(st.text(), st.text()), max_size=5),
    st.lists(st.tuples(st.sampled_from(["UNKNOWN_TASK_DIGEST", "X"]), st.text(), st.text())),
)
def test_it_reads_what_googleapis_writes(seconds, nanos, fields, preconditions):
    retry = error_details_pb2.RetryInfo()
    retry.retry_delay.seconds, retry.retry_delay.nanos = seconds, nanos
    bad = error_details_pb2.BadRequest()
    for field, description in fields:
        bad.field_violations.add(field=field, description=description, reason="ignored")
    failure = error_details_pb2.PreconditionFailure()
    for kind, subject, description in preconditions:
        failure.violations.add(type=kind, subject=subject, description=description)
    help_ = error_details_pb2.Help()
    help_.links.add(url="https://example.invalid")

    details = read_status_details(packed(help_, retry, bad, failure))

    assert details.retry_delay_seconds == seconds + nanos / 1e9
    assert details.unknown_tasks == tuple(
        subject for kind, subject, _ in preconditions if kind != "X"
    )
    assert details.violations == (
        *(Violation(*each) for each in fields),
        *(Violation(subject, text) for kind, subject, text in preconditions if kind == "X"),
    )


def test_a_status_without_details_says_nothing():
    details = read_status_details(packed())
    assert (details.violations, details.retry_delay_seconds, details.unknown_tasks) == (
        (),
        None,
        (),
    )


@given(st.binary(max_size=200))
def test_rubbish_is_a_value_error_or_nothing(data):
    with contextlib.suppress(ValueError):
        read_status_details(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x1a\x05ab", "cut short"),
        (b"\xff" * 20, "does not end"),
        (b"\x1a", "does not end"),
        (b"\x1b\x00", "wire type 3"),
    ],
)
def test_a_malformed_status_says_where(data, says):
    with pytest.raises(ValueError, match=says):
        read_status_details(data)


def test_fields_of_other_kinds_are_passed_over():
    extra = b"\x51" + b"\0" * 8 + b"\x5d" + b"\0" * 4 + b"\x60\x01"
    assert read_status_details(extra + packed()).violations == ()
