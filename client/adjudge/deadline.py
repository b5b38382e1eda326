"""The caller's moment in time."""

from __future__ import annotations

import time
from dataclasses import dataclass

from adjudge.options import require_positive


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """A moment on the monotonic clock, in seconds."""

    at: float

    @classmethod
    def after(cls, deadline_seconds: float) -> Deadline:
        """The moment so many seconds from now. Raises ValueError when not finite and above 0."""
        require_positive("deadline_seconds", deadline_seconds)
        return cls(time.monotonic() + deadline_seconds)

    def remaining_seconds(self) -> float:
        """Seconds left; never below 0."""
        return max(0.0, self.at - time.monotonic())
