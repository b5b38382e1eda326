"""Reading a row's fields: each function returns a value of one kind or raises RowError."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from adjudge.formats.errors import RowError

Row = Mapping[str, Any]


def as_object(value: object, field: str) -> Row:
    """A mapping, or JSON text of one."""
    if isinstance(value, str):
        value = as_json(value, field)
    if not isinstance(value, Mapping):
        raise unexpected(field, "a JSON object", value)
    return cast("Row", value)


def as_list(value: object, field: str) -> list[Any]:
    """A list, a tuple, or what turns itself into one (a column of numpy or Arrow)."""
    if isinstance(value, tuple):
        return list(value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
    to_list = getattr(value, "tolist", None)
    if to_list is not None:
        value = to_list()
    if not isinstance(value, list):
        raise unexpected(field, "a list", value)
    return value  # pyright: ignore[reportUnknownVariableType] - JSON


def as_text(value: object, field: str) -> str:
    """A text."""
    if not isinstance(value, str):
        raise unexpected(field, "text", value)
    return value


def as_lines(value: object, field: str) -> str:
    """A text, or a list of lines to be joined."""
    if isinstance(value, (list, tuple)):
        lines = cast("list[object]", value)
        return "\n".join(as_lines(line, field) for line in lines)
    if not isinstance(value, str):
        raise unexpected(field, "text or a list of lines", value)
    return value


def optional_text(row: Row, field: str) -> str:
    """A text, "" when the field is absent or null."""
    value = row.get(field)
    return "" if value is None else as_text(value, field)


def required_text(row: Row, field: str) -> str:
    """A text that holds more than blanks."""
    value = as_text(row.get(field), field)
    if not value.strip():
        raise RowError(field, "text", "only blanks" if value else "an empty text")
    return value


def as_json(text: object, field: str) -> Any:
    """What a JSON text says."""
    if not isinstance(text, (str, bytes)):
        raise unexpected(field, "JSON text", text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        got = f"{text[:40]!r} ({error})" if text else "an empty text"
        raise RowError(field, "JSON text", got) from error


def unexpected(field: str, expected: str, value: object) -> RowError:
    """The error for a value of another kind."""
    return RowError(field, expected, "nothing" if value is None else type(value).__name__)


def no_tests(field: str) -> RowError:
    """The error for a row without tests: it is never an empty task."""
    return RowError(field, "at least one test", "none")
