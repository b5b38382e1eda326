"""Jobs and results as bytes: packed by hand, versioned, with every length checked."""

from __future__ import annotations

import dataclasses
import math
import re
import struct
from typing import Any, Final, Self

from adjudge_worker.queue.errors import DecodeError, InvalidJobError

JOB_ID: Final = re.compile(r"[0-9a-f]{32}")
POOL: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
GATEWAY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")
VERIFIER: Final = re.compile(r"[a-z0-9_.:-]{1,64}(?:/groups)?")

CHUNK_LIMIT_BYTES = 128 * 1024 * 1024
"""A longer chunk or response is refused on both sides."""
TEXT_LIMIT_BYTES = 512
"""Limit of tenant and worker name, in UTF-8."""

_JOB_MAGIC = b"ADJJ\x01"
_RESULT_MAGIC = b"ADJR\x01"
_JOB_HEADER = struct.Struct(">5s16sBHQBBBHI")
"""magic, id, flags, attempt, deadline, lengths of pool, verifier, gateway, tenant, chunk."""
_RESULT_HEADER = struct.Struct(">5s16sdIHI")
"""magic, job id, wall seconds, items, lengths of worker, response."""
_KEEP = 1
_BLAMED = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """One chunk on its way to a worker. Raises InvalidJobError for a field outside its range."""

    id: str
    """32 hexadecimal digits, random or derived from the request; made by the gateway."""
    pool: str
    verifier: str
    gateway: str
    """Whose result stream gets the answer."""
    deadline_unix_ms: int
    """The caller's deadline in milliseconds since 1970; 0 for none."""
    tenant: str
    attempt: int
    """0 in its first life."""
    keep: bool
    """Keep the result for a while, so that a retried request finds it."""
    blamed: bool
    """Do not run: answer that its single candidate killed its workers."""
    chunk: bytes = dataclasses.field(repr=False)
    """Serialised VerifyCandidatesRequest with one verifier; large tasks by digest alone."""

    def __post_init__(self) -> None:
        """Check every field that travels in a fixed width or becomes a part of a key."""
        _match("id", JOB_ID, self.id)
        _match("pool", POOL, self.pool)
        _match("verifier", VERIFIER, self.verifier)
        _match("gateway", GATEWAY, self.gateway)
        _text("tenant", self.tenant)
        _within("deadline_unix_ms", self.deadline_unix_ms, 2**53)
        _within("attempt", self.attempt, 0xFFFF)
        _bounded("chunk", self.chunk)

    def encode(self) -> bytes:
        """The job as bytes that ``decode`` reads."""
        pool, verifier = self.pool.encode("ascii"), self.verifier.encode("ascii")
        gateway, tenant = self.gateway.encode("ascii"), self.tenant.encode()
        header = _JOB_HEADER.pack(
            _JOB_MAGIC,
            bytes.fromhex(self.id),
            self.keep * _KEEP | self.blamed * _BLAMED,
            self.attempt,
            self.deadline_unix_ms,
            len(pool),
            len(verifier),
            len(gateway),
            len(tenant),
            len(self.chunk),
        )
        return b"".join((header, pool, verifier, gateway, tenant, self.chunk))

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Read what ``encode`` wrote. Raises DecodeError for any other bytes."""
        fields, parts = _unpack(data, _JOB_HEADER, _JOB_MAGIC, lengths=5)
        raw_id, flags, attempt, deadline = fields
        if flags > _KEEP | _BLAMED:
            raise DecodeError(data, f"unknown flags {flags:#x}")
        try:
            return cls(
                id=raw_id.hex(),
                pool=parts[0].decode("ascii"),
                verifier=parts[1].decode("ascii"),
                gateway=parts[2].decode("ascii"),
                deadline_unix_ms=deadline,
                tenant=parts[3].decode(),
                attempt=attempt,
                keep=bool(flags & _KEEP),
                blamed=bool(flags & _BLAMED),
                chunk=parts[4],
            )
        except ValueError as error:
            raise DecodeError(data, f"not a valid job: {error}") from error


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """One chunk's verdicts on their way back. Raises InvalidJobError for a field out of range."""

    job_id: str
    response: bytes = dataclasses.field(repr=False)
    """Serialised VerifyCandidatesResponse: one verdict a candidate of the chunk, in order."""
    worker: str
    wall_seconds: float
    """Time the worker spent on the chunk."""
    items: int
    """Number of verdicts."""

    def __post_init__(self) -> None:
        """Check every field that travels in a fixed width."""
        _match("job_id", JOB_ID, self.job_id)
        _bounded("response", self.response)
        _text("worker", self.worker)
        if not math.isfinite(self.wall_seconds) or self.wall_seconds < 0:
            raise InvalidJobError(f"wall_seconds: expected 0 or more, got {self.wall_seconds!r}")
        _within("items", self.items, 0xFFFFFFFF)

    def encode(self) -> bytes:
        """The result as bytes that ``decode`` reads."""
        worker = self.worker.encode()
        header = _RESULT_HEADER.pack(
            _RESULT_MAGIC,
            bytes.fromhex(self.job_id),
            self.wall_seconds,
            self.items,
            len(worker),
            len(self.response),
        )
        return b"".join((header, worker, self.response))

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Read what ``encode`` wrote. Raises DecodeError for any other bytes."""
        fields, parts = _unpack(data, _RESULT_HEADER, _RESULT_MAGIC, lengths=2)
        raw_id, wall_seconds, items = fields
        try:
            return cls(
                job_id=raw_id.hex(),
                response=parts[1],
                worker=parts[0].decode(),
                wall_seconds=wall_seconds,
                items=items,
            )
        except ValueError as error:
            raise DecodeError(data, f"not a valid result: {error}") from error


def _unpack(
    data: bytes, header: struct.Struct, magic: bytes, *, lengths: int
) -> tuple[tuple[Any, ...], list[bytes]]:
    """Fixed fields (magic left out) and the parts behind them; the last ``lengths`` are sizes."""
    if not data.startswith(magic):
        raise DecodeError(data, f"does not begin with {magic!r}")
    if len(data) < header.size:
        raise DecodeError(data, f"shorter than its header of {header.size} bytes")
    fields = header.unpack_from(data)
    sizes = fields[len(fields) - lengths :]
    if len(data) != header.size + sum(sizes):
        raise DecodeError(data, f"expected {header.size + sum(sizes)} bytes")
    parts = []
    at = header.size
    for size in sizes:
        parts.append(data[at : at + size])
        at += size
    return fields[1 : len(fields) - lengths], parts


def _match(field: str, pattern: re.Pattern[str], value: str) -> None:
    if not pattern.fullmatch(value):
        raise InvalidJobError(f"{field}: expected {pattern.pattern}, got {value[:200]!r}")


def _text(field: str, value: str) -> None:
    try:
        size = len(value.encode())
    except UnicodeEncodeError as error:
        raise InvalidJobError(f"{field}: not valid Unicode text: {error.reason}") from error
    if size > TEXT_LIMIT_BYTES:
        raise InvalidJobError(f"{field}: at most {TEXT_LIMIT_BYTES} bytes, got {size}")


def _within(field: str, value: int, limit: int) -> None:
    if not 0 <= value <= limit:
        raise InvalidJobError(f"{field}: expected 0 to {limit}, got {value}")


def _bounded(field: str, value: bytes) -> None:
    if len(value) > CHUNK_LIMIT_BYTES:
        raise InvalidJobError(f"{field}: at most {CHUNK_LIMIT_BYTES:,} bytes, got {len(value):,}")
