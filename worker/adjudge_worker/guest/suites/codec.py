"""Values as JSON and back, in both directions: plain data becomes equal data of exact types.

Only the plain cases stand for themselves: None, True, False, "text", 1.5, integers of at most 64
bits, [list]. Everything else is an object with one member, whose name is in ``_Decoder`` tables:

    {"i": "-ff"}          any other integer, in hexadecimal
    {"t": […]}            tuple; "s" set, "f" frozenset
    {"d": [k, v, …]}      dict; "O" OrderedDict, "C" Counter
    {"D": [type, k, v …]} defaultdict, with the name of a builtin type or null
    {"q": [maxlen, …]}    deque
    {"b": "…"}            bytes, in base64; "B" bytearray
    {"c": [re, im]}       complex
    {"r": 3}              the container that was the fourth to begin in this exchange
    …                     see ``plain.py`` for Decimal, dates, arrays and the like
    {"h": […]}            a handle: what it means is not decided here

Containers that can change are counted as they begin, on both sides alike, so that one that occurs
twice is one object on the other side too, and what a call did to its arguments can be told.
"""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING, Any, Final

from adjudge_worker.guest.suites import plain
from adjudge_worker.guest.suites.wire import BadFrame

if TYPE_CHECKING:
    from collections.abc import Callable

DEPTH_LIMIT: Final = 150

PLAIN: Final = frozenset({type(None), bool, float, str})
_INTEGERS: Final = frozenset({int, bool})
_LEAVES: Final = PLAIN | {int}
_LOWEST, _HIGHEST = -(1 << 63), (1 << 63) - 1
_INTEGER_DIGITS_LIMIT: Final = 4_000_000
_COLLISIONS_LIMIT: Final = 1_000
_HEXADECIMAL: Final = frozenset("0123456789abcdef")
_FACTORIES: Final[dict[str, type]] = {
    kind.__name__: kind for kind in (bool, dict, float, int, list, set, str, tuple)
}


class Shared:
    """The changeable containers of one exchange, in the order in which they began."""

    def __init__(self) -> None:
        self.containers: list[Any] = []
        self._places: dict[int, int] = {}

    def add(self, container: Any) -> None:
        """Count a container that begins."""
        self._places[id(container)] = len(self.containers)
        self.containers.append(container)

    def forget_after(self, count: int) -> None:
        """Forget all but the first ones: what was written of the others was not sent."""
        for container in self.containers[count:]:
            del self._places[id(container)]
        del self.containers[count:]

    def place(self, container: Any) -> int | None:
        """Which one it is; None when it has not begun yet."""
        return self._places.get(id(container))


class Encoder:
    """Writes the values of one exchange."""

    def __init__(self, shared: Shared, export: Callable[[Any, Encoder, int], Any]) -> None:
        """``export`` writes what is no plain data, as ``{"h": …}``; it may raise TypeError."""
        self._shared = shared
        self._export = export

    def tree(self, value: Any, depth: int = 0) -> Any:
        """The JSON of a value."""
        kind = type(value)
        if kind in PLAIN:
            return value
        if kind is int:
            return value if _LOWEST <= value <= _HIGHEST else {"i": format(value, "x")}
        if depth > DEPTH_LIMIT:
            raise ValueError(f"a value nested more than {DEPTH_LIMIT} levels deep")
        write = _WRITERS.get(kind)
        if write is None and not plain.is_array(value):
            tree = plain.tree(value, kind)
            return self._export(value, self, depth) if tree is None else tree
        if write is None or kind in CHANGEABLE:
            place = self._shared.place(value)
            if place is not None:
                return {"r": place}
            self._shared.add(value)
        if write is None:
            return plain.tree(value, kind)
        tag, items = write(value)
        trees = items if type(items) is str else self.items(items, depth)
        return trees if tag == "l" else {tag: trees}

    def items(self, items: list[Any], depth: int = 0) -> list[Any]:
        """The JSON of several values in a row."""
        kinds = set(map(type, items))
        if kinds <= PLAIN:
            return items
        if kinds <= _INTEGERS and min(items) >= _LOWEST and max(items) <= _HIGHEST:
            return items
        return [self.tree(item, depth + 1) for item in items]

    def content(self, container: Any) -> Any:
        """The JSON of what a container holds, whether or not it was written before."""
        kind = type(container)
        if kind not in _WRITERS:
            return plain.tree(container, kind)
        _, items = _WRITERS[kind](container)
        return items if type(items) is str else self.items(items)


class Decoder:
    """Reads the values of one exchange: strict, bounded, exact builtin types."""

    def __init__(self, shared: Shared, resolve: Callable[[list[Any], Decoder, int], Any]) -> None:
        """``resolve`` finds what a handle means; it raises BadFrame for one that it never gave."""
        self._shared = shared
        self._resolve = resolve

    def value(self, tree: Any, depth: int = 0) -> Any:  # noqa: C901, PLR0911 - one case after the other
        """The value that a JSON stands for. Raises BadFrame."""
        kind = type(tree)
        if kind in _LEAVES:
            return tree
        if depth > DEPTH_LIMIT:
            raise BadFrame(f"a value nested more than {DEPTH_LIMIT} levels deep")
        if kind is list:
            self._shared.add(tree)
            return self._fill(tree, depth)
        if len(tree) != 1:
            raise BadFrame("an object with other than one member")
        ((tag, content),) = tree.items()
        if tag == "h" and type(content) is list:
            return self._resolve(content, self, depth)
        if tag == "r":
            return self._container(content)
        try:
            if tag in _EMPTY:
                container = _EMPTY[tag](content)
                self._shared.add(container)
                self.refill(container, content, depth)
                return container
            if tag in _SEALED:
                return _SEALED[tag](self._fill(_holds(content, list), depth))
            if tag == "i":
                return _integer(content)
            value = plain.value(tag, content)
            if plain.is_array(value):
                self._shared.add(value)
        except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError) as error:
            raise BadFrame(f"no value in the format: {type(error).__name__}") from error
        return value

    def refill(self, container: Any, tree: Any, depth: int = 0) -> None:
        """Let a container hold what its content's JSON says.

        Raises BadFrame, ValueError or TypeError.
        """
        if plain.is_array(container):
            plain.refill_array(container, tree)
        elif type(container) is bytearray:
            container[:] = plain.base64(tree)
        else:
            _put(container, self._fill(_holds(tree, list), depth))

    def _fill(self, trees: list[Any], depth: int) -> list[Any]:
        """The same list, in which each JSON has been replaced by its value."""
        if not _LEAVES.issuperset(map(type, trees)):
            trees[:] = [self.value(tree, depth + 1) for tree in trees]
        return trees

    def _container(self, place: Any) -> Any:
        if type(place) is not int or not 0 <= place < len(self._shared.containers):
            raise BadFrame("a container that never began")
        return self._shared.containers[place]


def _put(container: Any, items: list[Any]) -> None:
    """Let a container hold exactly the items, as its writer in ``_WRITERS`` gave them."""
    kind = type(container)
    if kind is list:
        container[:] = items
        return
    container.clear()
    if kind is collections.deque:
        container.extend(items[1:])
        return
    if kind is set:
        _refuse_collisions(items)
        container.update(items)
        return
    pairs = items[1:] if kind is collections.defaultdict else items
    _refuse_collisions(pairs[::2])
    if len(pairs) % 2:
        raise ValueError("a dict with a key and no value")
    for key, item in zip(pairs[::2], pairs[1::2], strict=True):
        container[key] = item


def _pairs(mapping: Any) -> list[Any]:
    return [part for item in mapping.items() for part in item]


def _holds(content: Any, kind: type) -> Any:
    if type(content) is not kind:
        raise TypeError(f"a {kind.__name__} was expected")
    return content


def _integer(text: Any) -> int:
    if len(_holds(text, str)) > _INTEGER_DIGITS_LIMIT:
        raise ValueError("an integer that is too long")
    if not set(text.removeprefix("-")) <= _HEXADECIMAL:
        raise ValueError("an integer that is not hexadecimal")
    return int(text, 16)


def _factory(content: Any) -> Any:
    name = content[0]
    return None if name is None else _FACTORIES[name]


def _maxlen(content: Any) -> int | None:
    limit = content[0]
    return None if limit is None else _holds(limit, int)


def _name(factory: Any) -> str | None:
    """What a defaultdict makes, where that is a builtin type."""
    return next((name for name, kind in _FACTORIES.items() if kind is factory), None)


def _set(items: list[Any]) -> frozenset[Any]:
    _refuse_collisions(items)
    return frozenset(items)


def _refuse_collisions(keys: list[Any]) -> None:
    """Keys made to have one hash would take quadratic time; keys of an honest set all differ."""
    if len(keys) > _COLLISIONS_LIMIT and len(keys) - len(set(map(hash, keys))) > _COLLISIONS_LIMIT:
        raise ValueError("a set or dict whose keys have equal hashes")


def _slice(items: list[Any]) -> slice:
    start, stop, step = items
    return slice(start, stop, step)


def _complex(items: list[Any]) -> complex:
    real, imaginary = items
    return complex(_holds(real, float), _holds(imaginary, float))


def _range(items: list[Any]) -> range:
    start, stop, step = (_holds(item, int) for item in items)
    return range(start, stop, step)


def _keys(items: list[Any]) -> Any:
    _refuse_collisions(items)
    return dict.fromkeys(items).keys()


def _values(items: list[Any]) -> Any:
    return dict(enumerate(items)).values()


def _entries(items: list[Any]) -> Any:
    mapping: dict[Any, Any] = {}
    _put(mapping, items)
    return mapping.items()


_WRITERS: Final[dict[type, Callable[[Any], tuple[str, Any]]]] = {
    list: lambda value: ("l", value),
    tuple: lambda value: ("t", list(value)),
    dict: lambda value: ("d", _pairs(value)),
    set: lambda value: ("s", list(value)),
    frozenset: lambda value: ("f", list(value)),
    bytearray: lambda value: ("B", plain.text(value)),
    complex: lambda value: ("c", [value.real, value.imag]),
    range: lambda value: ("x", [value.start, value.stop, value.step]),
    slice: lambda value: ("l3", [value.start, value.stop, value.step]),
    collections.deque: lambda value: ("q", [value.maxlen, *value]),
    collections.Counter: lambda value: ("C", _pairs(value)),
    collections.OrderedDict: lambda value: ("O", _pairs(value)),
    collections.defaultdict: lambda value: ("D", [_name(value.default_factory), *_pairs(value)]),
    type({}.keys()): lambda value: ("vk", list(value)),
    type({}.values()): lambda value: ("vv", list(value)),
    type({}.items()): lambda value: ("vi", [part for item in value for part in item]),
}
"""How each type is written: its tag, and its items or its text."""

CHANGEABLE: Final = frozenset(
    {
        list,
        dict,
        set,
        bytearray,
        collections.deque,
        collections.Counter,
        collections.OrderedDict,
        collections.defaultdict,
    }
)
"""The containers that are counted, and looked at again when a call is over."""

_EMPTY: Final[dict[str, Callable[[Any], Any]]] = {
    "d": lambda _: {},
    "s": lambda _: set(),
    "B": lambda _: bytearray(),
    "q": lambda content: collections.deque(maxlen=_maxlen(content)),
    "C": lambda _: collections.Counter(),
    "O": lambda _: collections.OrderedDict(),
    "D": lambda content: collections.defaultdict(_factory(content)),
}
_SEALED: Final[dict[str, Callable[[list[Any]], Any]]] = {
    "t": tuple,
    "f": _set,
    "c": _complex,
    "x": _range,
    "l3": _slice,
    "vk": _keys,
    "vv": _values,
    "vi": _entries,
}
