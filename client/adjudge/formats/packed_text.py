"""LiveCodeBench's packed tests: base64 of zlib of the pickle of one text, read without unpickling.

The source is ``lcb_runner/benchmarks/code_generation.py`` of LiveCodeBench, which unpickles it. A
pickle is a program for a machine that can call anything. Here ``pickletools.genops`` lists its
instructions, and only those of which the pickle of one text consists are accepted.
"""

from __future__ import annotations

import base64
import binascii
import pickletools
import zlib

from adjudge.formats.errors import RowError

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
"""Most that a row's packed tests may unpack to."""

_HARMLESS = frozenset(
    {
        "PROTO",
        "FRAME",
        "SHORT_BINUNICODE",
        "BINUNICODE",
        "BINUNICODE8",
        "MEMOIZE",
        "BINPUT",
        "LONG_BINPUT",
        "STOP",
    }
)
_MOST_INSTRUCTIONS = 8


def unpack(packed: str, field: str) -> str:
    """The text. Raises RowError for anything else, and for what unpacks to over 512 MiB."""
    try:
        stream = zlib.decompressobj()
        pickled = stream.decompress(base64.b64decode(packed, validate=True), MAX_UNPACKED_BYTES)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise RowError(field, "JSON, or base64 of zlib", f"{packed[:20]!r} ({error})") from error
    if not stream.eof:
        raise RowError(
            field, f"at most {MAX_UNPACKED_BYTES:,} bytes", "more, or data that is cut short"
        )
    texts: list[str] = []
    try:
        for number, (operation, value, _) in enumerate(pickletools.genops(pickled)):
            if operation.name not in _HARMLESS or number == _MOST_INSTRUCTIONS:
                raise RowError(field, "the pickle of one text", f"one with {operation.name}")
            if isinstance(value, str):
                texts.append(value)
    except ValueError as error:
        if isinstance(error, RowError):
            raise
        raise RowError(field, "the pickle of one text", f"none ({error})") from error
    if len(texts) != 1:
        raise RowError(field, "the pickle of one text", f"{len(texts)} texts")
    return texts[0]
