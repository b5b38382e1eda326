r"""Finding the program in a completion.

    >>> find_code("So:\n```python\nprint(1)\n```", "python").source
    'print(1)\n'

Only what follows the last ``</think>`` counts. A ``<think>`` that is never closed means that there
is no answer, unless it stands in a block, where it is part of a program. Of the fenced blocks
(three or more backticks that open a line, closed by a line of as many)

1. the last one tagged with the language counts, else
2. the last one without a tag;
3. when there are blocks, but all of other languages, there is no program;
4. when there is no fence at all, the whole text is the program, as base models write it.

A block whose end is missing reaches to the end of the text, because trainers stop on the fence.
An indented block (in a list) loses its fence's indentation. Blocks of blanks do not count. A second
block that shows how the program is used must not carry the language's tag: the last one wins.

Runs in the worker itself, hence scans by ``str.find`` alone: linear, however hostile the text.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CPP = frozenset(
    {"cpp", "c++", "cxx", "cc", "g++"}
    | {f"{name}{year}" for name in ("cpp", "c++", "g++") for year in (11, 14, 17, 20, 23)}
)
TAGS = {
    "python": frozenset({"python", "python3", "py", "py3"}),
    "c": frozenset({"c", "c99", "c11", "c17", "ansic"}),
    "cpp": _CPP,
    "cpp20": _CPP,
    "java": frozenset({"java", *(f"java{version}" for version in (8, 11, 17, 21))}),
    "rust": frozenset({"rust", "rs"}),
    "javascript": frozenset(
        {"javascript", "js", "node", "nodejs", "node.js", "mjs", "cjs", "ecmascript"}
    ),
    "go": frozenset({"go", "golang"}),
    "bash": frozenset({"bash", "sh", "shell", "shellscript"}),
}
"""The words after an opening fence that name a language, in lower case."""

_FENCE = "```"


@dataclasses.dataclass(frozen=True, slots=True)
class Code:
    """A program found in a completion, or why there is none.

    ``how`` is "tagged_fence", "plain_fence" or "whole". When ``source`` is None, ``reason`` is
    "no_code" or "unclosed_think" and ``message`` is one English sentence.
    """

    source: str | None
    how: str = ""
    reason: str = ""
    message: str = ""


def find_code(completion: str, language: str) -> Code:
    """The program in ``language`` (see ``TAGS``) that the completion gives as its answer."""
    start = completion.rfind("</think>")
    start = 0 if start < 0 else start + len("</think>")
    blocks = list(_blocks(completion, start))
    if _thinks_on(completion, start, blocks):
        return Code(None, reason="unclosed_think", message="A <think> is never closed.")
    tags = TAGS[language]
    for how, wanted in (("tagged_fence", tags), ("plain_fence", {""})):
        for block in reversed(blocks):
            if block.tag in wanted:
                return Code(block.content(completion), how)
    if blocks:
        message = f"No fenced block is {language}; the last one is tagged {blocks[-1].tag[:20]!r}."
        return Code(None, reason="no_code", message=message)
    whole = completion[start:]
    if not whole or whole.isspace():
        return Code(None, reason="no_code", message="The completion holds no program.")
    return Code(whole, "whole")


def _thinks_on(text: str, start: int, blocks: Sequence[_Block]) -> bool:
    """True when a ``<think>`` stands outside of the blocks."""
    for block in blocks:
        if text.find("<think>", start, block.start) >= 0:
            return True
        start = block.end
    return text.find("<think>", start) >= 0


@dataclasses.dataclass(frozen=True, slots=True)
class _Block:
    """Where one block lies: ``text[start:end]``, indented by ``indent`` blanks."""

    tag: str
    start: int
    end: int
    indent: int

    def content(self, text: str) -> str:
        """The block's lines without the indentation of their fence."""
        content = text[self.start : self.end]
        if not self.indent:
            return content
        return "".join(
            line[min(self.indent, len(line) - len(line.lstrip(" \t"))) :]
            for line in content.splitlines(keepends=True)
        )


def _blocks(text: str, start: int) -> Iterator[_Block]:
    """The fenced blocks that hold anything, in reading order."""
    at = start
    while (opening := _fence_line(text, at, start)) is not None:
        mark, ticks, line_end = opening
        info = text[mark + ticks : line_end]
        at = line_end
        if "`" in info:  # inline code, not a fence
            continue
        content = min(line_end + 1, len(text))
        end, at = _closing(text, content, ticks)
        if text[content:end].strip():
            indent = mark - (text.rfind("\n", start, mark) + 1 or start)
            words = info.replace(",", " ").strip(" \t\r{}.").split(maxsplit=1)
            yield _Block(words[0].lower() if words else "", content, end, indent)


def _closing(text: str, content: int, ticks: int) -> tuple[int, int]:
    """Where the block that starts at ``content`` ends, and where to look on."""
    at = content
    while (closing := _fence_line(text, at, content)) is not None:
        mark, length, line_end = closing
        if length >= ticks and not text[mark + length : line_end].strip():
            return text.rfind("\n", content - 1, mark) + 1, line_end
        at = line_end
    return len(text), len(text)


def _fence_line(text: str, at: int, start: int) -> tuple[int, int, int] | None:
    """The next fence that opens its line: its place, its backticks, the end of its line."""
    while (mark := text.find(_FENCE, at)) >= 0:
        line_end = text.find("\n", mark)
        if line_end < 0:
            line_end = len(text)
        line_start = text.rfind("\n", start, mark) + 1 or start
        if not text[line_start:mark].strip(" \t"):
            ticks = len(_FENCE)
            while text.startswith("`", mark + ticks):
                ticks += 1
            return mark, ticks, line_end
        at = line_end
    return None
