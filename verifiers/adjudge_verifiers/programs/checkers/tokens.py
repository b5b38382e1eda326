"""Tokens: the same words in the same order, however they are spaced. The default for stdin tests.

Words are parted by ASCII white space (space, tab, newline, carriage return, vertical tab, form
feed); other spaces of Unicode belong to words. Words are equal when their bytes are: case counts,
``1`` is not ``1.0`` and ``01`` is not ``1``.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from adjudge_verifiers.programs.checkers.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

WHITE_SPACE = b" \t\n\r\x0b\x0c"
_SEARCHED_BYTES = 64 * 1024
_TOKEN = re.compile(rb"[^ \t\n\r\x0b\x0c]+")


def difference(expected: bytes, output: bytes) -> str | None:
    """None when the words agree, else the first that does not."""
    if output == expected:
        return None
    if _glued(output) == _glued(expected) and output.split() == expected.split():
        return None  # the first test bounds the memory of the second by the expected output
    return _first_difference(expected, output)


def count_fault(expected: list[bytes], output: bytes) -> str | None:
    """None when ``output`` has as many words as ``expected``; needs no more memory than those."""
    words = output.split(maxsplit=len(expected))
    if len(words) < len(expected):
        return f"the output ends too early, after {len(words)} words"
    if len(words) > len(expected):
        return f"the output goes on after its end: {excerpt(words[-1])}"
    return None


def _glued(text: bytes) -> bytes:
    return text.translate(None, WHITE_SPACE)


def _first_difference(expected: bytes, output: bytes) -> str:
    """Names the first wrong word; gives up after 64 KiB, since this serves the message alone."""
    rights, words = _words(expected), _words(output)
    for number, (right, word) in enumerate(zip_longest(rights, words), 1):
        if _is_cut(right) or _is_cut(word):
            break
        if word is None:
            return f"the output ends too early, after {number - 1} words"
        line = output.count(b"\n", 0, word.start()) + 1
        if right is None:
            return f"the output goes on after its end, in line {line}: {excerpt(word.group())}"
        if word.group() != right.group():
            return f"word {number} (line {line}) is wrong: {excerpt(word.group())}"
    return f"the output is wrong somewhere after its first {_SEARCHED_BYTES // 1024} KiB"


def _words(text: bytes) -> Iterator[re.Match[bytes]]:
    return _TOKEN.finditer(text, 0, _SEARCHED_BYTES)


def _is_cut(word: re.Match[bytes] | None) -> bool:
    """True where the search stopped, so that nothing is known of what follows."""
    return word is not None and word.end() == _SEARCHED_BYTES
