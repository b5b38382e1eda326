"""From our types to the messages of ``adjudge.v1``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adjudge.candidate import Candidate
from adjudge.task import Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from google.protobuf.internal.containers import RepeatedCompositeFieldContainer

    from adjudge.v1 import task_pb2


def add_candidates(
    into: RepeatedCompositeFieldContainer[task_pb2.Candidate],
    candidates: Sequence[Candidate],
    task_indexes: Sequence[int],
    *,
    with_ids: bool = True,
) -> None:
    """Append candidates. Raises TypeError naming the field of a candidate that is not text."""
    add = into.add
    for position, (candidate, task_index) in enumerate(zip(candidates, task_indexes, strict=True)):
        name = candidate.id if with_ids else ""
        try:
            if name or candidate.group:
                add(
                    completion=candidate.completion,
                    task_index=task_index,
                    id=name,
                    group=candidate.group,
                )
            else:
                add(completion=candidate.completion, task_index=task_index)
        except (UnicodeError, TypeError):
            add(
                completion=repaired(candidate.completion, f"candidates[{position}].completion"),
                task_index=task_index,
                id=repaired(name, f"candidates[{position}].id"),
                group=repaired(candidate.group, f"candidates[{position}].group"),
            )


def require_candidates(candidates: Sequence[Candidate]) -> None:
    """Raise TypeError for what is no candidate, ValueError for an id used twice."""
    seen: dict[str, int] = {}
    for position, candidate in enumerate(candidates):
        _require(Candidate, candidate, f"candidates[{position}]")
        _require(Task, candidate.task, f"candidates[{position}].task")
        if candidate.id and seen.setdefault(candidate.id, position) != position:
            raise ValueError(
                f"candidates[{position}].id: expected ids that differ within a batch, "
                f"{candidate.id!r} is also candidates[{seen[candidate.id]}]"
            )


def _require(kind: type, value: object, where: str) -> None:
    if not isinstance(value, kind):
        raise TypeError(f"{where}: expected adjudge.{kind.__name__}, got {type(value).__name__}")


def repaired(text: object, where: str) -> str:
    """The text with each lone surrogate as U+FFFD (pairs become the character they mean).

    Raises TypeError that says ``where`` when it is no text.
    """
    if not isinstance(text, str):
        raise TypeError(f"{where}: expected str, got {type(text).__name__}")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
