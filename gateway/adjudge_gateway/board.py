"""What the gateway knows of the workers and of Redis: refreshed once a second."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time
from typing import TYPE_CHECKING, Final

from google.protobuf.message import DecodeError

from adjudge.v1.verifier_service_pb2 import ListVerifiersResponse, VerifierDescription
from adjudge_gateway.grouping import COMPANION
from adjudge_worker.queue import Dispatcher, PoolState, QueueError, QueueUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

REFRESH_SECONDS: Final = 1.0
FRESH_SECONDS: Final = 0.1
"""Who asks for the catalogue gets one no older than this."""

_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True)
class _Offer:
    pool: str
    description: VerifierDescription


class Board:
    """Pools, their live slots and verifiers, Redis's memory, and whether Redis is there."""

    def __init__(self, dispatcher: Dispatcher, *, default_pool: str) -> None:
        self._dispatcher = dispatcher
        self._default_pool = default_pool
        self._slots: dict[str, int] = {}
        self._offers: dict[str, list[_Offer]] = {}
        self.memory_share = 0.0
        """Of Redis's maxmemory in use; 0 when it has no limit."""
        self.redis_gone_since: float | None = time.monotonic()
        """Time (monotonic) since when Redis cannot be reached; None when it can."""
        self.redis_trouble = "not connected yet"
        self.outages = 0
        """How often Redis has been lost; it may have come back empty each time."""
        self.no_slots_since: float | None = time.monotonic()
        """Time (monotonic) since when no worker slot is alive; None when one is."""
        self._refreshed_at = 0.0
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after every refresh and when Redis is lost."""
        self._listeners.append(listener)

    def slots(self, pool: str) -> int:
        """Live worker slots of ``pool``."""
        return self._slots.get(pool, 0)

    def total_slots(self) -> int:
        """Live worker slots of all pools."""
        return sum(self._slots.values())

    def pool_for(self, verifier: str) -> str:
        """Where its work goes: a pool that has it, else one whose worker can say so."""
        offers = self._offers.get(verifier.removesuffix(COMPANION), ())
        known = [offer.pool for offer in offers if offer.description.available]
        known = known or [offer.pool for offer in offers]
        if known:
            return self._default_pool if self._default_pool in known else known[0]
        if self._default_pool in self._slots or not self._slots:
            return self._default_pool
        return next(iter(self._slots))

    def catalogue(self) -> ListVerifiersResponse:
        """Every verifier that the live workers know, by name, with the pools that offer it."""
        response = ListVerifiersResponse()
        for _, offers in sorted(self._offers.items()):
            best = max(offers, key=lambda offer: offer.description.available)
            described = response.verifiers.add()
            described.CopyFrom(best.description)
            del described.pools[:]
            described.pools.extend(
                offer.pool
                for offer in offers
                if offer.description.available == best.description.available
            )
        return response

    async def fresh_catalogue(self) -> ListVerifiersResponse:
        """The catalogue as it is now. Raises QueueUnavailable."""
        if time.monotonic() - self._refreshed_at > FRESH_SECONDS:
            await self.refresh()
        return self.catalogue()

    async def refresh(self) -> None:
        """Look once. Raises QueueUnavailable."""
        try:
            pools = await self._dispatcher.pools()
            used, limit = await self._dispatcher.memory()
        except QueueUnavailable as error:
            self.lost(error)
            raise
        if self.redis_gone_since is not None:
            _log.info("Redis is there; %d worker slots", sum(pool.workers for pool in pools))
        self.redis_gone_since = None
        self.redis_trouble = ""
        self.memory_share = used / limit if limit else 0.0
        self._refreshed_at = time.monotonic()
        self._slots = {pool.name: pool.workers for pool in pools}
        self._offers = _offers(pools)
        if self._slots:
            self.no_slots_since = None
        elif self.no_slots_since is None:
            self.no_slots_since = time.monotonic()
        self._tell()

    def lost(self, error: QueueUnavailable) -> None:
        """Note that Redis could not be reached."""
        newly = self.redis_gone_since is None
        if newly:
            self.redis_gone_since = time.monotonic()
            self.outages += 1
        if str(error) != self.redis_trouble:
            _log.warning("Redis cannot be reached: %s", error)
        self.redis_trouble = str(error)
        if newly:
            self._tell()

    async def run(self) -> None:
        """Refresh for ever; reconnects when Redis was not there at the start."""
        connected = False
        while True:
            try:
                if not connected:
                    await self._dispatcher.start()
                    connected = True
                await self.refresh()
            except QueueUnavailable as error:
                self.lost(error)
            except QueueError:
                _log.exception("the board could not be refreshed")
            await asyncio.sleep(REFRESH_SECONDS if connected else REFRESH_SECONDS / 4)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def _offers(pools: list[PoolState]) -> dict[str, list[_Offer]]:
    offers: dict[str, list[_Offer]] = {}
    for pool in pools:
        try:
            catalogue = ListVerifiersResponse.FromString(pool.verifiers)
        except DecodeError:
            _log.warning("the catalogue of pool %s does not parse; ignored", pool.name)
            continue
        for description in catalogue.verifiers:
            offers.setdefault(description.name, []).append(_Offer(pool.name, description))
    return offers
