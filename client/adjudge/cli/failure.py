"""How a verb says that it could not do its work."""

from __future__ import annotations


class CommandError(Exception):
    """Raised when a verb cannot go on: the message says what was expected and what to do.

    ``status`` is the process's exit status: 1 failed, 2 called wrongly.
    """

    def __init__(self, message: str, *, status: int = 1) -> None:
        super().__init__(message)
        self.status = status
