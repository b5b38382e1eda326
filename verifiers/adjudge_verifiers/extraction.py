r"""Finding the answer in a completion.

    >>> extract(r"<think>2+2</think> So it is \boxed{4}.", AnswerPolicy())
    Extraction(answer='4', how='boxed', reason='', message='')

Only what follows the last ``</think>`` counts; a ``<think>`` that is never closed is no answer.
The policy's sources are asked in order and the first one that holds anything decides:

* ``boxed``: ``\boxed{…}`` and ``\fbox{…}`` with balanced braces; of nested boxes the innermost;
  for ``several="last"`` boxes with nothing but "," "and" "or" between them are one answer;
* ``tags``: ``<answer>…</answer>``; the last one may lack its end, because trainers stop on it;
* ``final_line``: what follows "final answer is", "the answer is", "answer:";
* ``fence``: a block between lines of three or more backticks;
* ``whole``: all of it.

Everything here takes time linear in the completion, however hostile it is.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Source = Literal["boxed", "tags", "final_line", "fence", "whole"]

SEARCHED_CHARACTERS = 128 * 1024
"""How much of a completion is searched: its end, or its start for ``several="first"``.

The source ``whole`` gives the whole text nevertheless.
"""


class AnswerPolicy(BaseModel):
    """Where the answer is looked for and what several answers mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: tuple[Source, ...] = Field(
        default=("boxed", "tags", "final_line", "whole"),
        min_length=1,
        description="Asked in this order; the first that holds anything decides.",
    )
    tag: str = Field(
        default="answer",
        pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,31}$",
        description="Name of the tag that the source `tags` looks for.",
    )
    several: Literal["last", "first", "strict"] = Field(
        default="last",
        description="Which of several answers of one source counts; `strict`: different "
        "answers are ambiguous and earn nothing.",
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Extraction:
    """An answer, or why there is none.

    ``how`` is the source that found it. When ``answer`` is None, ``reason`` is ``no_answer``,
    ``unclosed_think`` or ``ambiguous`` and ``message`` is one English sentence.
    """

    answer: str | None
    how: str = ""
    reason: str = ""
    message: str = ""


def extract(completion: str, policy: AnswerPolicy) -> Extraction:
    """Find the answer of ``completion`` as ``policy`` says. Never raises for any text."""
    start = completion.rfind("</think>")
    start = 0 if start < 0 else start + len("</think>")
    if completion.find("<think>", start) >= 0:
        return Extraction(None, reason="unclosed_think", message="A <think> is never closed.")
    for source in policy.sources:
        answer, ambiguous = _choose(_answers(completion, start, source, policy), policy.several)
        if ambiguous:
            return Extraction(
                None,
                how=source,
                reason="ambiguous",
                message=f"The completion gives different answers (source: {source}).",
            )
        if answer is not None:
            return Extraction(answer, how=source)
    looked = ", ".join(policy.sources)
    return Extraction(None, reason="no_answer", message=f"No answer was found (sources: {looked}).")


def _choose(answers: Iterable[str], several: str) -> tuple[str | None, bool]:
    """The answer that counts, and whether they contradict each other."""
    chosen: str | None = None
    for answer in answers:
        if several == "first":
            return answer, False
        if several == "strict" and chosen is not None and answer != chosen:
            return None, True
        chosen = answer
    return chosen, False


def _answers(text: str, start: int, source: Source, policy: AnswerPolicy) -> Iterable[str]:
    """All answers of one source in reading order; for ``last``, the last alone may do."""
    if source == "whole":
        whole = text[start:].strip()
        return [whole] if whole else []
    if policy.several == "first":
        end = min(len(text), start + SEARCHED_CHARACTERS)
    else:
        start, end = max(start, len(text) - SEARCHED_CHARACTERS), len(text)
    match source:
        case "boxed":
            last = _last_box(text, start) if policy.several == "last" else None
            return [last] if last else _boxes(text, start, end, join=policy.several == "last")
        case "tags":
            return _tags(text, start, end, policy.tag)
        case "final_line":
            return _final_lines(text, start, end)
        case "fence":
            return _fences(text, start, end)


# Boxes ------------------------------------------------------------------------------------------

_BRACE = re.compile(r"\\{1,2}(?:boxed|fbox)[ \t\n]{0,3}\{|\\[^A-Za-z]|[{}]", re.DOTALL)
_BOX = re.compile(r"\\(?:boxed|fbox)[ \t\n]{0,3}\{")
_LAST_BOX_CHARACTERS = 4096
_BETWEEN_CHARACTERS = 64
_BETWEEN = re.compile(r"\\(?:text|quad|qquad|mbox)|\\[()\[\],; ]|and|or|[{}$,;&\s]")


def _last_box(text: str, start: int) -> str | None:
    """The last box, found from the end: what nearly every completion needs.

    None or empty when it is long, not closed, empty or near another one: ``_boxes`` must look at all.
    """
    at = _last_opening(text, start, len(text))
    opening = _BOX.match(text, at) if at >= 0 else None
    if opening is None or _last_opening(text, max(start, at - _LAST_BOX_CHARACTERS), at) >= 0:
        return None
    depth = 1
    for brace in _BRACE.finditer(text, opening.end(), opening.end() + _LAST_BOX_CHARACTERS):
        if brace[0] == "}":
            depth -= 1
            if depth == 0:
                return text[opening.end() : brace.start()].strip()
        elif brace[0] == "{":
            depth += 1
    return None


def _last_opening(text: str, start: int, end: int) -> int:
    return max(text.rfind("\\boxed", start, end), text.rfind("\\fbox", start, end))


def _boxes(text: str, start: int, end: int, *, join: bool) -> list[str]:
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
    if len(between) > _BETWEEN_CHARACTERS or _BETWEEN.sub("", between):
        return None
    if "or" in between:
        return r" \text{ or } "
    return ", " if "and" in between or "," in between or ";" in between else None


# Tags, final lines, fences ----------------------------------------------------------------------


def _tags(text: str, start: int, end: int, tag: str) -> Iterator[str]:
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


_FINAL = re.compile(
    r"\banswers?\b[*_]{0,3}[ \t]{0,3}(?:is\b|are\b|[:=\uff1a])|\bfinal answer\b[*_: \t]{0,8}\n",
    re.IGNORECASE,
)
_DECORATION = re.compile(r"[*_:#>\s]{0,32}")
_SENTENCE_END = re.compile(r"\.[ \t]{1,3}(?=[A-Z])")
_DISPLAYS = (("\\[", "\\]"), ("$$", "$$"), ("\\(", "\\)"))


def _final_lines(text: str, start: int, end: int) -> Iterator[str]:
    """What follows each "answer is" or "answer:", to the end of its sentence, line or formula."""
    found = _FINAL.search(text, start, end)
    while found is not None:
        following = _FINAL.search(text, found.end(), end)
        limit = end if following is None else following.start()
        decoration = _DECORATION.match(text, found.end(), limit)
        at = decoration.end() if decoration else found.end()
        stop = _line_end(text, at, limit)
        if stop < limit or following is None:  # not "Final answer: the answer is 4"
            line = text[at:stop].strip().strip("*`").strip().removesuffix(".").rstrip("*`")
            if line:
                yield line
        found = following


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


def _fences(text: str, start: int, end: int) -> Iterator[str]:
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
