"""Reads the labelled programs: asserts on literals as tests of the verifier ``programs``.

The data set itself runs ``candidate + test_code`` and trusts the exit code, which any candidate can
forge. Here each assert becomes a call test of the verifier ``programs``:

    assert f(1, [2]) == (3, 4)           arguments [1, [2]], expected (3, 4)
    assert f(1) / assert not f(1)        expected True / False
    assert f(1) is True                  expected True
    assert abs(f(1) - 0.5) < 1e-6        expected 0.5, absolute tolerance 1e-6

Everything else (loops, calls on names, results wrapped in other calls) is left out and counted.
The test text comes from trusted, read-only data; it is parsed, never run here.

C++ asserts compare C++ values and cannot become calls. There the macro ``assert`` is made to print
its truth, and the program is a stdin test that should print one 1 for each. That is good enough to
measure with, and no way to judge: the expected output can be read in the program itself.
"""

from __future__ import annotations

import ast
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).resolve().parents[1] / "../shared/data/programs"
FILES = (
    ("assert_python_humaneval.jsonl", "python3"),
    ("assert_python_mbpp.jsonl", "python3"),
    ("assert_multilang_humanevalpack.jsonl", "python3"),
    ("assert_multilang_humanevalpack.jsonl", "cpp"),
)
_PRINTING_ASSERT = """\
#include <cstdio>
#define assert(...) std::puts((__VA_ARGS__) ? "1" : "0")
"""
_WRAPPERS = {"set": set, "tuple": tuple, "list": list, "sorted": sorted, "frozenset": set}


class NotReadable(Exception):
    """Raised when an assert is no comparison of a call on literals with a literal."""


@dataclasses.dataclass(frozen=True, slots=True)
class LabelledProgram:
    """One candidate with what its task's asserts say and whether it is known to pass.

    ``unread`` tells for each assert (or loop) that could not be read why; a failing candidate may
    fail there alone. ``task`` is None when no assert could be read.
    """

    id: str
    completion: str
    passes: bool
    task: dict[str, Any] | None
    unread: tuple[str, ...]


def labelled_programs(path: Path, language: str) -> Iterator[LabelledProgram]:
    """The rows of one file in one language, in the order of the file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["language"] == language:
                yield _read_cpp_row(row) if language == "cpp" else _read_python_row(row)


def _read_cpp_row(row: dict[str, Any]) -> LabelledProgram:
    test_code = row["task"]["test_code"]
    main = test_code.partition("int main")[2]
    loops = ("a loop around asserts",) if "for" in main else ()
    asserts = main.count("assert")
    task = {
        "language": "cpp",
        "tests": [{"stdin": "", "expected": "1\n" * asserts}],
        "source_suffix": test_code.replace("#include<assert.h>", _PRINTING_ASSERT),
        "limits": {"cpu_seconds": row["task"]["time_limit_s"]},
    }
    return LabelledProgram(
        id=row["id"],
        completion=f"````cpp\n{row['candidate']}\n````",
        passes=row["expect_pass"],
        task=None if loops else task,
        unread=loops,
    )


def _read_python_row(row: dict[str, Any]) -> LabelledProgram:
    entry_point = row["task"]["entry_point"]
    tests, unread, tolerances = [], [], []
    for statement in _statements(ast.parse(row["task"]["test_code"])):
        try:
            test, tolerance = _read_assert(statement, entry_point)
        except NotReadable as error:
            unread.append(str(error))
        else:
            tests.append(test)
            tolerances += [tolerance] if tolerance else []
    task = {
        "language": "python",
        "entry_point": entry_point,
        "tests": tests,
        "tagged_values": True,
        "limits": {"cpu_seconds": row["task"]["time_limit_s"]},
    }
    if tolerances:
        task["checker"] = {"name": "floats", "rel_tol": 1e-9, "abs_tol": max(tolerances)}
    return LabelledProgram(
        id=row["id"],
        completion=f"````python\n{row['candidate']}\n````",
        passes=row["expect_pass"],
        task=task if tests else None,
        unread=tuple(unread),
    )


def _statements(module: ast.Module) -> Iterator[ast.stmt]:
    """The statements that test: those of ``check`` where there is one, else the module's own."""
    checks = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    body = [statement for check in checks for statement in check.body] or module.body
    for statement in body:
        match statement:
            case ast.Assert(test=ast.Constant(value=True)):
                continue
            case ast.Assert() | ast.For() | ast.While() | ast.With() | ast.Try():
                yield statement


def _read_assert(statement: ast.stmt, entry_point: str) -> tuple[dict[str, Any], float]:
    """One call test and its absolute tolerance (0: none). Raises NotReadable."""
    match statement:
        case ast.Assert(test=ast.Compare(left=left, ops=[op], comparators=[right])):
            match op, left:
                case (
                    (ast.Lt() | ast.LtE()),
                    ast.Call(
                        func=ast.Name(id="abs"),
                        args=[ast.BinOp(left=call, op=ast.Sub(), right=middle)],
                    ),
                ):
                    expected = float(_literal(middle))
                    return _call_test(call, entry_point, expected), float(_literal(right))
                case ((ast.Eq() | ast.Is()), _):
                    return _call_test(left, entry_point, _literal(right)), 0.0
            raise NotReadable(f"compares by {type(op).__name__}")
        case ast.Assert(test=ast.UnaryOp(op=ast.Not(), operand=call)):
            return _call_test(call, entry_point, expected=False), 0.0
        case ast.Assert(test=ast.Call() as call):
            return _call_test(call, entry_point, expected=True), 0.0
    raise NotReadable(f"a {type(statement).__name__.lower()} statement")


def _call_test(call: ast.expr, entry_point: str, expected: Any) -> dict[str, Any]:
    match call:
        case ast.Call(func=ast.Name(id=name)) if name in {entry_point, "candidate"}:
            return {
                "arguments": [_tagged(_literal(argument)) for argument in call.args],
                "keyword_arguments": {
                    str(keyword.arg): _tagged(_literal(keyword.value)) for keyword in call.keywords
                },
                "expected": _tagged(expected),
            }
        case ast.Call():
            raise NotReadable("the result is wrapped in another call")
    raise NotReadable("no call of the entry point")


def _literal(node: ast.expr) -> Any:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _WRAPPERS:
            return _WRAPPERS[name](_literal(argument))
    try:
        return ast.literal_eval(node)
    except ValueError as error:
        raise NotReadable("an argument or the expected value is no literal") from error


def _tagged(value: Any) -> Any:
    """The value as a task's JSON with tags."""
    match value:
        case list():
            return [_tagged(item) for item in value]
        case tuple():
            return {"$tuple": [_tagged(item) for item in value]}
        case set():
            return {"$set": [_tagged(item) for item in value]}
        case dict() if all(isinstance(key, str) and not key.startswith("$") for key in value):
            return {key: _tagged(item) for key, item in value.items()}
        case dict():
            return {"$dict": [[_tagged(key), _tagged(item)] for key, item in value.items()]}
        case None | bool() | int() | float() | str():
            return value
    raise NotReadable(f"a value of type {type(value).__name__}")
