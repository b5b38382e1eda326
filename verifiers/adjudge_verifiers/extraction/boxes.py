r"""Answers in boxes: ``\boxed{…}`` and ``\fbox{…}``."""

from __future__ import annotations

import re

_BRACE = re.compile(r"\\{1,2}(?:boxed|fbox)[ \t\n]{0,3}\{|\\[^A-Za-z]|[{}]", re.DOTALL)
_BOX = re.compile(r"\\(?:boxed|fbox)[ \t\n]{0,3}\{")
_BOXED = "\\boxed{"
_LAST_BOX_CHARACTERS = 4096
_BETWEEN_CHARACTERS = 64
_JOINT_CHARACTERS = 128
"""More than stands between two boxes that are one answer."""
_BETWEEN = re.compile(r"\\(?:text|quad|qquad|mbox)|\\[()\[\],; ]|and|or|[{}$,;&\s]")

_AND = re.compile(
    r"[^.!?\n]{0,40}\band\b[^A-Za-z0-9.]{0,8}"
    r"(?:[A-Za-z][A-Za-z0-9_{}]{0,8}[ ]?=)?[^A-Za-z0-9.]{0,4}"
)
"""``\\boxed{2} cats and \\boxed{3}``, ``\\boxed{2} and y = \\boxed{3}``."""


def last_box(text: str, start: int) -> tuple[str, int]:
    """The last box and where it begins, found from the end: what nearly every completion needs.

    It is empty when it is long, not closed, empty or near another one (``boxes`` must look), and
    begins at -1 when there is none.
    """
    at = last_opening(text, start, len(text))
    begin = _content(text, at) if at >= 0 else -1
    if begin < 0 or _is_near_another(text, start, at):
        return "", at
    close = text.find("}", begin, begin + _LAST_BOX_CHARACTERS)
    if close < 0:
        return "", at
    if text.find("{", begin, close) < 0 and text[close - 1] != "\\":
        return text[begin:close].strip(), at
    depth = 1
    for brace in _BRACE.finditer(text, begin, begin + _LAST_BOX_CHARACTERS):
        if brace[0] == "}":
            depth -= 1
            if depth == 0:
                return text[begin : brace.start()].strip(), at
        elif brace[0] == "{":
            depth += 1
    return "", at


def _content(text: str, at: int) -> int:
    """Where the content of the box begins that begins here; -1 when it is none."""
    if text.startswith(_BOXED, at):
        return at + len(_BOXED)
    opening = _BOX.match(text, at)
    return -1 if opening is None else opening.end()


def _is_near_another(text: str, start: int, at: int) -> bool:
    """Whether a box may end so close before this one that both are one answer."""
    if text.rfind("}", max(start, at - _JOINT_CHARACTERS), at) < 0:
        return False
    return last_opening(text, max(start, at - _LAST_BOX_CHARACTERS), at) >= 0


def last_opening(text: str, start: int, end: int) -> int:
    """Where the last box begins; -1 when there is none."""
    at = text.rfind("\\boxed", start, end)
    return max(at, text.rfind("\\fbox", max(at, start), end))


def boxes(  # noqa: C901 - one pass over the braces
    text: str, start: int, end: int, *, join: bool
) -> list[str]:
    """The innermost closed boxes that hold anything, in order of their ends."""
    if text.find("\\boxed", start, end) < 0 and text.find("\\fbox", start, end) < 0:
        return []
    found: list[str] = []
    open_braces: list[tuple[int, int, int]] = []  # box, its content (0: no box), boxes so far
    last_end = -1
    for brace in _BRACE.finditer(text, start, end):
        mark = brace[0]
        if mark == "{":
            open_braces.append((0, 0, 0))
        elif mark == "}":
            if not open_braces:
                continue
            at, content, boxes_before = open_braces.pop()
            if not content or boxes_before != len(found):
                continue
            box = text[content : brace.start()].strip()
            if not box:
                continue
            joint = _joint(text[last_end:at]) if join and 0 <= last_end <= at else None
            if joint is None:
                found.append(box)
            elif box != found[-1]:
                found[-1] += joint + box
            last_end = brace.end()
        elif mark[-1] == "{" and len(mark) > 2:  # noqa: PLR2004 - longer than an escaped brace
            open_braces.append((brace.start(), brace.end(), len(found)))
    return found


def _joint(between: str) -> str | None:
    """How two boxes are joined into one answer; None when they are two."""
    if not between or _AND.fullmatch(between):
        return ", "
    if len(between) > _BETWEEN_CHARACTERS or _BETWEEN.sub("", between):
        return None
    if "or" in between:
        return r" \text{ or } "
    return ", " if "and" in between or "," in between or ";" in between else None
