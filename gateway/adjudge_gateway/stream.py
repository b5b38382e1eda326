"""One StreamVerdicts call: candidates as they come, verdicts as they are made."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from adjudge_gateway.errors import GatewayError
from adjudge_gateway.linger import Linger, Member
from adjudge_gateway.wire import POSITIONS_TAG, encode_varint, frame

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from adjudge_gateway.admission import Admission
    from adjudge_gateway.batch import Batch
    from adjudge_gateway.metrics import Metrics
    from adjudge_gateway.quota import Quota


class VerdictStream:
    """Reads messages while fewer than ``most_items`` candidates are unanswered."""

    def __init__(
        self,
        admission: Admission,
        linger: Linger,
        quota: Quota,
        metrics: Metrics,
        *,
        tenant: str,
        deadline_unix_ms: int,
        most_items: int,
    ) -> None:
        self._admission = admission
        self._linger = linger
        self._quota = quota
        self._metrics = metrics
        self._tenant = tenant
        self._deadline_unix_ms = deadline_unix_ms
        self._most_items = most_items
        self._members: dict[Member, int] = {}  # and how many of its verdicts are missing
        self._unanswered = 0
        self._next_position = 0
        self._verdicts: list[bytes] = []
        self._positions: list[bytes] = []
        self._error: GatewayError | None = None
        self._read_all = False
        self._changed = asyncio.Event()
        self._room = asyncio.Event()

    async def serve(self, messages: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
        """Serialised StreamVerdictsResponse messages. Raises GatewayError to end the call."""
        reader = asyncio.create_task(self._read(messages))
        try:
            while True:
                await self._changed.wait()
                self._changed.clear()
                if self._verdicts:
                    yield self._take()
                if self._error is not None:
                    raise self._error
                if self._read_all and not self._unanswered and not self._verdicts:
                    await reader
                    return
        finally:
            reader.cancel()
            for member in list(self._members):
                self._linger.leave(member)
                self._release(member)

    async def _read(self, messages: AsyncIterator[bytes]) -> None:
        try:
            async for data in messages:
                batch = await self._admission.stream_message(data)
                while self._unanswered and self._unanswered + len(batch) > self._most_items:
                    self._room.clear()
                    await self._room.wait()
                self._judge(batch)
            self._read_all = True
        except GatewayError as error:
            self._error = error
        finally:
            self._read_all = True
            self._changed.set()

    def _judge(self, batch: Batch) -> None:
        self._quota.reserve(self._tenant, len(batch), batch.size_bytes)
        self._metrics.requests += 1
        self._metrics.items += len(batch)
        base = self._next_position
        self._next_position += len(batch)
        self._unanswered += len(batch)

        def deliver(at: int, verdict: bytes) -> None:
            self._verdicts.append(verdict)
            self._positions.append(encode_varint(base + at))
            self._unanswered -= 1
            self._members[member] -= 1
            if not self._members[member]:
                self._release(member)
            self._room.set()
            self._changed.set()

        member = Member(batch, self._tenant, self._deadline_unix_ms, deliver, self._fail)
        self._members[member] = len(batch)
        self._linger.join(member)

    def _fail(self, error: GatewayError) -> None:
        self._error = error
        self._changed.set()

    def _release(self, member: Member) -> None:
        del self._members[member]
        self._quota.release(self._tenant, len(member.batch), member.batch.size_bytes)

    def _take(self) -> bytes:
        """All verdicts that are ready, as one message."""
        message = b"".join([*self._verdicts, frame(POSITIONS_TAG, b"".join(self._positions))])
        self._verdicts.clear()
        self._positions.clear()
        return message
