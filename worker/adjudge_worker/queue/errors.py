"""What can go wrong on either side of the queue."""

from __future__ import annotations


class QueueError(Exception):
    """Raised when the queue cannot do what was asked; every other error of this room is one."""


class QueueUnavailable(QueueError):
    """Raised when Redis cannot be reached, refuses the command or is too old.

    Nothing is known about what the command did: asking again must be harmless, and is.
    """


class InvalidJobError(QueueError, ValueError):
    """Raised when a job or a result is made with a field outside its range; names the field."""


class DecodeError(QueueError):
    """Raised when bytes from Redis are not what we wrote: malformed, unsigned or wrongly signed.

    ``data`` holds the bytes, ``cause`` says in one sentence what is wrong with them.
    """

    def __init__(self, data: bytes, cause: str) -> None:
        super().__init__(f"{cause} ({len(data)} bytes)")
        self.data = data
        self.cause = cause
