"""The reader of one gateway's result stream."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisError

from adjudge_worker.queue import keys
from adjudge_worker.queue.codec import Result
from adjudge_worker.queue.errors import DecodeError

if TYPE_CHECKING:
    from adjudge_worker.queue.seal import Seal

_log = logging.getLogger(__name__)

FIELD = b"r"
"""The one field of a stream entry: a sealed Result."""
_BLOCK_MILLISECONDS = 2_000
_ENTRIES_A_READ = 256
_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 0.2


class ResultReader:
    """Reads results and trims what it has read, in one round trip.

    What is in the stream is unread, so after trouble it simply reads from the start again: a result
    may then come twice, never not at all.
    """

    def __init__(self, connection: Any, gateway: str, seal: Seal) -> None:
        self._redis = connection
        self._key = keys.results_key(gateway)
        self._seal = seal
        self._last = (0, 0)
        self._pause_seconds = _FIRST_PAUSE_SECONDS
        self._failing = False

    async def read(self) -> list[Result]:
        """Results that came within 2 s, or none; pauses while Redis is down."""
        try:
            entries = await self._fetch()
        except (RedisError, OSError) as error:
            if not self._failing:
                self._failing = True
                _log.warning("results cannot be read, trying again: %s", error)
            await asyncio.sleep(self._pause_seconds)
            self._pause_seconds = min(2 * self._pause_seconds, _LONGEST_PAUSE_SECONDS)
            self._last = (0, 0)
            return []
        self._pause_seconds = _FIRST_PAUSE_SECONDS
        self._failing = False
        return [result for fields in entries if (result := self._decode(fields)) is not None]

    async def _fetch(self) -> list[dict[bytes, bytes]]:
        milliseconds, serial = self._last
        async with self._redis.pipeline(transaction=False) as pipeline:
            pipeline.xtrim(self._key, minid=f"{milliseconds}-{serial + 1}", approximate=False)
            pipeline.xread(
                {self._key: f"{milliseconds}-{serial}"},
                count=_ENTRIES_A_READ,
                block=_BLOCK_MILLISECONDS,
            )
            _trimmed, streams = await pipeline.execute()
        if not streams:
            return []
        # RESP2 answers with a list of streams, RESP3 with a mapping of (nested) lists.
        entries = next(iter(streams.values()))[0] if isinstance(streams, dict) else streams[0][1]
        last_milliseconds, last_serial = entries[-1][0].split(b"-")
        self._last = (int(last_milliseconds), int(last_serial))
        return [fields for _identifier, fields in entries]

    def _decode(self, fields: dict[bytes, bytes]) -> Result | None:
        sealed = fields.get(FIELD, b"")
        try:
            return Result.decode(self._seal.open(sealed, b"result"))
        except DecodeError as error:
            _log.warning("a result on %s was ignored: %s", self._key, error)
            return None
