"""Frames on the socket between test code and candidate: a length (uint32, little-endian), JSON.

A frame is an object with some of these members, see ``link.py``:

    "t"  what it is: "ask", "answer", "raise" or "note"
    "v"  what is said, as ``codec.py`` writes values
    "k"  descriptions of classes that are mentioned for the first time
    "c"  new contents of containers that came with the question: [place, content], …
    "o"  text that was printed meanwhile: ["out" or "err", text], …
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import socket

FRAME_LIMIT_BYTES: Final = 64 << 20
NODES_LIMIT: Final = 2_000_000
"""Upper bound of the items in one frame: 100 to 200 MB as Python objects."""

_PREFIX: Final = struct.Struct("<I")
_CHUNK_BYTES: Final = 1 << 20
_MEMBERS: Final = {"t": str, "v": list, "k": list, "c": list, "o": list}


class BadFrame(Exception):
    """Raised when what came is no frame, or one over its limits."""


class Gone(Exception):
    """Raised when the other end has gone."""


class Wire:
    """One end of the socket."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, frame: dict[str, Any]) -> None:
        """Send one frame. Raises Gone; BadFrame, and sends nothing, when it is over the limit."""
        text = json.dumps(frame, separators=(",", ":"), check_circular=False).encode()
        if len(text) > FRAME_LIMIT_BYTES:
            raise BadFrame(f"a value of {len(text):,} bytes is too big to be handed over")
        try:
            self._end.sendall(_PREFIX.pack(len(text)) + text)
        except OSError as error:
            raise Gone from error

    def receive(self) -> dict[str, Any]:
        """Wait for one frame. Raises Gone and BadFrame."""
        (count,) = _PREFIX.unpack(self._exactly(_PREFIX.size))
        if count > FRAME_LIMIT_BYTES:
            raise BadFrame(f"a frame of {count:,} bytes is too long")
        return _frame(self._exactly(count))

    def close(self) -> None:
        """Close this end: the other one will find it gone."""
        self._end.close()

    def _exactly(self, count: int) -> bytes:
        parts = []
        while count:
            try:
                part = self._end.recv(min(count, _CHUNK_BYTES))
            except OSError as error:
                raise Gone from error
            if not part:
                raise Gone
            parts.append(part)
            count -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)


def _frame(text: bytes) -> dict[str, Any]:
    if text.count(b",") + text.count(b"[") > NODES_LIMIT:
        raise BadFrame(f"a frame of more than {NODES_LIMIT:,} items")
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFrame("a frame that is no JSON") from error
    if type(frame) is not dict or not _MEMBERS.keys() >= frame.keys():
        raise BadFrame("a frame with other members than there are")
    if any(type(content) is not _MEMBERS[name] for name, content in frame.items()):
        raise BadFrame("a frame with members of other types")
    return frame
