"""HumanEval and its relatives of the same fields (HumanEval+): a prompt to complete and ``check``.

Source: openai/human-eval. ``test`` defines ``check(candidate)``, whose asserts are one test here.

The prompt is put before the candidate's code. A completion may therefore be what base models write,
the body that goes on from the prompt, or what chat models write, the whole function in a fenced
block: the prompt alone is a function with nothing but a docstring, which the second definition
replaces, and helpers that only the prompt defines stay there for the tests to call.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from adjudge.formats.errors import RowError
from adjudge.formats.rows import optional_text, required_text
from adjudge.program_task import CodeTest, programs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge.task import Task

_CHECK = re.compile(r"^def check\(", re.MULTILINE)
_CALLED = re.compile(r"^check\(", re.MULTILINE)


def from_humaneval(row: Mapping[str, Any], **options: Any) -> Task:
    """Read ``prompt``, ``test`` and ``entry_point`` of one row. Raises RowError."""
    name = required_text(row, "entry_point")
    if not name.isidentifier():
        raise RowError("entry_point", "a function's name", repr(name))
    test = required_text(row, "test")
    if not _CHECK.search(test):
        raise RowError("test", "code that defines check(candidate)", "none in it")
    if not _CALLED.search(test):
        test = f"{test.rstrip()}\n\ncheck(candidate)\n"
    options.setdefault("source_prefix", optional_text(row, "prompt") or None)
    return programs("python", [CodeTest(code=test)], entry_point=name, **options)
