"""Recent answers, for callers that repeat a request id."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import NamedTuple


class Answer(NamedTuple):
    """What a request was answered with."""

    content: bytes
    response: bytes
    expires_at: float
    """On the monotonic clock."""


class RecentAnswers:
    """Answers by request key, for a while and up to a size; the oldest go first."""

    def __init__(self, *, limit_bytes: int, seconds: float) -> None:
        self._limit_bytes = limit_bytes
        self._seconds = seconds
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._size_bytes = 0

    def get(self, key: str) -> Answer | None:
        """The answer, while it is remembered."""
        self._forget_old()
        return self._answers.get(key)

    def add(self, key: str, content: bytes, response: bytes) -> None:
        """Remember an answer; one larger than everything allowed is not remembered."""
        self._forget_old()
        if len(response) > self._limit_bytes:
            return
        if (before := self._answers.pop(key, None)) is not None:
            self._size_bytes -= len(before.response)
        self._answers[key] = Answer(content, response, time.monotonic() + self._seconds)
        self._size_bytes += len(response)
        while self._size_bytes > self._limit_bytes:
            self._drop_oldest()

    def _forget_old(self) -> None:
        now = time.monotonic()
        while self._answers and next(iter(self._answers.values())).expires_at <= now:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        self._size_bytes -= len(self._answers.popitem(last=False)[1].response)
