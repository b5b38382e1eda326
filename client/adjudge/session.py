"""What both clients are made of: an address, options, and a part of their own in each process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from adjudge.channel import PerProcess, require_address
from adjudge.deadline import Deadline
from adjudge.errors import ClientClosedError
from adjudge.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable

P = TypeVar("P")


class Session(Generic[P]):
    """A client's lifetime. Only address and options are pickled."""

    def __init__(
        self, address: str, options: Options | None, connect: Callable[[str, Options], P]
    ) -> None:
        require_address(address)
        self.address = address
        self.options = options or Options()
        self._closed = False
        self._processes = PerProcess(lambda: connect(self.address, self.options))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.address, self.options)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.address!r}, {self.options!r})"

    def _process(self) -> P:
        """This process's part. Raises ClientClosedError after ``close()``."""
        self._require_open()
        return self._processes.get()

    def _require_open(self) -> None:
        if self._closed:
            raise ClientClosedError("the client is closed; make a new one")

    def _deadline(self, deadline_seconds: float | None) -> Deadline:
        """The caller's deadline or the options'. Raises ValueError when it is no time ahead."""
        if deadline_seconds is None:
            deadline_seconds = self.options.deadline_seconds
        return Deadline.after(deadline_seconds)
