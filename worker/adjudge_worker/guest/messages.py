"""The messages between slot and keeper, on a stream socket.

    uint32  bytes of the header, little-endian
    uint64  bytes of all blobs together
    header  one JSON object; "blobs" gives the length of each blob
    blobs   raw bytes, one after the other: sources, inputs, outputs

Descriptors may go with a message to the keeper; what comes from a keeper brings none.

To the keeper: the fields of ``Compile`` with the source, then for each run the fields of ``Run``
with the input or the arguments. From the keeper: ``{"error": ""}`` when its walls stand, then the
fields of ``Compiled``, then those of ``Ending`` for each run. See ``orders.py``.
"""

from __future__ import annotations

import array
import json
import os
import socket
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PREFIX = struct.Struct("<IQ")
_CHUNK_BYTES = 1024 * 1024
_GONE = "the other end has gone"

HEADER_LIMIT_BYTES = 64 * 1024
BLOBS_LIMIT_BYTES = 1 << 30
MOST_DESCRIPTORS = 4


class BadMessage(ValueError):
    """Raised when bytes from the other end are no message, or one over its limits."""


def send(
    channel: socket.socket,
    header: dict[str, Any],
    blobs: Sequence[bytes] = (),
    descriptors: Sequence[int] = (),
) -> None:
    """Send one message; the sender keeps its own descriptors.

    Raises OSError when the other end has gone, ValueError for more than ``MOST_DESCRIPTORS``.
    """
    if len(descriptors) > MOST_DESCRIPTORS:
        raise ValueError(f"at most {MOST_DESCRIPTORS} descriptors, got {len(descriptors)}")
    text = json.dumps({**header, "blobs": [len(blob) for blob in blobs]}).encode()
    parts = [_PREFIX.pack(len(text), sum(map(len, blobs))), text, *blobs]
    message = memoryview(b"".join(parts))
    if descriptors:
        message = message[give(channel, message[: _PREFIX.size], descriptors) :]
    channel.sendall(message)


def receive_with_descriptors(
    channel: socket.socket,
) -> tuple[dict[str, Any], list[bytes], list[int]]:
    """Receive one message and the descriptors that came with it, which the caller must close.

    Raises as ``receive`` does; no descriptor is left open then.
    """
    prefix, descriptors, flags = take(channel, _PREFIX.size)
    try:
        prefix += _prefix_rest(channel, prefix, flags)
        header, blobs = _rest(channel, prefix, BLOBS_LIMIT_BYTES, None)
    except BaseException:
        for descriptor in descriptors:
            os.close(descriptor)
        raise
    return header, blobs, descriptors


def receive(
    channel: socket.socket,
    blobs_limit_bytes: int = BLOBS_LIMIT_BYTES,
    wait: Callable[[], None] | None = None,
) -> tuple[dict[str, Any], list[bytes]]:
    """Receive one message. Descriptors that come with it are closed unseen.

    Args:
        channel: a stream socket.
        blobs_limit_bytes: more is refused unread.
        wait: called before every read; may raise to give up.

    Raises:
        EOFError: the other end has gone.
        BadMessage: what came is no message.
        OSError: the socket is broken.
    """
    return _rest(channel, _exactly(channel, _PREFIX.size, wait), blobs_limit_bytes, wait)


def give(
    channel: socket.socket, data: bytes | memoryview, descriptors: Sequence[int], flags: int = 0
) -> int:
    """Send bytes and descriptors in one call; returns how many bytes went.

    As ``socket.send_fds``, which ignores its flags in Python 3.12.
    """
    rights = array.array("i", descriptors)
    return channel.sendmsg([data], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)], flags)


def take(channel: socket.socket, count: int) -> tuple[bytes, list[int], int]:
    """Receive up to ``count`` bytes with their descriptors, and the flags of recvmsg(2).

    As ``socket.recv_fds``, which leaves descriptors inheritable in Python 3.12.
    """
    descriptors = array.array("i")
    room = socket.CMSG_LEN(MOST_DESCRIPTORS * descriptors.itemsize)
    data, ancillary, flags, _ = channel.recvmsg(count, room, socket.MSG_CMSG_CLOEXEC)
    for level, kind, content in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            whole = len(content) - len(content) % descriptors.itemsize
            descriptors.frombytes(content[:whole])
    return data, list(descriptors), flags


def _prefix_rest(channel: socket.socket, start: bytes, flags: int) -> bytes:
    """What is still to come of a prefix that began with ``start``."""
    if not start:
        raise EOFError(_GONE)
    if flags & socket.MSG_CTRUNC:
        raise BadMessage("more descriptors than a message may bring")
    return _exactly(channel, _PREFIX.size - len(start), None)


def _rest(
    channel: socket.socket,
    prefix: bytes,
    blobs_limit_bytes: int,
    wait: Callable[[], None] | None,
) -> tuple[dict[str, Any], list[bytes]]:
    """What follows the prefix of a message."""
    header_bytes, blobs_bytes = _PREFIX.unpack(prefix)
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
            raise EOFError(_GONE)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
