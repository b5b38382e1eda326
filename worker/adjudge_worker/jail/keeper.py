"""The slot's end of one keeper: orders out, answers in, all under the slot's own clock."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import select
import signal
import socket
import time
from typing import TYPE_CHECKING, Any, Self

from adjudge_verifiers.sandbox import SandboxStopped, SandboxUnavailable
from adjudge_worker.guest import messages
from adjudge_worker.guest.orders import Compile, Compiled, Ending, Run
from adjudge_worker.guest.supervision import QUEUED_SHARE
from adjudge_worker.jail.errors import JailError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

START_SECONDS = 10.0
"""How long a keeper may take to put up its walls."""
GRACE_SECONDS = 1.0
"""How much later than the last moment of a run its answer may come."""
_OTHER_BLOBS_BYTES = 64 * 1024
_DEATH_SECONDS = 5.0
_STOP_ASKED_EVERY_SECONDS = 0.05
_PLAIN = Run()

Answer = tuple[dict[str, Any], list[bytes]]


class KeeperLost(Exception):
    """Raised when a keeper ended, talked nonsense or was late: the candidate's doing.

    ``late`` tells which.
    """

    def __init__(self, *, late: bool) -> None:
        super().__init__("the keeper was late" if late else "the keeper was lost")
        self.late = late


class Keeper:
    """One keeper and with it one candidate program. Leaving the context ends all its processes."""

    def __init__(
        self, start: Callable[[socket.socket], int], stop: Callable[[], object] = lambda: None
    ) -> None:
        """Start a keeper.

        Args:
            start: hands one end of a socketpair to the zygote; returns a pidfd of the new keeper.
            stop: asked every 50 ms while waiting; true: nobody wants the answer any more.

        Raises:
            SandboxUnavailable: the zygote gave none, or the keeper could not put up its walls.
            SandboxStopped: ``stop`` said so; every method that waits may raise it.
        """
        self._stop = stop
        self._give_up = 0.0
        self._channel, theirs = socket.socketpair()
        try:
            with theirs:
                self._pidfd = start(theirs)
        except JailError as error:
            self._channel.close()
            raise SandboxUnavailable(f"the jail gave no keeper: {error}") from error
        try:
            self._await_ready()
        except BaseException:
            self.end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def compile(
        self,
        order: Compile,
        source: bytes,
        files: Sequence[bytes] = (),
        descriptors: Sequence[int] = (),
    ) -> tuple[Compiled, bytes]:
        """Compile the program, with the contents of ``order.files``.

        Returns:
            How it went, and the binary where the order asks for it and there is one.

        Raises:
            KeeperLost: the keeper did not answer properly.
        """
        bounds = order.compile_bounds
        self._send(dataclasses.asdict(order), [source, *files], descriptors)
        give_up = time.monotonic() + bounds.wall_seconds + GRACE_SECONDS
        fields, blobs = self._receive(give_up, order.told_bytes + _OTHER_BLOBS_BYTES)
        return _read(Compiled, fields), b"".join(blobs)

    def run(
        self,
        data: bytes,
        wall_seconds: float,
        output_bytes: int,
        order: Run = _PLAIN,
        descriptors: Sequence[int] = (),
    ) -> tuple[Ending, bytes, bytes, bytes]:
        """Run one case; ``begin`` and ``finish`` in one.

        Returns:
            How it ended, its stdout, the tail of its stderr, the result that our harness left.

        Raises:
            KeeperLost: the keeper did not answer properly.
        """
        self.begin(data, wall_seconds, order, descriptors)
        return self.finish(output_bytes)

    def begin(
        self,
        data: bytes,
        wall_seconds: float,
        order: Run = _PLAIN,
        descriptors: Sequence[int] = (),
        files: Sequence[bytes] = (),
    ) -> None:
        """Let one case start. Descriptors are as ``Run`` says, files the contents of its files.

        The program gets its own copies of the descriptors.
        Whoever holds the other ends must close ours for them to notice the program's end.
        Raises KeeperLost.
        """
        self._send(dataclasses.asdict(order), [data, *files], descriptors)
        longest_seconds = wall_seconds * (1 + QUEUED_SHARE) + GRACE_SECONDS
        self._give_up = time.monotonic() + longest_seconds

    def finish(self, output_bytes: int) -> tuple[Ending, bytes, bytes, bytes]:
        """Wait for the case that was begun; see ``run``. Raises KeeperLost."""
        fields, blobs = self._receive(self._give_up, 2 * output_bytes + _OTHER_BLOBS_BYTES)
        if len(blobs) != 3:  # noqa: PLR2004 - stdout, stderr, result
            raise KeeperLost(late=False)
        stdout, stderr, result = blobs
        return _read(Ending, fields), stdout, stderr, result

    def heed(self, stop: Callable[[], object]) -> None:
        """From now on ask another ``stop``: that of the next candidate."""
        self._stop = stop

    def end(self) -> None:
        """End the keeper, and with it every process in its namespace; wait for that."""
        self._channel.close()
        if self._pidfd < 0:
            return
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        poll.poll(_DEATH_SECONDS * 1000)
        os.close(self._pidfd)
        self._pidfd = -1

    def _await_ready(self) -> None:
        try:
            fields, _ = self._receive(time.monotonic() + START_SECONDS, _OTHER_BLOBS_BYTES)
        except KeeperLost as lost:
            raise SandboxUnavailable(f"{lost} before any candidate ran") from lost
        if fields.get("error") != "":
            raise SandboxUnavailable(f"the keeper has no walls: {fields.get('error')!r:.500}")

    def _send(
        self, fields: dict[str, Any], blobs: Sequence[bytes], descriptors: Sequence[int] = ()
    ) -> None:
        try:
            messages.send(self._channel, fields, blobs, descriptors)
        except OSError as error:
            raise KeeperLost(late=False) from error

    def _receive(self, give_up: float, blobs_limit_bytes: int) -> Answer:
        """One answer, which must come before ``give_up`` on the monotonic clock."""
        readable = select.poll()
        readable.register(self._channel, select.POLLIN)

        def wait() -> None:
            while True:
                left = min(give_up - time.monotonic(), _STOP_ASKED_EVERY_SECONDS)
                if left <= 0:
                    raise KeeperLost(late=True)
                if readable.poll(left * 1000):
                    return
                if self._stop():
                    raise SandboxStopped("The caller's deadline passed while the program ran.")

        try:
            return messages.receive(self._channel, blobs_limit_bytes, wait)
        except (EOFError, OSError, messages.BadMessage) as error:
            raise KeeperLost(late=False) from error


def _read[T: (Compiled, Ending)](kind: type[T], fields: dict[str, Any]) -> T:
    """The dataclass of an answer, its fields of the right types. Raises KeeperLost."""
    wanted = {field.name: field.type for field in dataclasses.fields(kind)}
    if fields.keys() != wanted.keys() or any(
        type(value).__name__ != wanted[name] for name, value in fields.items()
    ):
        raise KeeperLost(late=False)
    return kind(**fields)
