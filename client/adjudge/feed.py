"""The candidates of one stream: waiting, sent, answered."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from adjudge import decoding
from adjudge.errors import ProtocolError

if TYPE_CHECKING:
    from adjudge.candidate import Candidate
    from adjudge.v1 import verifier_service_pb2
    from adjudge.verdict import Verdict

MAX_WAITING = 4096
"""Candidates read ahead of the connection."""
MAX_MESSAGE = 256
"""Candidates of one message."""


class Feed:
    """Shared by the thread that reads candidates, gRPC's thread that sends them, and the reader.

    A stream that breaks is opened again: what was sent and not answered then waits again.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[tuple[int, Candidate]] = deque()
        self._unanswered: dict[int, Candidate] = {}
        self._sent: list[int] = []  # ordinal in this connection -> position in the stream
        self._count = 0
        self._connection = 0
        self._finished = False
        self._error: BaseException | None = None

    def offer(self, candidate: Candidate) -> bool:
        """Add a candidate at the end; False when there is no room now."""
        with self._changed:
            if len(self._waiting) >= MAX_WAITING:
                return False
            self._waiting.append((self._count, candidate))
            self._count += 1
            self._changed.notify_all()
            return True

    def put(self, candidate: Candidate) -> bool:
        """Add a candidate at the end, waiting for room; False when nobody wants more."""
        while not self.offer(candidate):
            with self._changed:
                self._changed.wait_for(lambda: len(self._waiting) < MAX_WAITING or self._finished)
                if self._finished:
                    return False
        return not self._finished

    def finish(self, error: BaseException | None = None) -> None:
        """There will be no more, or (from the reader) no more is wanted."""
        with self._changed:
            if not self._finished:
                self._finished = True
                self._error = error
                self._changed.notify_all()

    @property
    def finished(self) -> bool:
        """True when no more candidates come or are wanted."""
        return self._finished

    def connect(self) -> int:
        """The number of a new connection; all that is unanswered waits again, in order."""
        with self._changed:
            unanswered = sorted(self._unanswered.items())
            self._unanswered.clear()
            self._sent = []
            self._waiting.extendleft(reversed(unanswered))
            self._connection += 1
            self._changed.notify_all()
            return self._connection

    def take(self, connection: int) -> list[Candidate]:
        """What waits now, at least one; empty at the end and on a connection that is no more."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._waiting or self._finished or connection != self._connection
            )
            if connection != self._connection:
                return []
            taken = [self._waiting.popleft() for _ in range(min(MAX_MESSAGE, len(self._waiting)))]
            self._unanswered.update(taken)
            self._sent += (position for position, _ in taken)
            self._changed.notify_all()
            # Ids need be unique in a message only, and what shares one is chance: they stay here.
            return [replace(each, id="") if each.id else each for _, each in taken]

    def answer(
        self, response: verifier_service_pb2.StreamVerdictsResponse
    ) -> list[tuple[int, Verdict]]:
        """Positions in the stream with verdicts. Raises ProtocolError for one nobody asked for."""
        verdicts = decoding.read_verdicts(response.verdicts)
        if len(response.positions) != len(verdicts):
            raise ProtocolError(
                f"the service sent {len(verdicts)} verdicts "
                f"with {len(response.positions)} positions"
            )
        with self._changed:
            return [
                self._answered(ordinal, verdict)
                for ordinal, verdict in zip(response.positions, verdicts, strict=True)
            ]

    def end(self) -> None:
        """The service has closed the stream. Raises what reading the candidates raised."""
        if self._unanswered or self._waiting:
            raise ProtocolError(
                f"the service ended the stream with {len(self._unanswered)} candidates unanswered"
            )
        if self._error is not None:
            raise self._error

    def _answered(self, ordinal: int, verdict: Verdict) -> tuple[int, Verdict]:
        position = self._sent[ordinal] if ordinal < len(self._sent) else -1
        candidate = self._unanswered.pop(position, None)
        if candidate is None:
            raise ProtocolError(
                f"the service sent a verdict for position {ordinal} of the stream, "
                f"of {len(self._sent)} sent, which is none or had one"
            )
        return position, replace(verdict, candidate_id=candidate.id) if candidate.id else verdict
