"""HumanEval and its relatives of the same fields (HumanEval+): a prompt to complete and ``check``.

Source: openai/human-eval. ``test`` defines ``check(candidate)``, whose asserts are one test here.

The prompt is put before the candidate's code. A completion may therefore be what base models write,
the body that goes on from the prompt, or what chat models write, the whole function in a fenced
block: the prompt alone is a function with nothing but a docstring, which the second definition
replaces. Helpers that the prompt defines are put before the tests as well: those that the tests
call are then the data set's, not what the candidate has made of them.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from adjudge.formats.errors import RowError
from adjudge.formats.python_code import parsed
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
    prompt = optional_text(row, "prompt")
    options.setdefault("source_prefix", prompt or None)
    options.setdefault("test_setup", _helpers(prompt, name))
    return programs("python", [CodeTest(code=test)], entry_point=name, **options)


def _helpers(prompt: str, name: str) -> str | None:
    """What the prompt defines beside the function to complete; None when that is nothing."""
    try:
        nodes = parsed(prompt).body
    except SyntaxError:  # completed in the middle of an expression
        return None
    kept = [node for node in nodes if getattr(node, "name", None) != name]
    if not any(isinstance(node, (ast.FunctionDef, ast.ClassDef)) for node in kept):
        return None
    return "\n".join(map(ast.unparse, kept))
