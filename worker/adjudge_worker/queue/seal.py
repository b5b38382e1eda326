"""Signatures on everything that lies in Redis: HMAC-SHA-256, verified before anything is parsed.

With a key, whoever can write to Redis but lacks the key can neither start work nor forge a reward.
The context (what kind of message it is) goes into the signature, so that one kind of message cannot
be passed off as another. Without a key a sealed message is the message itself.
"""

from __future__ import annotations

import hashlib
import hmac

from adjudge_worker.queue.errors import DecodeError

MAGIC = b"ADJs"
"""Begins a signed message. "A" is no pickle opcode: a stock RQ tool that takes our bytes for a
pickle stops at the first one."""
_MAC_BYTES = 32
MINIMUM_KEY_BYTES = 16


class Seal:
    """Signs and verifies with one shared key.

    Raises ValueError for a key shorter than 16 bytes.
    """

    def __init__(self, key: bytes | None = None) -> None:
        if key is not None and len(key) < MINIMUM_KEY_BYTES:
            raise ValueError(
                f"a signing key needs at least {MINIMUM_KEY_BYTES} bytes, got {len(key)}; "
                "make one with: openssl rand -hex 32"
            )
        self._key = key

    def close(self, message: bytes, context: bytes) -> bytes:
        """The message as it may lie in Redis."""
        if self._key is None:
            return message
        return MAGIC + _mac(self._key, message, context) + message

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """The message inside. Raises DecodeError when the signature is missing or wrong."""
        signed = sealed.startswith(MAGIC)
        if self._key is None:
            if signed:
                raise DecodeError(sealed, "signed, but no signing key is configured here")
            return sealed
        if not signed:
            raise DecodeError(sealed, "not signed, but a signing key is configured here")
        start = len(MAGIC) + _MAC_BYTES
        message = sealed[start:]
        if not hmac.compare_digest(sealed[len(MAGIC) : start], _mac(self._key, message, context)):
            raise DecodeError(sealed, "the signature does not match")
        return message


def _mac(key: bytes, message: bytes, context: bytes) -> bytes:
    mac = hmac.new(key, len(context).to_bytes(2, "big") + context, hashlib.sha256)
    mac.update(message)
    return mac.digest()
