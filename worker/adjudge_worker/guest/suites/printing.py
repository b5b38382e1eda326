"""The candidate's standard streams, when its output belongs to the tests' own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_FLUSHED_CHARACTERS: Final = 16 * 1024


class Printed(io.TextIOBase):
    """Standard output or errors: collects text until the next message to the tests."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, descriptor: int, name: str, pages: Pages) -> None:
        self._descriptor = descriptor
        self._stream = name
        self._pages = pages
        self.name = f"<std{name}>"
        self.mode = "w"
        self.buffer = PrintedBytes(self)

    def write(self, text: str) -> int:
        """Take text. Raises TypeError for anything else."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._pages.add(self._stream, text)
        return len(text)

    def writable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """The real descriptor, whose output nobody sees."""
        return self._descriptor


class PrintedBytes(io.RawIOBase):
    """What a ``buffer`` is to a text stream."""

    def __init__(self, text: Printed) -> None:
        self._text = text

    def write(self, data: Any) -> int:
        """Take bytes."""
        self._text.write(bytes(data).decode("utf-8", "replace"))
        return len(data)

    def writable(self) -> bool:
        """Yes."""
        return True


class Pages:
    """What was printed since the last message."""

    def __init__(self, flush: Callable[[], None]) -> None:
        """``flush`` is called when much has come together."""
        self._flush = flush
        self._pages: list[list[str]] = []
        self._characters = 0

    def add(self, stream: str, text: str) -> None:
        """Add text of "out" or "err"."""
        if self._pages and self._pages[-1][0] == stream:
            self._pages[-1].append(text)
        else:
            self._pages.append([stream, text])
        self._characters += len(text)
        if self._characters > _FLUSHED_CHARACTERS:
            self._flush()

    def take(self) -> list[list[str]]:
        """All of it, once: [stream, text], …."""
        pages, self._pages, self._characters = self._pages, [], 0
        return [[stream, "".join(texts)] for stream, *texts in pages]


class Asked(io.TextIOBase):
    """Standard input: every line is asked of the tests."""

    encoding = "utf-8"
    name = "<stdin>"
    mode = "r"

    def __init__(self, ask: Callable[[str, int], str]) -> None:
        """``ask("read" or "readline", size)`` gives text."""
        self._ask = ask

    def read(self, size: int | None = -1) -> str:
        """All that is left, or so many characters."""
        return self._ask("read", -1 if size is None else size)

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        """One line; empty at the end."""
        return self._ask("readline", -1 if size is None else size)

    def readable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """The real descriptor, which is empty."""
        return 0
