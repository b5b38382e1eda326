"""A candidate's bytes and words in a message: short and printable, whatever they are."""

from __future__ import annotations

EXCERPT_CHARACTERS = 60


def excerpt(output: bytes) -> str:
    """The start of ``output`` in quotes, with everything unprintable escaped."""
    start = output[: 4 * EXCERPT_CHARACTERS]
    shown = printable(start.decode("utf-8", "backslashreplace"))
    cut = len(output) > len(start) or len(shown) > EXCERPT_CHARACTERS
    return f"'{shown[:EXCERPT_CHARACTERS]}'" + ("…" if cut else "")


def printable(text: str, keep: str = "") -> str:
    """``text`` with every unprintable character escaped but those in ``keep``."""
    return "".join(c if c.isprintable() or c in keep else ascii(c)[1:-1] for c in text)
