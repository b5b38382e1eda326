"""Values as bytes, arguments and return values alike: builtin types only, bounded, integers exact.

The format is JSON in which only the plain cases stand for themselves:

    None, True, False, "text", 1.5, integers of at most 64 bits, [list]
    {"i": "-ff"}        any other integer, in hexadecimal
    {"t": [...]}        tuple
    {"s": [...]}        set
    {"f": [...]}        frozenset
    {"d": [k, v, ...]}  dict, defaultdict, OrderedDict or Counter: keys and values in turn

Floats are as ``repr`` writes them (they round-trip), with NaN, Infinity and -Infinity. The reader
of return values, which are hostile, is ``adjudge_worker.jail.values``; ``decode`` reads arguments.
"""

from __future__ import annotations

import collections
import json
from typing import Any, Final

DEPTH_LIMIT = 200

_PLAIN: Final = frozenset({type(None), bool, float, str})
_INTEGERS: Final = frozenset({int})
_LEAVES: Final = _PLAIN | _INTEGERS
_TAGS: Final[dict[type, str]] = {tuple: "t", set: "s", frozenset: "f"}
_SEQUENCES: Final = {"t": tuple, "s": set, "f": frozenset}
_MAPPINGS: Final = frozenset(
    {dict, collections.defaultdict, collections.OrderedDict, collections.Counter}
)
_LOWEST, _HIGHEST = -(1 << 63), (1 << 63) - 1


class NotPlain(TypeError):
    """Raised when a value is not made of the types that can be compared."""


def encode(value: Any) -> bytes:
    """The bytes of one value.

    Raises:
        NotPlain: it holds another type, or is nested deeper than ``DEPTH_LIMIT``.
    """
    return json.dumps(_tree(value, 0), separators=(",", ":"), check_circular=False).encode()


def decode(text: bytes) -> Any:
    """The value in bytes that ``encode`` wrote outside: trusted, hence not checked."""
    return _value(json.loads(text))


def _value(tree: Any) -> Any:
    if type(tree) is list:
        return tree if _LEAVES.issuperset(map(type, tree)) else [_value(item) for item in tree]
    if type(tree) is not dict:
        return tree
    ((tag, content),) = tree.items()
    if tag == "i":
        return int(content, 16)
    items = _value(content)
    if tag == "d":
        return dict(zip(items[::2], items[1::2], strict=True))
    return _SEQUENCES[tag](items)


def _tree(value: Any, depth: int) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is int:
        return value if _LOWEST <= value <= _HIGHEST else {"i": format(value, "x")}
    if depth == DEPTH_LIMIT:
        raise NotPlain(f"a value nested more than {DEPTH_LIMIT} levels deep")
    if kind is list:
        return _items(value, depth)
    if kind in _TAGS:
        return {_TAGS[kind]: _items(list(value), depth)}
    if kind in _MAPPINGS:
        return {"d": _items([part for item in value.items() for part in item], depth)}
    raise NotPlain(f"a value of type {kind.__name__}")


def _items(values: list[Any], depth: int) -> list[Any]:
    kinds = set(map(type, values))
    if kinds <= _PLAIN:
        return values
    if kinds == _INTEGERS and min(values) >= _LOWEST and max(values) <= _HIGHEST:
        return values
    return [_tree(value, depth + 1) for value in values]
