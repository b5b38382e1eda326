"""Reading a return value that a candidate's process wrote: strict, bounded, builtin types only.

The format stands in ``adjudge_worker.guest.values``. The bytes are hostile: whatever is not exactly
in the format is refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

DEPTH_LIMIT = 200
NODES_LIMIT = 2_000_000
"""Upper bound of the items in one value: 100 to 200 MB as Python objects."""

_INTEGER_DIGITS_LIMIT = 4_000_000
_COLLISIONS_LIMIT = 1_000
_PLAIN: Final = frozenset({type(None), bool, int, float, str})
_HEXADECIMAL: Final = frozenset("0123456789abcdef")


class BadValue(ValueError):
    """Raised when bytes are no value in the format, or one over its limits."""


def decode(text: bytes) -> Any:
    """The value, made of None, bool, int, float, str, list, tuple, set and dict.

    Raises:
        BadValue: ``text`` is not in the format, too big or too deep.
    """
    if text.count(b",") + text.count(b"[") > NODES_LIMIT:
        raise BadValue(f"the value has more than {NODES_LIMIT:,} items")
    try:
        tree = json.loads(text)
        return _value(tree, 0)
    except BadValue:
        raise
    except (ValueError, TypeError, RecursionError) as error:
        raise BadValue(f"no value in the format: {type(error).__name__}") from error


def _value(tree: Any, depth: int) -> Any:
    kind = type(tree)
    if kind in _PLAIN:
        return tree
    if depth > DEPTH_LIMIT:
        raise BadValue(f"the value is nested more than {DEPTH_LIMIT} levels deep")
    if kind is list:
        return _items(tree, depth)
    if len(tree) != 1:
        raise BadValue("an object with other than one member")
    (tag, content), *_ = tree.items()
    if tag == "i":
        return _integer(content)
    build = _CONTAINERS.get(tag)
    if build is None or type(content) is not list:
        raise BadValue(f"an object with the member {tag!r:.20}")
    return build(_items(content, depth))


def _items(trees: list[Any], depth: int) -> list[Any]:
    if set(map(type, trees)) <= _PLAIN:
        return trees
    return [_value(tree, depth + 1) for tree in trees]


def _integer(text: Any) -> int:
    if type(text) is not str or not 1 <= len(text) <= _INTEGER_DIGITS_LIMIT:
        raise BadValue("an integer that is no text")
    if not set(text.removeprefix("-")) <= _HEXADECIMAL:
        raise BadValue("an integer that is not hexadecimal")
    return int(text, 16)


def _set(items: list[Any]) -> set[Any]:
    _refuse_collisions(items)
    return set(items)


def _frozen_set(items: list[Any]) -> frozenset[Any]:
    _refuse_collisions(items)
    return frozenset(items)


def _mapping(parts: list[Any]) -> dict[Any, Any]:
    if len(parts) % 2:
        raise BadValue("a dict with a key and no value")
    _refuse_collisions(parts[::2])
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _refuse_collisions(keys: list[Any]) -> None:
    """Keys made to have one hash would take quadratic time; keys of an honest set all differ."""
    if len(keys) - len(set(map(hash, keys))) > _COLLISIONS_LIMIT:
        raise BadValue("a set or dict whose keys have equal hashes")


_CONTAINERS: Final[dict[str, Callable[[list[Any]], Any]]] = {
    "t": tuple,
    "s": _set,
    "f": _frozen_set,
    "d": _mapping,
}
