"""Everything that can end a call, and the one table that turns it into a gRPC status."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, NamedTuple

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from google.protobuf.message import Message

    from adjudge_worker.queue import QueueUnavailable

LISTED_VIOLATIONS: Final = 64
"""More would not fit into the 8 KiB that a gRPC client accepts as trailing metadata."""
DESCRIPTION_CHARACTERS: Final = 300
"""Longer descriptions are cut, for the same reason."""
MESSAGE_BYTES: Final = 400
"""A longer status message is cut; it travels twice, once percent-encoded."""
DETAILS_BYTES: Final = 3_000
"""Violations are listed up to this size, then base64 makes a third more of it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Violation:
    """One broken field: its path in the request, what was expected and what came."""

    field: str
    description: str


class GatewayError(Exception):
    """Raised when a call cannot be answered; every other error of this room is one."""

    def detail(self) -> Message | None:
        """The google.rpc message that tells more than the status, if there is one."""
        return None


class InvalidRequest(GatewayError):
    """Raised when a request is malformed. ``violations`` names each field at fault."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        first = violations[0]
        several = f"{len(violations):,} fields, the first: " if len(violations) > 1 else ""
        super().__init__(f"{several}{first.field}: {first.description[:DESCRIPTION_CHARACTERS]}")
        self.violations = violations

    def detail(self) -> Message:
        """A BadRequest with as many violations as fit."""
        bad_request = error_details_pb2.BadRequest()
        for violation in self.violations[:LISTED_VIOLATIONS]:
            if bad_request.ByteSize() > DETAILS_BYTES:
                break
            bad_request.field_violations.add(
                field=violation.field, description=violation.description[:DESCRIPTION_CHARACTERS]
            )
        detail: Message = bad_request
        return detail


class UnknownDigests(GatewayError):
    """Raised when tasks were sent by digests not seen here. ``indices``: their task positions."""

    def __init__(self, indices: Sequence[int]) -> None:
        several = f"tasks[{indices[0]}]" + (f" and {len(indices) - 1:,} more" * (len(indices) > 1))
        super().__init__(f"{several}: digest not seen before; send the task in full")
        self.indices = indices

    def detail(self) -> Message:
        """A PreconditionFailure; its last subject is `tasks` when they are too many to list."""
        failure = error_details_pb2.PreconditionFailure()
        for index in self.indices[:LISTED_VIOLATIONS]:
            failure.violations.add(type="UNKNOWN_TASK_DIGEST", subject=f"tasks[{index}]")
        more = len(self.indices) - LISTED_VIOLATIONS
        if more > 0:
            advice = f"{more:,} more: send every task in full"
            failure.violations.add(type="UNKNOWN_TASK_DIGEST", subject="tasks", description=advice)
        detail: Message = failure
        return detail


class Overloaded(GatewayError):
    """Raised when the backlog or Redis is full. ``retry_seconds``: when there should be room."""

    def __init__(self, message: str, *, retry_seconds: float, reason: str) -> None:
        super().__init__(f"{message}; come back in {retry_seconds:.1f} s")
        self.retry_seconds = retry_seconds
        self.reason = reason

    def detail(self) -> Message:
        """A RetryInfo."""
        delay = Duration()
        delay.FromMilliseconds(round(self.retry_seconds * 1000))
        detail: Message = error_details_pb2.RetryInfo(retry_delay=delay)
        return detail


class Unauthenticated(GatewayError):
    """Raised when a bearer token is required and missing or wrong."""


class Expired(GatewayError):
    """Raised when the caller's deadline passed before the work began."""


class Draining(GatewayError):
    """Raised when a call comes while the gateway shuts down."""


class NoWorkers(GatewayError):
    """Raised when work has waited its limit and no worker is alive."""


class QueueLost(GatewayError):
    """Raised when Redis cannot be reached, or has been gone for too long while work waited."""


class ResultRefused(GatewayError):
    """Raised when workers keep sending results that are not one verdict for each candidate."""


TABLE: Final[dict[type[GatewayError], grpc.StatusCode]] = {
    InvalidRequest: grpc.StatusCode.INVALID_ARGUMENT,
    UnknownDigests: grpc.StatusCode.FAILED_PRECONDITION,
    Overloaded: grpc.StatusCode.RESOURCE_EXHAUSTED,
    Unauthenticated: grpc.StatusCode.UNAUTHENTICATED,
    Expired: grpc.StatusCode.DEADLINE_EXCEEDED,
    Draining: grpc.StatusCode.UNAVAILABLE,
    NoWorkers: grpc.StatusCode.UNAVAILABLE,
    QueueLost: grpc.StatusCode.UNAVAILABLE,
    ResultRefused: grpc.StatusCode.INTERNAL,
}
"""The status of each error. Total: every error of this room has its row."""


class CallStatus(NamedTuple):
    """A gRPC status ready to be sent."""

    code: grpc.StatusCode
    message: str
    trailing_metadata: tuple[tuple[str, bytes], ...]


def queue_lost(error: QueueUnavailable | str) -> QueueLost:
    """The queue's trouble in the words of this room."""
    return QueueLost(f"Redis cannot be reached; retry with the same request_id ({error})")


def status_of(error: GatewayError) -> CallStatus:
    """The status that tells ``error`` to the caller; google.rpc details in trailing metadata."""
    code = TABLE[type(error)]
    message = str(error).encode()[:MESSAGE_BYTES].decode(errors="ignore")
    detail = error.detail()
    if detail is None:
        return CallStatus(code, message, ())
    number: int = code.value[0]
    status = status_pb2.Status(code=number, message=message)
    packed = AnyMessage()
    packed.Pack(detail)
    status.details.append(packed)
    return CallStatus(code, message, (("grpc-status-details-bin", status.SerializeToString()),))
