"""Looks for lost jobs and sends them again; see docs/decisions/0004."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from adjudge_gateway.errors import NoWorkers, QueueLost, ResultRefused
from adjudge_gateway.span import Life, parts
from adjudge_worker.queue import Dispatcher, JobState, QueueUnavailable

if TYPE_CHECKING:
    from adjudge_gateway.board import Board
    from adjudge_gateway.dispatch import Dispatch
    from adjudge_gateway.settings import Settings

LOOKS: Final = 2
"""A job missing so many times in a row is lost."""
SECOND_LIFE_PARTS: Final = 8
"""A chunk that died is cut into so many parts; one of them that dies, into single candidates."""
DEATHS_ALONE: Final = 2
"""A candidate is blamed when so many workers died on it while it was alone."""
INNOCENT_LOSSES: Final = 5
"""A job lost so often in a row with Redis is taken to have killed its workers after all."""
LAST_DEATHS: Final = 8
"""Then even the blame did not come back: the request fails."""

_log = logging.getLogger(__name__)


class Watch:
    """Finds out which jobs are lost, and who waits in vain."""

    def __init__(
        self, dispatch: Dispatch, dispatcher: Dispatcher, board: Board, settings: Settings
    ) -> None:
        self._dispatch = dispatch
        self._dispatcher = dispatcher
        self._board = board
        self._settings = settings

    async def run(self) -> None:
        """Look every ``look_seconds``, for ever."""
        while True:
            await asyncio.sleep(self._settings.look_seconds)
            self.give_up()
            try:
                await self.look()
            except QueueUnavailable as error:
                self._board.lost(error)

    async def look(self) -> None:
        """Look once at all jobs under way. Raises QueueUnavailable."""
        lives = self._dispatch.lives
        for life in [life for life in lives.values() if life.refused]:
            self._lose(life)
        pools: defaultdict[str, list[Life]] = defaultdict(list)
        for life in lives.values():
            pools[life.job.pool].append(life)
        for pool, members in pools.items():
            states = await self._dispatcher.look(pool, [life.job.id for life in members])
            await self._take_kept(
                [
                    life
                    for life, state in zip(members, states, strict=True)
                    if life.attached
                    or (life.job.keep and state is JobState.MISSING and life.missing + 1 >= LOOKS)
                ]
            )
            for life, state in zip(members, states, strict=True):
                if life.job.id in lives:
                    self._note(life, state)

    async def _take_kept(self, lives: list[Life]) -> None:
        """Results that were sent to another gateway, or got lost on their way to this one."""
        if not lives:
            return
        kept = await self._dispatcher.kept([life.job.id for life in lives])
        for life, result in zip(lives, kept, strict=True):
            if result is not None and life.job.id in self._dispatch.lives:
                self._dispatch.take_kept(life, result)

    def give_up(self) -> None:
        """Fail what has waited too long for Redis or for a first worker."""
        now = time.monotonic()
        gone = self._board.redis_gone_since
        patience = self._settings.redis_patience_seconds
        if gone is not None and now - gone > patience:
            trouble = self._board.redis_trouble
            error = QueueLost(f"Redis has been away for over {patience:g} s ({trouble})")
            self._dispatch.fail(self._dispatch.waiting(), error)
            return
        empty = self._board.no_slots_since
        limit = self._settings.no_workers_seconds
        if empty is not None and now - empty > limit:
            old = [span for span in self._dispatch.waiting() if now - span.waiting_since > limit]
            self._dispatch.fail(
                old, NoWorkers(f"no worker has been alive for {limit:g} s; start `adjudge worker`")
            )

    def _note(self, life: Life, state: JobState) -> None:
        if life.refused:
            self._lose(life)
        elif state is JobState.MISSING:
            life.missing += 1
            if life.missing >= LOOKS:
                self._lose(life)
        else:
            life.missing = 0

    def _lose(self, life: Life) -> None:
        """Send a lost job again: whole, in parts, alone, or to be blamed."""
        innocent = life.refused == "expired" or life.attached or life.outages != self._board.outages
        if innocent and life.innocent_losses < INNOCENT_LOSSES:
            self._again(life, innocent_losses=life.innocent_losses + 1)
        elif life.count > 1:
            self._split(life)
        else:
            self._alone(life)

    def _again(
        self, life: Life, *, innocent_losses: int = 0, deaths_alone: int = 0, blamed: bool = False
    ) -> None:
        job = self._dispatch.job(
            life, offset=life.offset, chunk=life.job.chunk, count=life.count,
            blamed=blamed or life.job.blamed,
        )  # fmt: skip
        _log.warning("job %s (%d candidates) is lost; sent again as %s",
                     life.job.id, life.count, job.id)  # fmt: skip
        again = Life(
            life.span,
            job,
            life.offset,
            life.count,
            deaths_alone=deaths_alone or life.deaths_alone,
            innocent_losses=innocent_losses,
        )
        self._dispatch.send_again(life, [again])

    def _split(self, life: Life) -> None:
        """Cut a job whose worker died, leaving out what has been answered meanwhile."""
        span = life.span
        most = SECOND_LIFE_PARTS if life.count == len(span) else life.count
        lives = []
        for start, count, chunk in parts(life.job.chunk, most):
            offset = life.offset + start
            if span.wants(offset, count):
                job = self._dispatch.job(
                    life, offset=offset, chunk=chunk, count=count, blamed=False
                )
                lives.append(Life(span, job, offset, count))
        _log.warning("the worker of job %s (%d candidates) died; sent again in %d parts",
                     life.job.id, life.count, len(lives))  # fmt: skip
        self._dispatch.send_again(life, lives)

    def _alone(self, life: Life) -> None:
        deaths = life.deaths_alone + 1
        if deaths >= LAST_DEATHS or (life.refused and deaths >= DEATHS_ALONE):
            what = "answered with malformed results" if life.refused else "died"
            error = ResultRefused(f"{deaths} workers in a row {what}; see the gateway's log")
            self._dispatch.fail([life.span], error)
            return
        self._again(life, deaths_alone=deaths, blamed=deaths >= DEATHS_ALONE)
