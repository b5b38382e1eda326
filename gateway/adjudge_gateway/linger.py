"""Lets small calls of one tenant share chunks: they wait for each other, a lone one never."""

from __future__ import annotations

import asyncio
import dataclasses
from collections import Counter
from typing import TYPE_CHECKING, Final

from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest
from adjudge_gateway.batch import Batch
from adjudge_gateway.flights import random_job_id
from adjudge_gateway.wire import VERDICTS_TAG, frame_ends

if TYPE_CHECKING:
    from collections.abc import Callable

    from adjudge_gateway.cutting import Cutter
    from adjudge_gateway.dispatch import Dispatch
    from adjudge_gateway.errors import GatewayError
    from adjudge_gateway.settings import Settings
    from adjudge_gateway.span import Span
    from adjudge_gateway.tasks import KnownTask


CROWDED_BUNCHES: Final = 2
"""With so many bunches of a tenant under way, larger ones serve better than sooner ones."""
CROWDED_PATIENCE: Final = 5
"""Times the usual wait, then."""


@dataclasses.dataclass(slots=True, eq=False)
class Member:
    """A few candidates of one caller."""

    batch: Batch
    tenant: str
    deadline_unix_ms: int
    deliver: Callable[[int, bytes], None]
    """Called once for each candidate with its position and its entry of the response."""
    fail: Callable[[GatewayError], None]
    """Called at most once, instead of the missing deliveries."""
    bunch: Bunch | None = None
    gone: bool = False
    """The caller does not wait any more."""


class Bunch:
    """Members that are judged together."""

    def __init__(self, members: list[Member], landed: Callable[[], None]) -> None:
        self.members = members
        self.spans: list[Span] = []
        self._landed = landed
        self._unanswered = 0
        self._origin = [
            (member, position) for member in members for position in range(len(member.batch))
        ]

    def take_off(self, spans: list[Span]) -> None:
        """These are the spans."""
        self.spans = spans
        self._unanswered = len(spans)

    def merged(self) -> Batch:
        """All candidates as one batch, each task once."""
        if len(self.members) == 1:
            return self.members[0].batch
        message = VerifyCandidatesRequest()
        places: dict[bytes, int] = {}
        tasks: list[KnownTask] = []
        task_of: list[int] = []
        for member in self.members:
            for task in member.batch.tasks:
                if task.digest not in places:
                    places[task.digest] = len(tasks)
                    tasks.append(task)
            message.candidates.extend(member.batch.message.candidates)
            task_of += [places[member.batch.tasks[at].digest] for at in member.batch.task_of]
        for candidate, task_index in zip(message.candidates, task_of, strict=True):
            candidate.task_index = task_index
        return Batch(message, tasks, task_of)

    def deadline_unix_ms(self) -> int:
        """The latest of all."""
        deadlines = [member.deadline_unix_ms for member in self.members]
        return max(deadlines) if all(deadlines) else 0

    def answered(self, span: Span) -> None:
        """Give every verdict to the caller whose candidate it is about."""
        response, start = span.response or b"", 0
        ends = frame_ends(response, VERDICTS_TAG)
        for position, end in zip(span.positions, ends, strict=True):
            member, at = self._origin[position]
            if not member.gone:
                member.deliver(at, response[start:end])
            start = end
        self._land_one()

    def failed(self, span: Span, error: GatewayError) -> None:
        """Tell those who wait for candidates of ``span``."""
        for member in dict.fromkeys(self._origin[at][0] for at in span.positions):
            if not member.gone:
                member.gone = True
                member.fail(error)
        self._land_one()

    def _land_one(self) -> None:
        self._unanswered -= 1
        if not self._unanswered:
            self._landed()


class Linger:
    """Collects members for a moment while others of the same tenant are under way."""

    def __init__(self, cutter: Cutter, dispatch: Dispatch, settings: Settings) -> None:
        self._cutter = cutter
        self._dispatch = dispatch
        self._seconds = settings.linger_seconds
        self._most_items = settings.chunk_items
        self._most_bytes = settings.chunk_bytes
        self._waiting: dict[str, list[Member]] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._under_way: Counter[str] = Counter()

    def join(self, member: Member) -> None:
        """Let ``member`` be judged: at once when it is alone, else together with others."""
        tenant = member.tenant
        waiting = self._waiting.setdefault(tenant, [])
        waiting.append(member)
        loop = asyncio.get_running_loop()
        if (
            sum(len(each.batch) for each in waiting) >= self._most_items
            or sum(each.batch.size_bytes for each in waiting) >= self._most_bytes
        ):
            self._flush(tenant)
        elif len(waiting) > 1:
            return
        elif not self._under_way[tenant]:
            loop.call_soon(self._flush, tenant)  # with those that the same read brought
        else:
            crowded = self._under_way[tenant] >= CROWDED_BUNCHES
            seconds = self._seconds * (CROWDED_PATIENCE if crowded else 1)
            self._timers[tenant] = loop.call_later(seconds, self._flush, tenant)

    def leave(self, member: Member) -> None:
        """The caller does not wait any more; the last of a bunch takes the work with it."""
        if member.gone:
            return
        member.gone = True
        bunch = member.bunch
        if bunch is None:
            self._waiting[member.tenant].remove(member)
        elif all(each.gone for each in bunch.members):
            self._dispatch.withdraw(bunch.spans)
            self._landed(member.tenant)

    def _flush(self, tenant: str) -> None:
        timer = self._timers.pop(tenant, None)
        if timer is not None:
            timer.cancel()
        members = self._waiting.pop(tenant, [])
        if not members:
            return
        bunch = Bunch(members, lambda: self._landed(tenant))
        for member in members:
            member.bunch = bunch
        self._under_way[tenant] += 1
        batch = bunch.merged()
        spans = self._cutter.spans(
            batch,
            self._cutter.lengths(batch),
            bunch,
            tenant=tenant,
            deadline_unix_ms=bunch.deadline_unix_ms(),
            job_id=random_job_id,
        )
        bunch.take_off(spans)
        self._dispatch.submit(spans)

    def _landed(self, tenant: str) -> None:
        self._under_way[tenant] -= 1
        if not self._under_way[tenant]:
            del self._under_way[tenant]
            self._flush(tenant)
