"""Candidate output in a message: short, printable, whatever the bytes."""

from __future__ import annotations

EXCERPT_CHARACTERS = 60


def excerpt(output: bytes) -> str:
    """The start of ``output`` in quotes, with everything unprintable escaped."""
    text = output[: 4 * EXCERPT_CHARACTERS].decode("utf-8", "backslashreplace")
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[:EXCERPT_CHARACTERS])
    cut = (
        len(shown) > EXCERPT_CHARACTERS
        or len(output) > len(text.encode())
        or len(text) > len(shown)
    )
    return f"'{shown[:EXCERPT_CHARACTERS]}'" + ("…" if cut else "")
