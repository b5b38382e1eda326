"""What a request must be like to be let in; says of every broken field what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from google.protobuf.message import DecodeError

from adjudge.v1.verifier_service_pb2 import (
    GroupAnswersRequest,
    StreamVerdictsRequest,
    VerifyCandidatesRequest,
)
from adjudge_gateway.batch import Batch
from adjudge_gateway.errors import InvalidRequest, UnknownDigests, Violation, queue_lost
from adjudge_gateway.tasks import DIGEST_BYTES, KnownTask, TaskShelf, digest_of
from adjudge_gateway.wire import BATCH_SHAPE, STREAM_SHAPE, Entry, damage, more_entries_than
from adjudge_worker.queue import QueueUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from adjudge.v1.task_pb2 import Candidate, Task

VERIFIER_NAME: Final = re.compile(r"[a-z0-9_.:-]{1,64}")
REQUEST_ID_CHARACTERS: Final = 128
NAME_CHARACTERS: Final = 256
"""Of a candidate's id and group."""
COUNTED_BYTES: Final = 1 << 20
"""Entries of larger messages are counted before they are parsed."""


class Admission:
    """Parses requests and checks them."""

    def __init__(self, shelf: TaskShelf, *, max_batch: int) -> None:
        self._shelf = shelf
        self._max_batch = max_batch

    async def batch(self, data: bytes) -> Batch:
        """A VerifyCandidatesRequest as bytes. Raises InvalidRequest, UnknownDigests, QueueLost."""
        request = parse(data, VerifyCandidatesRequest, BATCH_SHAPE, max_batch=self._max_batch)
        return await self._admit(request)

    async def stream_message(self, data: bytes) -> Batch:
        """A serialised StreamVerdictsRequest. Raises as `batch` does."""
        message = parse(data, StreamVerdictsRequest, STREAM_SHAPE, max_batch=self._max_batch)
        return await self._admit(
            VerifyCandidatesRequest(tasks=message.tasks, candidates=message.candidates)
        )

    async def _admit(self, request: VerifyCandidatesRequest) -> Batch:
        self._check_counts(request)
        violations: list[Violation] = []
        request_id = request.request_id
        if len(request_id) > REQUEST_ID_CHARACTERS:
            violations.append(
                Violation("request_id", _too_long(len(request_id), REQUEST_ID_CHARACTERS))
            )
        tasks = list(request.tasks)
        digests = [_checked_digest(index, task, violations) for index, task in enumerate(tasks)]
        candidates = list(request.candidates)
        task_of = [candidate.task_index for candidate in candidates]
        _check_candidates(candidates, task_of, len(tasks), violations)
        if violations:
            raise InvalidRequest(violations)
        known = await self._resolve(tasks, digests)
        request.ClearField("request_id")
        request.ClearField("tasks")
        request.DiscardUnknownFields()
        return Batch(request, known, task_of, request_id=request_id)

    def _check_counts(self, request: VerifyCandidatesRequest) -> None:
        """Raise InvalidRequest before any entry is looked at."""
        violations = []
        for name, entries in (("tasks", request.tasks), ("candidates", request.candidates)):
            if not entries:
                violations.append(Violation(name, "expected at least one, got none"))
            elif len(entries) > self._max_batch:
                violations.append(Violation(name, _too_many(self._max_batch, f"{len(entries):,}")))
        if violations:
            raise InvalidRequest(violations)

    async def _resolve(self, tasks: Sequence[Task], digests: Sequence[bytes]) -> list[KnownTask]:
        known = [
            self._shelf.add(task, digest) if task.verifier else self._shelf.get(digest)
            for task, digest in zip(tasks, digests, strict=True)
        ]
        missing = [index for index, task in enumerate(known) if task is None]
        if missing:
            try:
                fetched = await self._shelf.fetch(digests[index] for index in missing)
            except QueueUnavailable as error:
                raise queue_lost(error) from error
            for index in missing:
                known[index] = fetched.get(digests[index])
        resolved = [task for task in known if task is not None]
        if len(resolved) < len(known):
            raise UnknownDigests([index for index, task in enumerate(known) if task is None])
        return resolved


def parse[M: (VerifyCandidatesRequest, StreamVerdictsRequest, GroupAnswersRequest)](
    data: bytes,
    kind: type[M],
    shape: Mapping[int, str | Entry],
    *,
    max_batch: int,
    field: str = "candidates",
    inside: int = 0,
    per_item: int = 2,
) -> M:
    """A request that parses and has no absurd number of fields. Raises InvalidRequest.

    ``field``: what there may be too many of. ``inside``: number of the field whose entries' own
    fields count too. ``per_item``: fields that one of ``max_batch`` items may bring.
    """
    most = per_item * max_batch + per_item - 1
    if len(data) > COUNTED_BYTES and more_entries_than(data, most, inside=inside):
        raise InvalidRequest([Violation(field, _too_many(max_batch, f"over {most:,} fields"))])
    try:
        return kind.FromString(data)
    except DecodeError:
        raise InvalidRequest([Violation(*damage(data, shape))]) from None


def _too_many(most: int, came: str) -> str:
    return f"at most {most:,} in one request, got {came}; split the batch"


def _checked_digest(index: int, task: Task, violations: list[Violation]) -> bytes:
    """The task's digest, computed when it came in full."""
    field = f"tasks[{index}]"
    verifier, given = task.verifier, task.digest
    if given and len(given) != DIGEST_BYTES:
        violations.append(
            Violation(f"{field}.digest", f"expected {DIGEST_BYTES} bytes, got {len(given)}")
        )
        return b""
    if not verifier and not task.parameters_json:
        if not given:
            violations.append(
                Violation(field, "expected a task in full or its digest, got neither")
            )
        return given
    if not VERIFIER_NAME.fullmatch(verifier):
        violations.append(
            Violation(
                f"{field}.verifier",
                f"expected 1 to 64 characters of [a-z0-9_.:-], got {verifier[:100]!a}",
            )
        )
        return b""
    digest = digest_of(verifier, task.parameters_json)
    if given and given != digest:
        violations.append(
            Violation(
                f"{field}.digest",
                f"expected the SHA-256 of verifier, a zero byte and parameters_json, "
                f"{digest.hex()}, got {given.hex()}; leave it out or compute it anew",
            )
        )
    return digest


def _check_candidates(
    candidates: Sequence[Candidate],
    task_of: Sequence[int],
    tasks: int,
    violations: list[Violation],
) -> None:
    if max(task_of) >= tasks:
        violations.extend(
            Violation(f"candidates[{at}].task_index", f"expected 0 to {tasks - 1}, got {index}")
            for at, index in enumerate(task_of)
            if index >= tasks
        )
    ids = [candidate.id for candidate in candidates]
    violations += check_lengths("candidates", "id", ids)
    violations += check_unique("candidates", ids)
    violations += check_lengths("candidates", "group", [each.group for each in candidates])


def check_lengths(field: str, name: str, values: Sequence[str]) -> Iterator[Violation]:
    """A violation for each name that is too long."""
    if max(map(len, values), default=0) > NAME_CHARACTERS:
        for at, value in enumerate(values):
            if len(value) > NAME_CHARACTERS:
                complaint = _too_long(len(value), NAME_CHARACTERS)
                yield Violation(f"{field}[{at}].{name}", complaint)


def check_unique(field: str, ids: Sequence[str]) -> Iterator[Violation]:
    """A violation for each id that was used before; empty ones are none."""
    if not any(ids) or len(set(ids)) == len(ids):
        return
    first: dict[str, int] = {}
    for at, name in enumerate(ids):
        if name and first.setdefault(name, at) != at:
            came = f"the same as {field}[{first[name]}].id: {name[:100]!a}"
            yield Violation(f"{field}[{at}].id", f"expected unique within the request, got {came}")


def _too_long(length: int, most: int) -> str:
    return f"at most {most} characters, got {length:,}"
