"""Linked lists and binary trees in call tests, written as LeetCode writes them.

A linked list is the list of its values. A binary tree is its values level by level, null where a
child is missing, nothing for the children of null. null and [] are the empty list or tree. The
sandbox turns arguments into nodes and results back into such lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from adjudge_verifiers.contract import BadTask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NodeType = Literal["plain", "linked_list", "binary_tree", "linked_list[]", "binary_tree[]"]

RESULT = "return"
"""The result's key in what ``node_types`` returns."""


def node_types(
    arguments: Sequence[NodeType] | Mapping[str, NodeType] | None, result: NodeType
) -> dict[str, str]:
    """What is no plain value: by position ("0" on) or keyword, and the result by "return"."""
    if isinstance(arguments, dict):
        pairs = list(arguments.items())
    else:
        pairs = [(str(position), kind) for position, kind in enumerate(arguments or ())]
    return {name: str(kind) for name, kind in [*pairs, (RESULT, result)] if kind != "plain"}


def check_arguments(
    types: Mapping[str, str], arguments: Sequence[Any], keywords: Mapping[str, Any], field: str
) -> None:
    """Raises BadTask that names the argument whose value is no such list or tree."""
    for name, kind in types.items():
        if name.isdecimal() and int(name) < len(arguments):
            written(kind, arguments[int(name)], f"{field}.arguments[{name}]")
        elif name in keywords:
            written(kind, keywords[name], f"{field}.keyword_arguments.{name}")


def written(kind: str, value: Any, field: str) -> Any:
    """The value in the one way in which results are written: no null at the end, [] when empty.

    Raises BadTask when ``value`` is no list or tree.
    """
    if kind == "plain":
        return value
    if kind.endswith("[]"):
        if not isinstance(value, list):
            raise BadTask(field, f"expected a list of values of {kind[:-2]}")
        inner = kind.removesuffix("[]")
        return [written(inner, each, f"{field}[{position}]") for position, each in enumerate(value)]
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadTask(field, f"expected a list, the values of a {kind}")
    return _tree(value, field) if kind == "binary_tree" else value


def _tree(values: list[Any], field: str) -> list[Any]:
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    missing = 1  # places for nodes that are not filled yet
    for position, value in enumerate(values[:end]):
        if not missing:
            raise BadTask(f"{field}[{position}]", "has no parent in the level above")
        missing += -1 if value is None else 1
    return values[:end]
