"""A run of candidates that one chunk carries in its first life, and what has come back for it."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, Protocol

from adjudge_gateway.wire import CANDIDATES_TAG, TASKS_TAG, frame_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge_gateway.errors import GatewayError
    from adjudge_gateway.tasks import KnownTask
    from adjudge_worker.queue import Job


class Owner(Protocol):
    """Who waits for a span."""

    def answered(self, span: Span) -> None:
        """Every candidate of ``span`` has its verdict."""
        ...

    def failed(self, span: Span, error: GatewayError) -> None:
        """``span`` will never be answered."""
        ...


@dataclasses.dataclass(slots=True, eq=False)
class Span:
    """Candidates judged together. The first verdict of each position wins."""

    owner: Owner
    job_id: str
    """Of its first life."""
    pool: str
    verifier: str
    tenant: str
    positions: Sequence[int]
    """Of its candidates in the owner's batch."""
    chunk: bytes
    stored_tasks: Sequence[KnownTask]
    cost_seconds: float
    """Estimate for the whole span."""
    deadline_unix_ms: int
    """0 for none. May move back while it waits, when a second caller with more time joins."""
    keep: bool
    renewed: bool = False
    """True when an earlier life may have had an earlier deadline than the caller has now."""
    waiting_since: float = dataclasses.field(default_factory=time.monotonic)
    response: bytes | None = None
    """Serialised VerifyCandidatesResponse with all verdicts, in order, once complete."""
    lives: set[str] = dataclasses.field(default_factory=set)
    """Ids of all jobs ever sent for it."""
    _frames: list[bytes | None] | None = None
    """By position, once it has been split."""

    def __len__(self) -> int:
        return len(self.positions)

    def accept(self, offset: int, ends: Sequence[int], response: bytes) -> bool:
        """Take verdicts for the positions from ``offset`` on; True when the span is complete."""
        if self.response is not None:
            return True
        if self._frames is None:
            if len(ends) == len(self):
                self.response = response
                return True
            self._frames = [None] * len(self)
        start = 0
        for at, end in enumerate(ends, offset):
            if self._frames[at] is None:
                self._frames[at] = response[start:end]
            start = end
        found = [part for part in self._frames if part is not None]
        if len(found) == len(self):
            self.response = b"".join(found)
            self._frames = None
        return self.response is not None

    def wants(self, offset: int, count: int) -> bool:
        """Whether any of these positions has no verdict yet."""
        if self.response is not None:
            return False
        return self._frames is None or None in self._frames[offset : offset + count]


@dataclasses.dataclass(slots=True, eq=False)
class Life:
    """One job under way: a part of a span, from being sent until answered or lost."""

    span: Span
    job: Job
    offset: int
    """Of its first candidate in the span."""
    count: int
    deaths_alone: int = 0
    """Workers that died on it while it was a single candidate."""
    innocent_losses: int = 0
    """Times in a row that it went missing with Redis, not with its worker."""
    outages: int = 0
    """Outages of Redis before it was sent."""
    missing: int = 0
    """Looks in a row that found it nowhere."""
    refused: Literal["", "malformed", "expired"] = ""
    """What was wrong with its result, when one came that could not be used."""
    attached: bool = False
    """Sent by another gateway: its result is kept, not sent to us."""

    def next_id(self, offset: int, count: int) -> str:
        """Id of a job that carries on with ``count`` candidates from ``offset``."""
        text = f"{self.job.id}:{offset}:{count}:{self.job.attempt + 1}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def parts(chunk: bytes, most: int) -> list[tuple[int, int, bytes]]:
    """A chunk cut into at most ``most`` even parts: offset, number of candidates, chunk."""
    tasks_end = _tasks_end(chunk)
    tasks, candidates = chunk[:tasks_end], chunk[tasks_end:]
    ends = [0, *frame_ends(candidates, CANDIDATES_TAG)]
    total = len(ends) - 1
    number = min(most, total)
    bounds = [total * part // number for part in range(number + 1)]
    return [
        (start, stop - start, tasks + candidates[ends[start] : ends[stop]])
        for start, stop in pairwise(bounds)
    ]


def _tasks_end(chunk: bytes) -> int:
    """Where the tasks end and the candidates begin; chunks of our making have nothing else."""
    at = 0
    while chunk[at] == TASKS_TAG:
        at += 1
        shift = length = 0
        while True:
            byte = chunk[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:  # noqa: PLR2004 - the varint's continuation bit
                break
        at += length
    return at
