"""Asking the sources of a policy one after the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from adjudge_verifiers.extraction.boxes import boxes, last_box
from adjudge_verifiers.extraction.marks import fences, final_lines, tags
from adjudge_verifiers.extraction.policy import AnswerPolicy, Extraction, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

SEARCHED_CHARACTERS = 128 * 1024
"""How much of a completion is searched: its end, or its start for ``several="first"``.

The source ``whole`` gives the whole text nevertheless.
"""


def extract(completion: str, policy: AnswerPolicy) -> Extraction:
    """Find the answer of ``completion`` as ``policy`` says. Never raises for any text."""
    start = 0
    if "<" in completion:
        start = completion.rfind("</think>")
        start = 0 if start < 0 else start + len("</think>")
        if completion.find("<think>", start) >= 0:
            return Extraction(None, reason="unclosed_think", message="A <think> is never closed.")
    for source in policy.sources:
        if source == "boxed" and policy.several == "last":
            answer, named = _last_boxed(completion, start, policy)
            if answer is not None:
                return Extraction(answer, how="final_line" if named else "boxed")
            continue
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


_FINAL_ANSWER = re.compile(r"final answer\b", re.IGNORECASE)
_VALUE = re.compile(r"[-+$(\[{0-9]|\\[A-Za-z(\[{]")


def _last_boxed(completion: str, start: int, policy: AnswerPolicy) -> tuple[str | None, bool]:
    """The last box, or what is named the final answer after it; and whether it is the latter."""
    begin = max(start, len(completion) - SEARCHED_CHARACTERS)
    answer, at = last_box(completion, begin)
    if at < 0:
        return None, False
    if not answer:
        found = boxes(completion, begin, len(completion), join=True)
        if not found:
            return None, False
        answer = found[-1]
    if "final_line" in policy.sources:
        named = _named_final(completion, at)
        if named is not None:
            return named, True
    return answer, False


def _named_final(completion: str, at: int) -> str | None:
    """What the text names its final answer after its last box, when that looks like a value."""
    if _FINAL_ANSWER.search(completion, at) is None:
        return None
    named = None
    for line in final_lines(completion, at, min(len(completion), at + SEARCHED_CHARACTERS)):
        named = line if _VALUE.match(line) else named
    return named


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
    """All answers of one source in reading order."""
    if source == "whole":
        whole = text[start:].strip()
        return [whole] if whole else []
    if policy.several == "first":
        end = min(len(text), start + SEARCHED_CHARACTERS)
    else:
        start, end = max(start, len(text) - SEARCHED_CHARACTERS), len(text)
    match source:
        case "boxed":
            return boxes(text, start, end, join=False)
        case "tags":
            return tags(text, start, end, policy.tag)
        case "final_line":
            return final_lines(text, start, end) if "answer" in text.lower() else ()
        case "fence":
            return fences(text, start, end)
