"""One request under way: its spans, those who wait for it, and its answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from adjudge_gateway.wire import VERDICTS_TAG, frame_ends

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge_gateway.batch import Batch
    from adjudge_gateway.errors import GatewayError
    from adjudge_gateway.span import Span


class Flight:
    """Collects the verdicts of one batch. ``answer`` becomes the serialised response."""

    def __init__(
        self,
        batch: Batch,
        deadline_unix_ms: int,
        withdraw: Callable[[Sequence[Span]], None],
    ) -> None:
        self.batch = batch
        self.deadline_unix_ms = deadline_unix_ms
        self.answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.spans: list[Span] = []
        self.launch: asyncio.Task[None] | None = None
        """Looks for earlier work before the spans are sent; only with a request id."""
        self._withdraw = withdraw
        self._waiters = 0
        self._unanswered = 0

    def take_off(self, spans: list[Span]) -> None:
        """These are the spans, in order of lane and position."""
        self.spans = spans
        self._unanswered = len(spans)

    def launched(self, launch: asyncio.Task[None]) -> None:
        """Pass on what went wrong by our fault, so that nobody waits for ever."""
        if not launch.cancelled() and (error := launch.exception()) and not self.answer.done():
            self.answer.set_exception(error)

    def extend(self, deadline_unix_ms: int) -> None:
        """One more caller waits; work goes on until the latest deadline of all."""
        before = self.deadline_unix_ms
        if before and (not deadline_unix_ms or deadline_unix_ms > before):
            self.deadline_unix_ms = deadline_unix_ms
            for span in self.spans:
                span.deadline_unix_ms = deadline_unix_ms
                span.renewed = True

    async def wait(self) -> bytes:
        """The answer. When the last waiter leaves without one, the work is withdrawn."""
        self._waiters += 1
        try:
            return await asyncio.shield(self.answer)
        finally:
            self._waiters -= 1
            if not self._waiters and not self.answer.done():
                self.answer.cancel()
                if self.launch is not None:
                    self.launch.cancel()
                self._withdraw(self.spans)
                self._let_go()

    def answered(self, span: Span) -> None:  # noqa: ARG002 - an owner may want to know which
        """One span less to wait for."""
        self._unanswered -= 1
        if not self._unanswered and not self.answer.done():
            self.answer.set_result(self._join())
            self._let_go()

    def failed(self, span: Span, error: GatewayError) -> None:  # noqa: ARG002 - likewise
        """The whole request fails with its first span."""
        self.fail(error)

    def fail(self, error: GatewayError) -> None:
        """End with ``error``, unless it has ended already."""
        if not self.answer.done():
            self.answer.set_exception(error)
            self._withdraw(self.spans)
            self._let_go()

    def _let_go(self) -> None:
        """Part from the spans, whose owner this is: a large request goes when it has been answered.

        The collector would find the circle in the end, but it counts objects, not their bytes.
        """
        self.spans = []

    def _join(self) -> bytes:
        """Responses of contiguous spans concatenate; those of a mixed batch are cut per verdict."""
        if all(isinstance(span.positions, range) for span in self.spans):
            return b"".join([span.response or b"" for span in self.spans])
        frames = [b""] * len(self.batch)
        for span in self.spans:
            response, start = span.response or b"", 0
            for position, end in zip(
                span.positions, frame_ends(response, VERDICTS_TAG), strict=True
            ):
                frames[position] = response[start:end]
                start = end
        return b"".join(frames)
