"""Case: what text becomes where capital letters do not count."""

from __future__ import annotations


def folded(text: bytes) -> bytes:
    """The text without capital letters, as Unicode folds them; bytes that are no text stay."""
    if text.isascii():
        return text.lower()
    return text.decode("utf-8", "surrogateescape").casefold().encode("utf-8", "surrogateescape")
