"""One GroupAnswers request, from its first attempt to its answers; see ``exchange``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adjudge import decoding
from adjudge.encoding import repaired
from adjudge.errors import ProtocolError, StatusError
from adjudge.exchange import renumbered
from adjudge.grouping import AnswerGroup
from adjudge.retries import Retries
from adjudge.splitting import utf8_bytes
from adjudge.task import Task
from adjudge.v1 import verifier_service_pb2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from adjudge.connection import Connection
    from adjudge.deadline import Deadline
    from adjudge.grouping import GroupedAnswers
    from adjudge.options import Options
    from adjudge.v1 import task_pb2

_ENVELOPE_BYTES = 16
"""Upper bound for tag and length of a completion."""
_GROUP_BYTES = 1024
"""Upper bound for what surrounds a group's completions, its id included."""


@dataclass(frozen=True, slots=True)
class GroupPart:
    """A run of the groups of one call. ``start``: position of the first."""

    start: int
    groups: Sequence[AnswerGroup]
    verifier: str
    options_json: str


class GroupExchange:
    """The life of one GroupAnswers request; every attempt bears the same ``request_id``."""

    def __init__(self, part: GroupPart, options: Options, deadline: Deadline) -> None:
        self._part = part
        self._retries = Retries(deadline, options.patience_seconds)
        self.request = verifier_service_pb2.GroupAnswersRequest(
            request_id=uuid.uuid4().hex, verifier=part.verifier, options_json=part.options_json
        )
        for position, group in enumerate(part.groups, part.start):
            where = f"groups[{position}]"
            completions = group.completions
            self.request.groups.add(
                id=repaired(group.id, f"{where}.id"),
                completions=[repaired(text, f"{where}.completions") for text in completions],
                votes_expected=group.votes_expected,
            )

    @property
    def tasks(self) -> Sequence[task_pb2.Task]:
        """The request has none."""
        return ()

    def begin(self, connection: Connection, timeout_seconds: float) -> Any:
        """One attempt, as a call under way."""
        return connection.group(self.request, timeout_seconds)

    def after(self, error: StatusError) -> float:
        """Seconds to wait before the next attempt. Raises the error when there is to be none."""
        error.violations = renumbered(error.violations, "groups", self._part.start)
        return self._retries.after(error)

    def answers(self, response: verifier_service_pb2.GroupAnswersResponse) -> list[GroupedAnswers]:
        """One answer for each group of the part, in order."""
        if len(response.groups) != len(self._part.groups):
            raise ProtocolError(
                f"the service sent {len(response.groups)} answers "
                f"for {len(self._part.groups)} groups"
            )
        return decoding.read_groups(response.groups)


def group_parts(
    verifier: str,
    groups: Iterable[AnswerGroup],
    verifier_options: Mapping[str, Any],
    options: Options,
) -> Iterator[GroupPart]:
    """Cut the groups into parts below the limits of one request.

    Raises ValueError and TypeError for what is no verifier, no options or no group.
    """
    options_json = Task(verifier, verifier_options).parameters_json
    batch = list(groups)
    for position, group in enumerate(batch):
        _require_group(group, f"groups[{position}]")
    start, count, size = 0, 0, 0
    for position, group in enumerate(batch):
        more = len(group.completions)
        cost = _GROUP_BYTES + sum(utf8_bytes(text) + _ENVELOPE_BYTES for text in group.completions)
        if position > start and (
            count + more > options.max_request_candidates or size + cost > options.max_request_bytes
        ):
            yield GroupPart(start, batch[start:position], verifier, options_json)
            start, count, size = position, 0, 0
        count, size = count + more, size + cost
    if batch:
        yield GroupPart(start, batch[start:], verifier, options_json)


def _require_group(group: object, where: str) -> None:
    if not isinstance(group, AnswerGroup):
        raise TypeError(f"{where}: expected adjudge.AnswerGroup, got {type(group).__name__}")
    if isinstance(group.completions, str):
        raise TypeError(f"{where}.completions: expected a sequence of texts, got one text")
    for text in group.completions:
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance] - untyped callers
            raise TypeError(f"{where}.completions: expected str, got {type(text).__name__}")
