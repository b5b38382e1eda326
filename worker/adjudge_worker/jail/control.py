"""The slot's end of a control socket to zygote or nursery: one request, one reply."""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING, Any

from adjudge_worker.jail.errors import JailLost

if TYPE_CHECKING:
    from collections.abc import Sequence

REPLY_BYTES = 256 * 1024
PATIENCE_SECONDS = 20.0


class Control:
    """Asks a process in the jail. Not for two threads at once."""

    def __init__(self, end: socket.socket, whom: str) -> None:
        self._end = end
        self._whom = whom
        end.settimeout(PATIENCE_SECONDS)

    def fileno(self) -> int:
        """The socket, for ``select``: readable when a reply has come or the other end has gone."""
        return self._end.fileno()

    def ask(self, op: str, descriptors: Sequence[int] = (), **fields: Any) -> dict[str, Any]:
        """Ask and wait for the reply; a descriptor that comes with it is under ``"descriptor"``.

        Raises JailLost when the other end has gone, is silent for 20 s, or refuses.
        """
        request = json.dumps({"op": op, **fields}).encode()
        try:
            socket.send_fds(self._end, [request], list(descriptors))
        except OSError as error:
            raise JailLost(f"the {self._whom} cannot be asked: {error}") from error
        return self.read(op)

    def read(self, what: str) -> dict[str, Any]:
        """Wait for one reply. Raises JailLost as ``ask`` does."""
        try:
            message, received, _, _ = socket.recv_fds(self._end, REPLY_BYTES, 4)
        except OSError as error:
            self._end.close()  # else a late reply would be taken for that to the next question
            raise JailLost(f"the {self._whom} did not answer to {what!r}: {error}") from error
        if not message:
            raise JailLost(f"the {self._whom} has gone")
        reply: dict[str, Any] = json.loads(message)
        if not reply.get("ok"):
            for descriptor in received:
                os.close(descriptor)
            raise JailLost(f"the {self._whom} refused {what!r}: {reply.get('error')}")
        if received:
            reply["descriptor"] = received[0]
        return reply

    def close(self) -> None:
        """Close our end: the other one takes it as the order to end."""
        self._end.close()
