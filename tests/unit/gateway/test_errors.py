"""The one table from errors to statuses."""

from __future__ import annotations

import pytest
from google.rpc import error_details_pb2, status_pb2

from adjudge_gateway import errors

MOST_METADATA_BYTES = 8 * 1024
"""What a gRPC client accepts by default, keys and base64 included."""


def tree(kind: type[errors.GatewayError]) -> set[type[errors.GatewayError]]:
    return {kind}.union(*(tree(each) for each in kind.__subclasses__()))


def test_every_error_has_its_row_and_every_row_its_error():
    assert set(errors.TABLE) == tree(errors.GatewayError) - {errors.GatewayError}


def test_every_error_says_when_it_is_raised():
    for kind in tree(errors.GatewayError):
        assert (kind.__doc__ or "").startswith("Raised when ")


def test_every_code_has_its_text_and_number():
    for kind, code in errors.TABLE.items():
        assert code.value[0] > 0, kind


def size_on_the_wire(status: errors.CallStatus) -> int:
    return sum(
        len(key) + (len(value) + 2) // 3 * 4 for key, value in status.trailing_metadata
    ) + 3 * len(status.message.encode())


@pytest.mark.parametrize("length", [1, 300, 100_000])
def test_thousands_of_violations_still_fit_into_trailing_metadata(length):
    violations = [
        errors.Violation(f"candidates[{at}].completion", "é" * length) for at in range(8_192)
    ]

    status = errors.status_of(errors.InvalidRequest(violations))

    assert size_on_the_wire(status) < MOST_METADATA_BYTES
    assert status.message.startswith("8,192 fields")


def test_thousands_of_unknown_digests_still_fit_and_say_that_there_are_more():
    status = errors.status_of(errors.UnknownDigests(range(8_192)))

    assert size_on_the_wire(status) < MOST_METADATA_BYTES
    (packed,) = status_pb2.Status.FromString(status.trailing_metadata[0][1]).details
    failure = error_details_pb2.PreconditionFailure.FromString(packed.value)
    assert failure.violations[0].subject == "tasks[0]"
    assert {violation.type for violation in failure.violations} == {"UNKNOWN_TASK_DIGEST"}
    assert failure.violations[-1].subject == "tasks"


def test_the_delay_survives_to_the_millisecond():
    error = errors.Overloaded("full", retry_seconds=1.2345, reason="tenant_items")

    (packed,) = status_pb2.Status.FromString(
        errors.status_of(error).trailing_metadata[0][1]
    ).details

    delay = error_details_pb2.RetryInfo.FromString(packed.value).retry_delay
    assert delay.ToMilliseconds() == 1_234
