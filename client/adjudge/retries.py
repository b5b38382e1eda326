"""When to try again: the one policy for every call."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from adjudge.errors import ResourceExhaustedError, StatusError, UnavailableError

if TYPE_CHECKING:
    from adjudge.deadline import Deadline

FIRST_DELAY_SECONDS = 0.05
LONGEST_DELAY_SECONDS = 2.0
_TOO_LARGE = "larger than max"
"""gRPC's own RESOURCE_EXHAUSTED for an oversized message: no later attempt can mend it."""


class Retries:
    """The attempts of one call.

    UNAVAILABLE is tried again until ``patience_seconds`` have passed since the first one in a row;
    RESOURCE_EXHAUSTED until the deadline, no sooner than the service asks (RetryInfo).
    Delays double from 50 ms to 2 s, each shortened by up to a half at random, so that many clients
    do not come back at once.
    """

    def __init__(self, deadline: Deadline, patience_seconds: float) -> None:
        self._deadline = deadline
        self._patience_seconds = patience_seconds
        self._ceiling_seconds = FIRST_DELAY_SECONDS
        self._unreachable_since: float | None = None

    def after(self, error: StatusError) -> float:
        """Seconds to wait before the next attempt. Raises the error when there is to be none."""
        now = time.monotonic()
        if isinstance(error, UnavailableError):
            if self._unreachable_since is None:
                self._unreachable_since = now
            if now - self._unreachable_since >= self._patience_seconds:
                raise error
        elif isinstance(error, ResourceExhaustedError) and _TOO_LARGE not in error.message:
            self._unreachable_since = None
        else:
            raise error
        asked_seconds = max(0.0, error.retry_delay_seconds or 0.0)
        delay_seconds = asked_seconds + self._ceiling_seconds * random.uniform(0.5, 1.0)  # noqa: S311 - jitter is no secret
        self._ceiling_seconds = min(LONGEST_DELAY_SECONDS, self._ceiling_seconds * 2)
        if delay_seconds >= self._deadline.remaining_seconds():
            raise error
        return delay_seconds
