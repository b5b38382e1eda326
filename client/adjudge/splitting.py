"""Cutting a batch into parts that stay below the limits of one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from adjudge.candidate import Candidate
    from adjudge.options import Options
    from adjudge.task import Task

_ENVELOPE_BYTES = 32
"""Upper bound for tags and lengths around one candidate or task, its digest apart."""
_DIGEST_BYTES = 34


@dataclass(slots=True)
class Part:
    """A run of a batch; ``task_indexes`` says where in ``tasks`` each candidate's task is."""

    start: int
    """Position of its first candidate in the batch."""
    candidates: Sequence[Candidate] = ()
    tasks: list[Task] = field(default_factory=list["Task"])
    task_indexes: list[int] = field(default_factory=list[int])


def split(candidates: Sequence[Candidate], options: Options) -> Iterator[Part]:
    """Cut a batch into parts, in order. Equal tasks become one in each part."""
    part = Part(0)
    places: dict[int, int] = {}  # id(task) -> position in part.tasks; the batch keeps them alive
    equals: dict[Task, int] = {}
    room = options.max_request_bytes
    for position, candidate in enumerate(candidates):
        task = candidate.task
        size = sum(map(utf8_bytes, (candidate.completion, candidate.id, candidate.group)))
        place = places.get(id(task))
        if place is None:
            place = equals.get(task)
        cost = size + _ENVELOPE_BYTES + (0 if place is not None else _task_size(task))
        count = len(part.task_indexes)
        if count and (cost > room or count >= options.max_request_candidates):
            part.candidates = candidates[part.start : position]
            yield part
            part, places, equals, place = Part(position), {}, {}, None
            room = options.max_request_bytes
            cost = size + _ENVELOPE_BYTES + _task_size(task)
        if place is None:
            place = equals[task] = len(part.tasks)
            part.tasks.append(task)
        places[id(task)] = place
        part.task_indexes.append(place)
        room -= cost
    if part.task_indexes:
        part.candidates = candidates[part.start :]
        yield part


def _task_size(task: Task) -> int:
    return len(task.verifier) + utf8_bytes(task.parameters_json) + _ENVELOPE_BYTES + _DIGEST_BYTES


def utf8_bytes(text: str) -> int:
    """Bytes of the text in UTF-8; lone surrogates count as the U+FFFD they become."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
