"""The keeper of test code, kept for a moment: the next candidate of a group has the same tests.

No candidate is in it, and each candidate's tests run in a fresh process of it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from adjudge_verifiers.sandbox import SandboxUnavailable
from adjudge_worker.jail.keeper import Keeper, KeeperLost
from adjudge_worker.jail.making import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from adjudge_worker.guest.orders import Compile

_RESTS_SECONDS: Final = 1.0
"""A keeper of test code ends by itself after resting for much longer, see ``service.py``."""


class TestKeepers:
    """At most one keeper of test code that rests. Not for two threads at once."""

    def __init__(self) -> None:
        self._resting: tuple[Compile, Keeper, float] | None = None

    def take(
        self, order: Compile, start_keeper: Callable[[], Keeper], stop: Callable[[], object]
    ) -> Keeper:
        """One for the order, that asks ``stop``: the one that rests, or a new one.

        Raises SandboxUnavailable.
        """
        if self._resting is not None:
            known, keeper, since = self._resting
            self._resting = None
            if known == order and time.monotonic() - since < _RESTS_SECONDS:
                keeper.heed(stop)
                return keeper
            keeper.end()
        try:
            fresh, _ = make(start_keeper, order, b"", {}, None)
        except KeeperLost as lost:
            raise SandboxUnavailable(f"{lost} before any test ran in it") from lost
        if fresh is None:
            raise SandboxUnavailable("the keeper of test code did not start")
        return fresh

    def put(self, order: Compile, keeper: Keeper) -> None:
        """Let a keeper rest in which nothing runs."""
        self.end()
        self._resting = order, keeper, time.monotonic()

    def __del__(self) -> None:
        self.end()

    def end(self) -> None:
        """End the one that rests."""
        if self._resting is not None:
            self._resting[1].end()
            self._resting = None
