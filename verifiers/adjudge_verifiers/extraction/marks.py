"""Answers marked by tags, by words such as "the answer is", or by fences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def tags(text: str, start: int, end: int, tag: str) -> Iterator[str]:
    """The contents of ``<tag>…</tag>``; of several openings before one end the last counts."""
    opening, closing = f"<{tag}>", f"</{tag}>"
    while True:
        close = text.find(closing, start, end)
        stop = end if close < 0 else close
        at = text.rfind(opening, start, stop)
        if at >= 0 and (content := text[at + len(opening) : stop].strip()):
            yield content
        if close < 0:
            return
        start = close + len(closing)


_SAYS = re.compile(r"\banswers?\b[*_]{0,3}[ \t]{0,3}(?:is\b|are\b|[:=\uff1a])", re.IGNORECASE)
_HEADING = re.compile(r"\bfinal answer\b[*_: \t]{0,8}\n", re.IGNORECASE)
_FINAL = "final "
_TWO_IN_LOWER_CASE = "\u0130"
"""The only letter that becomes two in lower case: it would move all that follows."""
_DECORATION = re.compile(r"[*_:#>\s]{0,32}")
_SENTENCE_END = re.compile(r"\.[ \t]{1,3}(?=[A-Z])")
_DISPLAYS = (("\\[", "\\]"), ("$$", "$$"), ("\\(", "\\)"))


def final_lines(text: str, start: int, end: int) -> Iterator[str]:
    """What follows each "answer is" or "answer:", to the end of its sentence, line or formula."""
    marks = _final_marks(text, start, end)
    found = next(marks, None)
    while found is not None:
        following = next(marks, None)
        limit = end if following is None else following.start()
        decoration = _DECORATION.match(text, found.end(), limit)
        at = decoration.end() if decoration else found.end()
        stop = _line_end(text, at, limit)
        if stop < limit or following is None:  # not "Final answer: the answer is 4"
            line = text[at:stop].strip().strip("*`").strip().removesuffix(".").rstrip("*`")
            if line:
                yield line
        found = following


def _final_marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The words that announce an answer. No pattern is tried but where "answer" stands."""
    lowered = text.replace(_TWO_IN_LOWER_CASE, "i").lower()  # of the same length
    at = lowered.find("answer", start, end)
    while at >= 0:
        heading = at - len(_FINAL)
        found = None
        if heading >= start and lowered.startswith(_FINAL, heading):
            found = _HEADING.match(text, heading, end)
        if found is None:
            found = _SAYS.match(text, at, end)
        if found is not None:
            yield found
            start = found.end()
        at = lowered.find("answer", at + len("answer"), end)


def _line_end(text: str, at: int, limit: int) -> int:
    """The end of the displayed formula, sentence or line that starts here."""
    for left, right in _DISPLAYS:
        if text.startswith(left, at) and (close := text.find(right, at + 2, limit)) >= 0:
            return close + len(right)
    newline = text.find("\n", at, limit)
    stop = limit if newline < 0 else newline
    sentence = _SENTENCE_END.search(text, at, stop)
    return stop if sentence is None else sentence.start()


_FENCE = re.compile(r"^[ \t]{0,8}(`{3,})([^\n`]*)$", re.MULTILINE)


def fences(text: str, start: int, end: int) -> Iterator[str]:
    """The contents of fenced blocks, without the fences; the last one may lack its end."""
    opening: re.Match[str] | None = None
    for fence in _FENCE.finditer(text, start, end):
        if opening is None:
            opening = fence
        elif len(fence[1]) >= len(opening[1]) and not fence[2].strip():
            yield text[opening.end() + 1 : fence.start()]
            opening = None
    if opening is not None and (rest := text[opening.end() + 1 : end]).strip():
        yield rest
