"""MBPP: a few asserts for each problem, in both its editions.

Source: the card of google-research-datasets/mbpp. The full edition has ``text``, ``test_list``,
``test_setup_code`` and ``challenge_test_list``; the sanitized one has ``prompt``, ``test_list`` and
``test_imports``. The prompt does not name the function: only the asserts do, so prompts show one of
them. The entry point here is the function that every assert calls.
"""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING, Any

from adjudge.formats.errors import RowError
from adjudge.formats.python_code import parsed
from adjudge.formats.rows import as_list, no_tests, optional_text, required_text
from adjudge.program_task import CodeTest, programs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge.task import Task


def from_mbpp(row: Mapping[str, Any], *, challenge: bool = False, **options: Any) -> Task:
    """Read one row; with ``challenge`` its harder asserts too. Raises RowError."""
    tests = _codes(row, "test_list")
    if not tests:
        raise no_tests("test_list")
    if challenge:
        tests += _codes(row, "challenge_test_list")
    setup = [optional_text(row, "test_setup_code"), *_codes(row, "test_imports")]
    options.setdefault("test_setup", "\n".join(filter(None, setup)) or None)
    name = entry_point(tests, optional_text(row, "code"))
    if name is not None:
        options.setdefault("entry_point", name)
    return programs("python", [CodeTest(code=code) for code in tests], **options)


def entry_point(tests: Sequence[str], solution: str) -> str | None:
    """The one function that every test calls and the solution defines; None when unclear.

    Without a solution (the sanitized edition's users may have dropped it) builtins and methods do
    not count.
    """
    defined = _defined(solution)
    called: set[str] | None = None
    for test in tests:
        names = _called(test)
        names = names & defined if defined else names.difference(dir(builtins))
        called = names if called is None else called & names
    return called.pop() if called and len(called) == 1 else None


def _codes(row: Mapping[str, Any], field: str) -> list[str]:
    value = row.get(field)
    if value is None:
        return []
    codes = as_list(value, field)
    return [required_text({field: code}, field) for code in codes]


def _called(code: str) -> set[str]:
    try:
        tree = parsed(code)
    except SyntaxError as error:
        raise RowError("test_list", "Python code", f"{code[:60]!r} ({error})") from error
    return {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def _defined(solution: str) -> set[str]:
    try:
        tree = parsed(solution)
    except SyntaxError:
        return set()
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
