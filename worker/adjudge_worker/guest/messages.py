"""The messages between slot and keeper, on a stream socket.

    uint32  bytes of the header, little-endian
    uint64  bytes of all blobs together
    header  one JSON object; "blobs" gives the length of each blob
    blobs   raw bytes, one after the other: sources, inputs, outputs

To the keeper: the fields of ``Compile`` with the source, then for each run an empty header with the
input or the arguments. From the keeper: ``{"error": ""}`` when its walls stand, then the fields of
``Compiled``, then those of ``Ending`` for each run. See ``orders.py``.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Sequence

_PREFIX = struct.Struct("<IQ")
_CHUNK_BYTES = 1024 * 1024

HEADER_LIMIT_BYTES = 64 * 1024
BLOBS_LIMIT_BYTES = 1 << 30


class BadMessage(ValueError):
    """Raised when bytes from the other end are no message, or one over its limits."""


def send(channel: socket.socket, header: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Send one message. Raises OSError when the other end has gone."""
    text = json.dumps({**header, "blobs": [len(blob) for blob in blobs]}).encode()
    parts = [_PREFIX.pack(len(text), sum(map(len, blobs))), text, *blobs]
    channel.sendall(b"".join(parts))


def receive(
    channel: socket.socket,
    blobs_limit_bytes: int = BLOBS_LIMIT_BYTES,
    wait: Callable[[], None] | None = None,
) -> tuple[dict[str, Any], list[bytes]]:
    """Receive one message.

    Args:
        channel: a stream socket.
        blobs_limit_bytes: more is refused unread.
        wait: called before every read; may raise to give up.

    Raises:
        EOFError: the other end has gone.
        BadMessage: what came is no message.
        OSError: the socket is broken.
    """
    header_bytes, blobs_bytes = _PREFIX.unpack(_exactly(channel, _PREFIX.size, wait))
    if header_bytes > HEADER_LIMIT_BYTES or blobs_bytes > blobs_limit_bytes:
        raise BadMessage(f"header of {header_bytes} and blobs of {blobs_bytes} bytes: too long")
    body = _exactly(channel, header_bytes + blobs_bytes, wait)
    header = _header(body[:header_bytes])
    lengths = header.pop("blobs", None)
    if not isinstance(lengths, list) or not all(
        type(length) is int and length >= 0 for length in lengths
    ):
        raise BadMessage(f"the lengths of blobs should be a list of numbers, got {lengths!r:.80}")
    if sum(lengths) != blobs_bytes:
        raise BadMessage(f"the lengths of blobs should add up to {blobs_bytes}")
    blobs, at = [], header_bytes
    for length in lengths:
        blobs.append(body[at : at + length])
        at += length
    return header, blobs


def _header(text: bytes) -> dict[str, Any]:
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadMessage("the header is no JSON") from error
    if not isinstance(header, dict):
        raise BadMessage("the header is no JSON object")
    return header


def _exactly(channel: socket.socket, count: int, wait: Callable[[], None] | None) -> bytes:
    parts: list[bytes] = []
    while count:
        if wait is not None:
            wait()
        part = channel.recv(min(count, _CHUNK_BYTES))
        if not part:
            raise EOFError("the other end has gone")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
