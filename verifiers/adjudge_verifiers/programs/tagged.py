"""The values of a call test: JSON as it stands or, where the task asks for it, with tags.

JSON has no tuples, sets or dicts with keys other than strings. With ``tagged_values`` an object
with one key that starts with ``$`` stands for one:

    {"$tuple": [1, 2]}            (1, 2)
    {"$set": [1, 2]}              {1, 2}
    {"$dict": [[1, "a"]]}         {1: "a"}
"""

from __future__ import annotations

import math
from typing import Any

from adjudge_verifiers.contract import BadTask

DEEPEST_LEVEL = 100


def read_value(value: Any, field: str, *, tagged: bool, level: int = 0) -> Any:
    """The Python value that a task's JSON value stands for.

    Raises BadTask that names ``field`` for NaN, infinity, more than 100 levels and bad tags.
    """
    if level > DEEPEST_LEVEL:
        raise BadTask(field, f"is nested more than {DEEPEST_LEVEL} levels deep")
    match value:
        case float() if not math.isfinite(value):
            raise BadTask(field, f"{value} is no JSON number, and NaN equals nothing")
        case list():
            return _items(value, field, tagged, level)
        case dict() if tagged and len(value) == 1 and next(iter(value)).startswith("$"):
            ((tag, content),) = value.items()
            return _untagged(tag, content, field, level)
        case dict():
            return {
                key: read_value(item, field, tagged=tagged, level=level + 1)
                for key, item in value.items()
            }
        case _:
            return value


def _items(values: list[Any], field: str, tagged: bool, level: int) -> list[Any]:  # noqa: FBT001 - handed on
    return [read_value(item, field, tagged=tagged, level=level + 1) for item in values]


def _untagged(tag: str, content: Any, field: str, level: int) -> Any:
    if tag not in {"$tuple", "$set", "$dict"}:
        raise BadTask(field, f"unknown tag {tag[:40]!r}; expected $tuple, $set or $dict")
    if not isinstance(content, list):
        raise BadTask(field, f"{tag} takes a list, got {type(content).__name__}")
    items = _items(content, field, tagged=True, level=level)
    if tag == "$tuple":
        return tuple(items)
    try:
        if tag == "$set":
            return set(items)
        if not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in items):  # noqa: PLR2004 - a pair
            raise BadTask(field, "$dict takes a list of [key, value] pairs")
        return dict(items)
    except TypeError as error:
        raise BadTask(field, f"{tag}: {error}; use $tuple for elements and keys") from error
