"""Waiting for Redis to come back, in the one way all of a slot does it."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)

_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 0.5


def patiently[T](what: str, call: Callable[[], T], give_up: Callable[[], bool]) -> T | None:
    """Repeat ``call`` until Redis answers it, with pauses of 50 ms to 0.5 s; then its answer.

    None when ``give_up`` says so in between. ``call`` must be safe to repeat.
    """
    pause_seconds = _FIRST_PAUSE_SECONDS
    while True:
        try:
            return call()
        except (RedisError, OSError) as error:
            if give_up():
                return None
            _log.warning("%s: Redis says: %s; again in %.2f s", what, error, pause_seconds)
        time.sleep(pause_seconds)
        pause_seconds = min(2 * pause_seconds, _LONGEST_PAUSE_SECONDS)
