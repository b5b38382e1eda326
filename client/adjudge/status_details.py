"""The rich error model of a gRPC status: google.rpc.Status and the three details we read.

Decoded by hand (a few fields, wire format of https://protobuf.dev/programming-guides/encoding/) so
that the client needs no googleapis-common-protos and registers no names in protobuf's pool.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adjudge.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

METADATA_KEY = "grpc-status-details-bin"
UNKNOWN_TASK_DIGEST = "UNKNOWN_TASK_DIGEST"

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MAX_VARINT_BITS = 64


@dataclass(frozen=True, slots=True)
class StatusDetails:
    """What a status says beyond code and message.

    ``unknown_tasks`` are the subjects (``"tasks[3]"``) of UNKNOWN_TASK_DIGEST preconditions.
    """

    violations: tuple[Violation, ...] = ()
    retry_delay_seconds: float | None = None
    unknown_tasks: tuple[str, ...] = ()


def read_status_details(status: bytes) -> StatusDetails:
    """Read a serialised google.rpc.Status. Raises ValueError when it is malformed."""
    violations: list[Violation] = []
    unknown_tasks: list[str] = []
    retry_delay_seconds: float | None = None
    for detail in _messages(status, 3):
        name = _text(detail, 1).rpartition("/")[2]
        for value in _messages(detail, 2):
            if name == "google.rpc.RetryInfo":
                for delay in _messages(value, 1):
                    retry_delay_seconds = _number(delay, 1) + _number(delay, 2) / 1e9
            elif name == "google.rpc.BadRequest":
                violations += (
                    Violation(_text(each, 1), _text(each, 2)) for each in _messages(value, 1)
                )
            elif name == "google.rpc.PreconditionFailure":
                for each in _messages(value, 1):
                    if _text(each, 1) == UNKNOWN_TASK_DIGEST:
                        unknown_tasks.append(_text(each, 2))
                    else:
                        violations.append(Violation(_text(each, 2), _text(each, 3)))
    return StatusDetails(tuple(violations), retry_delay_seconds, tuple(unknown_tasks))


def _messages(data: bytes, number: int) -> Iterator[bytes]:
    return (value for key, value in _fields(data) if key == number and isinstance(value, bytes))


def _text(data: bytes, number: int) -> str:
    text = ""
    for value in _messages(data, number):  # the last one wins
        text = value.decode("utf-8", "replace")
    return text


def _number(data: bytes, number: int) -> int:
    found = 0
    for key, value in _fields(data):
        if key == number and isinstance(value, int):
            found = value - (1 << 64) if value >> 63 else value
    return found


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Field numbers and values of one message; fixed-width values come as bytes."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield tag >> 3, value
            continue
        if kind == _BYTES:
            length, at = _varint(data, at)
        elif kind in {_FIXED64, _FIXED32}:
            length = 8 if kind == _FIXED64 else 4
        else:
            raise ValueError(f"wire type {kind} at byte {at} is none that google.rpc.Status uses")
        if at + length > len(data):
            raise ValueError(f"field of {length} bytes at byte {at} is cut short")
        yield tag >> 3, data[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < _MAX_VARINT_BITS:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 - the continuation bit
            return value & ((1 << 64) - 1), at
        shift += 7
    raise ValueError(f"varint at byte {at} does not end")
