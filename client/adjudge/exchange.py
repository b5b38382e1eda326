"""One request of a batch, from its first attempt to its verdicts; free of input and output.

The sync and the async client both drive it: send ``request`` within ``deadline``, hand a failure
to ``after``, which says how long to wait or raises, and the response to ``answers``.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from adjudge import decoding, encoding
from adjudge.errors import FailedPreconditionError, ProtocolError, StatusError, Violation
from adjudge.retries import Retries
from adjudge.v1 import verifier_service_pb2

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from adjudge.connection import Connection
    from adjudge.deadline import Deadline
    from adjudge.digests import KnownTasks
    from adjudge.options import Options
    from adjudge.splitting import Part
    from adjudge.v1 import task_pb2
    from adjudge.verdict import Verdict

R = TypeVar("R")


class Inquiry(Protocol[R]):
    """What both clients drive: a request and its answers."""

    @property
    def tasks(self) -> Sequence[task_pb2.Task]:
        """The request's tasks, which an error may name."""
        ...

    def begin(self, connection: Connection, timeout_seconds: float) -> Any:
        """One attempt, as a call under way."""
        ...

    def after(self, error: StatusError) -> float:
        """Seconds to wait before the next attempt. Raises the error when there is to be none."""
        ...

    def answers(self, response: Any) -> list[R]:
        """What the response says, in order. Raises ProtocolError."""
        ...


class Exchange:
    """The life of one VerifyCandidates request; every attempt bears the same ``request_id``."""

    def __init__(self, part: Part, known: KnownTasks, options: Options, deadline: Deadline) -> None:
        self._part = part
        self._known = known
        self._retries = Retries(deadline, options.patience_seconds)
        self._full_resends = 0
        self.request = verifier_service_pb2.VerifyCandidatesRequest(request_id=uuid.uuid4().hex)
        encoding.add_candidates(self.request.candidates, part.candidates, part.task_indexes)
        for task in part.tasks:
            message = self.request.tasks.add()
            if known.worth_a_digest(task):
                message.digest = task.digest
                if task.digest in known:
                    continue
            message.verifier = task.verifier
            message.parameters_json = task.parameters_json

    @property
    def tasks(self) -> Sequence[task_pb2.Task]:
        """The request's tasks, which an error may name."""
        return self.request.tasks

    def begin(self, connection: Connection, timeout_seconds: float) -> Any:
        """One attempt, as a call under way."""
        return connection.verify(self.request, timeout_seconds)

    def after(self, error: StatusError) -> float:
        """Seconds to wait before the next attempt. Raises the error when there is to be none."""
        if isinstance(error, FailedPreconditionError) and error.unknown_digests:
            return self._resend_in_full(error)
        error.violations = renumbered(error.violations, "candidates", self._part.start)
        return self._retries.after(error)

    def answers(self, response: verifier_service_pb2.VerifyCandidatesResponse) -> list[Verdict]:
        """One verdict for each candidate of the part, in order."""
        if len(response.verdicts) != len(self._part.candidates):
            raise ProtocolError(
                f"the service sent {len(response.verdicts)} verdicts "
                f"for {len(self._part.candidates)} candidates"
            )
        self._known.learn(
            task.digest for task in self._part.tasks if self._known.worth_a_digest(task)
        )
        return decoding.read_verdicts(response.verdicts)

    def _resend_in_full(self, error: FailedPreconditionError) -> float:
        """Put the missing tasks into the request: the named ones first, all of them then."""
        if self._full_resends > 1:
            raise error
        missing = set(error.unknown_digests)
        self._known.forget(missing)
        for task, message in zip(self._part.tasks, self.request.tasks, strict=True):
            if self._full_resends or message.digest in missing:
                message.verifier = task.verifier
                message.parameters_json = task.parameters_json
        self._full_resends += 1
        return 0.0


def renumbered(violations: Iterable[Violation], field: str, start: int) -> tuple[Violation, ...]:
    """Violations of one part of a call, with positions in ``field`` as the caller knows them."""
    position = re.compile(rf"^{field}\[(\d+)\]", re.ASCII)
    return tuple(
        Violation(
            position.sub(lambda found: f"{field}[{int(found[1]) + start}]", each.field),
            each.description,
        )
        for each in violations
    )
