"""Walks over serialised protobuf messages without parsing what they hold.

Format: https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CANDIDATES_TAG: Final = 0x1A
"""`VerifyCandidatesRequest.candidates`: field 3, length-delimited."""
TASKS_TAG: Final = 0x12
"""`VerifyCandidatesRequest.tasks`: field 2, length-delimited."""
VERDICTS_TAG: Final = 0x0A
"""`VerifyCandidatesResponse.verdicts` and `StreamVerdictsResponse.verdicts`: field 1."""
POSITIONS_TAG: Final = 0x12
"""`StreamVerdictsResponse.positions`: field 2, packed."""

_VARINT_BYTES = 10
_LENGTH_DELIMITED = 2
_FIXED = {1: 8, 5: 4}


class MalformedWire(ValueError):
    """Raised when bytes are not the protobuf message they should be."""


def frame_ends(data: bytes, tag: int) -> list[int]:
    """End offset of each entry of a message that holds entries of one length-delimited field only.

    Raises MalformedWire for anything else.
    """
    at, size, ends = 0, len(data), []
    try:
        while at < size:
            if data[at] != tag:
                raise MalformedWire(f"expected tag {tag:#x} at byte {at}, got {data[at]:#x}")
            length = data[at + 1]
            at += 2
            if length >= 0x80:  # noqa: PLR2004 - the varint's continuation bit
                following = data[at]
                at += 1
                length = (length & 0x7F) | (following & 0x7F) << 7
                shift = 14
                while following >= 0x80:  # noqa: PLR2004 - the varint's continuation bit
                    following = data[at]
                    at += 1
                    length |= (following & 0x7F) << shift
                    shift += 7
            at += length
            ends.append(at)
    except IndexError:
        raise MalformedWire(f"cut short after {size} bytes") from None
    if at != size:
        raise MalformedWire(f"cut short after {size} of {at} bytes")
    return ends


def encode_varint(value: int) -> bytes:
    """``value`` (0 or more) as a varint."""
    out = bytearray()
    while value >= 0x80:  # noqa: PLR2004 - the varint's continuation bit
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def frame(tag: int, payload: bytes) -> bytes:
    """``payload`` as one entry of the length-delimited field with ``tag``."""
    return bytes((tag,)) + encode_varint(len(payload)) + payload


class Entry(NamedTuple):
    """A repeated message field of a request, for `damage`."""

    name: str
    strings: Mapping[int, str]
    """Its string fields by number."""


TASK = {1: "verifier", 2: "parameters_json"}
CANDIDATE = {1: "id", 3: "completion", 4: "group"}
BATCH_SHAPE: Final[Mapping[int, str | Entry]] = {
    1: "request_id",
    2: Entry("tasks", TASK),
    3: Entry("candidates", CANDIDATE),
}
STREAM_SHAPE: Final[Mapping[int, str | Entry]] = {
    1: Entry("tasks", TASK),
    2: Entry("candidates", CANDIDATE),
}

GROUPS_SHAPE: Final[Mapping[int, str | Entry]] = {
    1: "request_id",
    2: "verifier",
    3: "options_json",
    4: Entry("groups", {1: "id", 2: "completions"}),
}


def damage(data: bytes, shape: Mapping[int, str | Entry]) -> tuple[str, str]:
    """Field and complaint for a request that does not parse, found by walking its bytes."""
    seen: dict[str, int] = {}
    where = ""
    try:
        for number, payload in _fields(data):
            kind = shape.get(number)
            if isinstance(kind, str):
                where = kind
                if complaint := _not_text(payload):
                    return kind, complaint
            elif isinstance(kind, Entry):
                index = seen[kind.name] = seen.get(kind.name, -1) + 1
                where = f"{kind.name}[{index}]"
                for inner, value in _fields(payload):
                    name = kind.strings.get(inner)
                    if name and (complaint := _not_text(value)):
                        return f"{where}.{name}", complaint
            where = ""
    except MalformedWire as error:
        return where or "body", f"not a serialised protobuf message: {error}"
    return "body", "not a serialised protobuf message of the expected type"


def _not_text(payload: bytes) -> str:
    try:
        payload.decode()
    except UnicodeDecodeError as error:
        return (
            f"expected valid UTF-8, got byte {payload[error.start]:#04x} at byte {error.start} "
            f"of {len(payload)}; replace or escape such bytes before sending"
        )
    return ""


def more_entries_than(data: bytes, limit: int, *, inside: int = 0) -> bool:
    """Whether a message has more than ``limit`` fields; looks at no more of it.

    Those at its top level count, and those inside its fields with the number ``inside``. Keeps a
    small message from becoming millions of objects. False for malformed bytes.
    """
    try:
        return any(True for _ in islice(_numbers(data, inside), limit, None))
    except MalformedWire:
        return False


def _numbers(data: bytes, inside: int) -> Iterator[int]:
    for number, payload in _fields(data):
        yield number
        if number == inside:
            yield from (inner for inner, _ in _fields(payload))


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and payload of each field; numbers (varint, fixed) get an empty payload."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        payload = b""
        if kind == 0:
            _, at = _varint(data, at)
        elif kind == _LENGTH_DELIMITED:
            length, at = _varint(data, at)
            payload = data[at : at + length]
            at += length
        elif kind in _FIXED:
            at += _FIXED[kind]
        else:
            raise MalformedWire(f"wire type {kind} before byte {at}")
        if at > len(data):
            raise MalformedWire(f"cut short after {len(data)} of {at} bytes")
        yield number, payload


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(_VARINT_BYTES):
        if at >= len(data):
            raise MalformedWire(f"cut short after {len(data)} bytes")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:  # noqa: PLR2004 - the varint's continuation bit
            return value, at
    raise MalformedWire(f"varint longer than {_VARINT_BYTES} bytes before byte {at}")
