"""Every exception that adjudge's client raises on purpose.

AdjudgeError
├── ClientClosedError
├── ProtocolError
└── StatusError
    ├── AbortedError
    ├── AlreadyExistsError
    ├── CallCancelledError
    ├── DataLossError
    ├── DeadlineExceededError
    ├── FailedPreconditionError
    ├── InternalError
    ├── InvalidArgumentError
    ├── NotFoundError
    ├── OutOfRangeError
    ├── PermissionDeniedError
    ├── ResourceExhaustedError
    ├── UnauthenticatedError
    ├── UnavailableError
    ├── UnimplementedError
    └── UnknownError

A malformed argument is Python's own ValueError or TypeError, raised before anything is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing the service found wrong: the field's path and what was expected of it."""

    field: str
    description: str


class AdjudgeError(Exception):
    """Raised when a call did not bring verdicts; the root of this tree."""


class ClientClosedError(AdjudgeError):
    """Raised when a client is used after ``close()``."""


class ProtocolError(AdjudgeError):
    """Raised when the service's answer breaks the contract, for example by a verdict too few."""


class StatusError(AdjudgeError):
    """Raised when the service (or the way to it) answers a call with a status other than OK.

    ``violations`` are the fields at fault; ``retry_delay_seconds`` is when the service asked to be
    called again (None: it did not say); ``unknown_digests`` are the digests of tasks that the
    service has not seen.
    """

    code: ClassVar[str] = ""
    """Name of the gRPC status, for example ``"UNAVAILABLE"``."""

    def __init__(
        self,
        message: str,
        violations: tuple[Violation, ...] = (),
        retry_delay_seconds: float | None = None,
        unknown_digests: tuple[bytes, ...] = (),
    ) -> None:
        super().__init__(message, violations, retry_delay_seconds, unknown_digests)
        self.message = message
        self.violations = violations
        self.retry_delay_seconds = retry_delay_seconds
        self.unknown_digests = unknown_digests

    def __str__(self) -> str:
        named = "".join(f"\n  {each.field}: {each.description}" for each in self.violations)
        return f"{self.code}: {self.message}{named}"


class AbortedError(StatusError):
    """Raised when the call collided with another one."""

    code = "ABORTED"


class AlreadyExistsError(StatusError):
    """Raised when what the call would make exists."""

    code = "ALREADY_EXISTS"


class CallCancelledError(StatusError):
    """Raised when the call was cancelled, by the service or by closing the client."""

    code = "CANCELLED"


class DataLossError(StatusError):
    """Raised when the service lost data for good."""

    code = "DATA_LOSS"


class DeadlineExceededError(StatusError):
    """Raised when the caller's deadline passed before the verdicts came."""

    code = "DEADLINE_EXCEEDED"


class FailedPreconditionError(StatusError):
    """Raised when the service has not seen a task sent by digest, even after a resend in full."""

    code = "FAILED_PRECONDITION"


class InternalError(StatusError):
    """Raised when the service itself failed."""

    code = "INTERNAL"


class InvalidArgumentError(StatusError):
    """Raised when the request is malformed; ``violations`` names each field."""

    code = "INVALID_ARGUMENT"


class NotFoundError(StatusError):
    """Raised when the address serves something else, or a name is unknown there."""

    code = "NOT_FOUND"


class OutOfRangeError(StatusError):
    """Raised when a number lies outside of what the service allows."""

    code = "OUT_OF_RANGE"


class PermissionDeniedError(StatusError):
    """Raised when the token is good and what it asks for is not allowed."""

    code = "PERMISSION_DENIED"


class ResourceExhaustedError(StatusError):
    """Raised when the backlog stayed full until the deadline, or a message is over a limit."""

    code = "RESOURCE_EXHAUSTED"


class UnauthenticatedError(StatusError):
    """Raised when a token is required and missing or wrong."""

    code = "UNAUTHENTICATED"


class UnavailableError(StatusError):
    """Raised when the service could not be reached within the client's patience."""

    code = "UNAVAILABLE"


class UnimplementedError(StatusError):
    """Raised when the service does not know the method, being older or something else."""

    code = "UNIMPLEMENTED"


class UnknownError(StatusError):
    """Raised when the service raised what it had no name for."""

    code = "UNKNOWN"


STATUS_ERRORS: dict[str, type[StatusError]] = {
    error.code: error
    for error in (
        AbortedError,
        AlreadyExistsError,
        CallCancelledError,
        DataLossError,
        DeadlineExceededError,
        FailedPreconditionError,
        InternalError,
        InvalidArgumentError,
        NotFoundError,
        OutOfRangeError,
        PermissionDeniedError,
        ResourceExhaustedError,
        UnauthenticatedError,
        UnavailableError,
        UnimplementedError,
        UnknownError,
    )
}
"""The error for each gRPC status but OK, by the status's name. A test proves it total."""
