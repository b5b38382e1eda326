"""Call tests as data sets write them: arguments, expected values, the entry point, node types."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from adjudge.formats.prelude import PRELUDE
from adjudge.formats.python_code import parsed
from adjudge.formats.rows import as_json, as_list, unexpected
from adjudge.program_task import CallTest, programs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge.task import Task

_NODES = {"ListNode": "linked_list", "TreeNode": "binary_tree"}
_WRAPPERS = frozenset({"Optional", "List", "list", "Sequence"})


def call_task(
    name: str,
    starter_code: str,
    arguments: Sequence[list[Any]],
    expected: Sequence[Any],
    options: Mapping[str, Any],
) -> Task:
    """The task whose tests call ``name``, a method of ``Solution`` if the starter code says so.

    Where the starter code annotates parameters or the result as ``ListNode`` or ``TreeNode``,
    these are taken in LeetCode's notation. LeetCode's imports stand before the candidate's code.
    """
    tests = [
        CallTest(arguments=given, expected=wanted)
        for given, wanted in zip(arguments, expected, strict=True)
    ]
    more: dict[str, Any] = {"source_prefix": PRELUDE, **_node_types(starter_code, name)}
    entry_point = f"Solution.{name}" if "class Solution" in starter_code else name
    return programs("python", tests, entry_point=entry_point, **{**more, **options})


def read_arguments(given: object, field: str) -> list[Any]:
    """Positional arguments: a list, or text that holds one JSON value a line."""
    if isinstance(given, str):
        return [as_json(line, field) for line in given.split("\n") if line.strip()]
    return as_list(given, field)


def unwrapped(
    expected: Sequence[Any],
    unwrap: bool | None,  # noqa: FBT001 - an option handed on
    starter_code: str = "",
    name: str = "",
) -> Sequence[Any]:
    """Expected values without the list of one that APPS and TACO put around each.

    ``unwrap`` None: they are taken to be wrapped when every one is a list of one, and what is in
    it still has as many levels of lists as the starter code says that ``name`` returns.
    """
    if unwrap is None:
        function = _signature(starter_code, name) if name in starter_code else None
        levels = _list_levels(function.returns) if function else 0
        unwrap = all(_is_list_of_one(each) and _has_levels(each[0], levels) for each in expected)
    if not unwrap:
        return expected
    for position, each in enumerate(expected):
        if not _is_list_of_one(each):
            raise unexpected(f"outputs[{position}]", "a list of one value", each)
    return [each[0] for each in expected]


def _list_levels(annotation: ast.expr | None) -> int:
    """How many lists, at least, lie around each value of that type; a node is a list here."""
    levels = 0
    while isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name):
        if annotation.value.id not in _WRAPPERS:
            return levels
        levels += annotation.value.id != "Optional"
        annotation = annotation.slice
    name = annotation.id if isinstance(annotation, ast.Name) else ""
    return levels + (name in _NODES or name in {"list", "List"})


def _has_levels(value: Any, levels: int) -> bool:
    if not levels or value is None:
        return True
    return isinstance(value, list) and all(_has_levels(each, levels - 1) for each in value)  # pyright: ignore[reportUnknownVariableType] - JSON


def _is_list_of_one(value: object) -> bool:
    return isinstance(value, list) and len(value) == 1  # pyright: ignore[reportUnknownArgumentType] - JSON


def _node_types(starter_code: str, name: str) -> dict[str, Any]:
    """``argument_types`` and ``result_type`` as the signature's annotations say them."""
    if not any(node in starter_code for node in _NODES):
        return {}
    function = _signature(starter_code, name)
    if function is None:
        return {}
    parameters = [each for each in function.args.args if each.arg not in {"self", "cls"}]
    types = [_node_type(each.annotation) for each in parameters]
    found: dict[str, Any] = {}
    if any(each != "plain" for each in types):
        found["argument_types"] = types
    result = _node_type(function.returns)
    if result != "plain":
        found["result_type"] = result
    return found


def _signature(starter_code: str, name: str) -> ast.FunctionDef | None:
    """The definition of ``name`` in a starter code, whose last function has no body yet."""
    code = starter_code.rstrip()
    for body in (" pass", "\n        pass", "\n    pass", ""):
        try:
            tree = parsed(code + body)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == name:
                return node
    return None


def _node_type(annotation: ast.expr | None) -> str:
    suffix = ""
    while isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name):
        if annotation.value.id not in _WRAPPERS:
            return "plain"
        suffix += "" if annotation.value.id == "Optional" else "[]"
        annotation = annotation.slice
    if isinstance(annotation, ast.BinOp):  # ListNode | None
        annotation = annotation.left
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        name = annotation.value
    else:
        name = annotation.id if isinstance(annotation, ast.Name) else ""
    return _NODES[name] + suffix if name in _NODES and suffix in {"", "[]"} else "plain"
