"""What a request with an id was cut into: kept in Redis, so that a retry finds its jobs.

Layout: SHA-256 of the content (32 bytes), then for each lane the number of runs (u16) and for each
run a chunk length (u16) and how many chunks in a row have it (u16). Big-endian.
"""

from __future__ import annotations

import dataclasses
import hashlib
import struct
from itertools import groupby
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTENT_BYTES: Final = 32
_COUNT: Final = struct.Struct(">H")
_RUN: Final = struct.Struct(">HH")
_LONGEST_RUN: Final = 0xFFFF


class MalformedPlan(ValueError):
    """Raised when stored bytes are no plan."""


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """Content of a request and the chunk lengths of each lane."""

    content: bytes
    lanes: Sequence[Sequence[int]]

    def encode(self) -> bytes:
        """The plan as bytes that ``decode`` reads."""
        out = [self.content]
        for lengths in self.lanes:
            runs = []
            for length, group in groupby(lengths):
                repeat = len(list(group))
                while repeat > 0:
                    runs.append(_RUN.pack(length, min(repeat, _LONGEST_RUN)))
                    repeat -= _LONGEST_RUN
            out += [_COUNT.pack(len(runs)), *runs]
        return b"".join(out)

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Read what ``encode`` wrote. Raises MalformedPlan."""
        content, at, lanes = data[:_CONTENT_BYTES], _CONTENT_BYTES, []
        try:
            while at < len(data):
                (count,) = _COUNT.unpack_from(data, at)
                at += _COUNT.size
                lengths: list[int] = []
                for _ in range(count):
                    length, repeat = _RUN.unpack_from(data, at)
                    at += _RUN.size
                    lengths += [length] * repeat
                lanes.append(lengths)
        except struct.error as error:
            raise MalformedPlan(str(error)) from error
        if len(content) != _CONTENT_BYTES:
            raise MalformedPlan(f"{len(data)} bytes")
        return cls(content, lanes)

    def fits(self, sizes: Sequence[int]) -> bool:
        """Whether it cuts lanes of these sizes, all of them and nothing else."""
        return [sum(lengths) for lengths in self.lanes] == list(sizes)


def request_key(tenant: str, request_id: str) -> str:
    """Name of a tenant's request: 64 hexadecimal digits."""
    return hashlib.sha256(f"{tenant}\0{request_id}".encode()).hexdigest()


def derived_job_id(key: str, content: bytes, lane: int, start: int) -> str:
    """Id of the job with the candidates from ``start`` on, the same on every gateway."""
    text = b"%s:%s:%d:%d" % (key.encode(), content, lane, start)
    return hashlib.sha256(text).hexdigest()[:32]
