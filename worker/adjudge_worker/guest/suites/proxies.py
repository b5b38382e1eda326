"""What test code holds in place of the candidate's objects, classes and functions.

The decision of docs/decisions/0010: an object that a function *returned* is never equal to plain
data, nor ordered or counted against it, by its own word. It would learn the expected value and
could say yes to it. Such operations are carried out by the plain data that the object is
underneath, if it is any, and refused otherwise. Two objects of the candidate's are compared by
the candidate. Objects that the tests themselves constructed from a class that they name may also
be compared with plain data: see ``trust.py``.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Final

from adjudge_worker.guest.suites import operators

if TYPE_CHECKING:
    from collections.abc import Callable

    from adjudge_worker.guest.suites.codec import Encoder
    from adjudge_worker.guest.suites.session import Session

_ASKED_DUNDERS: Final = frozenset(
    {
        "__annotations__",
        "__cause__",
        "__dict__",
        "__doc__",
        "__match_args__",
        "__members__",
        "__wrapped__",
    }
)
ANSWERS: Final = frozenset(
    name
    for kind in (str, bytes, set, frozenset, float, int)
    for name in dir(kind)
    if name.startswith("is") or name in {"startswith", "endswith"}
)
"""Methods of plain types that answer yes or no: of a returned object they are not asked."""


class Handle:
    """Names an object of the candidate's in a question."""

    def __init__(self, number: int) -> None:
        self.number = number


class ProxyType(type):
    """The type of proxies for classes. Those are made by ``types_.build_type``."""

    _adjudge_session: Session
    _adjudge_kind: int

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        """A class that test code derives from the candidate's: it is made over there."""
        session: Session = bases[0]._adjudge_session  # type: ignore[attr-defined]  # noqa: SLF001 - ours
        if any(issubclass(base, (BaseException, tuple)) for base in bases):
            raise TypeError(f"{name}: test code cannot derive from this class of the candidate's")
        cell = namespace.get("__classcell__")
        members = tuple(
            (key, value)
            for key, value in namespace.items()
            if key
            not in {
                "__module__",
                "__qualname__",
                "__classcell__",
                "__firstlineno__",
                "__static_attributes__",
            }
        )
        for key, value in members:
            if isinstance(value, (property, classmethod, staticmethod)):
                raise TypeError(
                    f"{name}.{key}: a class that test code derives has plain methods only"
                )
        made = session.ask("derive", name, bases, members)
        if cell is not None:
            cell.cell_contents = made
        return made

    def __init__(cls, *_: Any) -> None:
        """Nothing: the class is ready when it has been made."""

    def __call__(cls, *positional: Any, **named: Any) -> Any:
        """Make an object in the candidate's process."""
        return cls._adjudge_session.construct(cls, positional, named)

    def __getattr__(cls, name: str) -> Any:
        if _is_hidden(name):
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
        return cls._adjudge_session.ask("get", cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        cls._adjudge_session.ask("set", cls, name, value)

    def __delattr__(cls, name: str) -> None:
        cls._adjudge_session.ask("delete", cls, name)

    def __dir__(cls) -> list[str]:
        names: list[str] = cls._adjudge_session.ask("dir", cls)
        return names

    def __bool__(cls) -> bool:
        """True, as for every class: else the interpreter would ask for its length."""
        return True

    def __instancecheck__(cls, instance: Any) -> bool:
        return type.__instancecheck__(cls, instance)

    def _adjudge_holds_objects(cls) -> bool:
        """Whether its objects are proxies: not of exceptions and named tuples, which are true."""
        return issubclass(cls, Proxy)

    def _adjudge_new(cls, number: int) -> Proxy:
        proxy: Proxy = object.__new__(cls)  # type: ignore[arg-type]
        object.__setattr__(proxy, "_adjudge_number", number)
        object.__setattr__(proxy, "_adjudge_trusted", False)
        return proxy


def _own(name: str) -> Callable[..., Any]:
    """A special method of a class itself; an error where the class has none."""

    def operate(cls: ProxyType, *operands: Any) -> Any:
        if name not in cls.__dict__.get("_adjudge_own_operators", ()):
            raise TypeError(f"type object {cls.__name__!r} has no {name}")
        return cls._adjudge_session.ask("operate", name, cls, *operands)

    return operate


for _name in operators.OF_CLASSES:
    type.__setattr__(ProxyType, _name, _own(_name))


class Proxy:
    """What all proxies of objects are."""

    __slots__ = ("__weakref__", "_adjudge_number", "_adjudge_trusted")

    _adjudge_session: Session
    _adjudge_core = False

    def __getattr__(self, name: str) -> Any:
        if _is_hidden(name) or (name in ANSWERS and not self._adjudge_trusted):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self._adjudge_session.ask("get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._adjudge_session.ask("set", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._adjudge_session.ask("delete", self, name)

    def __dir__(self) -> list[str]:
        names: list[str] = self._adjudge_session.ask("dir", self)
        return names

    def __repr__(self) -> str:
        return str(self._adjudge_session.ask("operate", "__repr__", self))

    def __str__(self) -> str:
        return str(self._adjudge_session.ask("operate", "__str__", self))

    def __format__(self, specification: str) -> str:
        return str(self._adjudge_session.ask("operate", "__format__", self, specification))

    def __copy__(self) -> Any:
        return self._adjudge_session.ask("copy", self)

    def __deepcopy__(self, memory: object) -> Any:
        return self._adjudge_session.ask("deepcopy", self)

    def __reduce_ex__(self, protocol: object) -> Any:
        raise TypeError(f"a {type(self).__name__} of the candidate's cannot be pickled here")


def number_of(proxy: Any) -> int:
    """The number by which the candidate knows the object or class."""
    if type(proxy) is ProxyType:
        return proxy._adjudge_kind  # noqa: SLF001 - ours
    if isinstance(proxy, BaseException):
        return int(proxy.__dict__["_adjudge_number"])
    number: int = object.__getattribute__(proxy, "_adjudge_number")
    return number


def handed_back(value: Any, encoder: Encoder, depth: int) -> Any:
    """The JSON of what came from the candidate; None when it did not."""
    if isinstance(value, Handle):
        return {"h": ["y", value.number]}
    kind = type(value)
    if kind is ProxyType:
        return {"h": ["y", number_of(value)]}
    if type(kind) is not ProxyType and not issubclass(kind, Proxy):
        return None
    if issubclass(kind, tuple):
        return {
            "h": [
                "n",
                number_of(kind),
                encoder.tree(tuple.__getitem__(value, slice(None)), depth + 1),
            ]
        }
    return {"h": ["y", number_of(value)]}


def function_type(session: Session) -> Callable[[int, str, bool], Proxy]:
    """What makes proxies of functions."""

    class Function(Proxy):
        __slots__ = ("__name__", "__qualname__", "_is_coroutine_marker")
        _adjudge_session = session

        def __call__(self, *positional: Any, **named: Any) -> Any:
            return session.ask("call", Handle(number_of(self)), positional, tuple(named.items()))

        def __repr__(self) -> str:
            return f"<function {self.__name__} of the candidate's>"

    Function.__module__, Function.__qualname__ = "builtins", "function"
    Function.__name__ = "function"

    def make(number: int, name: str, asynchronous: bool) -> Proxy:  # noqa: FBT001 - from a message
        proxy: Proxy = object.__new__(Function)
        for slot, content in (
            ("_adjudge_number", number),
            ("_adjudge_trusted", False),
            ("__name__", name),
            ("__qualname__", name),
            ("_is_coroutine_marker", _COROUTINE if asynchronous else None),
        ):
            object.__setattr__(proxy, slot, content)
        return proxy

    return make


def operator_method(name: str) -> Callable[..., Any]:
    """The special method of a proxy class."""
    if name in operators.COMPARISONS:
        return _comparison(name)
    if name in operators.BINARY:
        return _binary(name)
    if name == "__call__":
        return _call
    if name == "__contains__":
        return _contains
    if name in {"__aenter__", "__aexit__", "__anext__"}:
        return _asynchronous(name)

    def operate(self: Proxy, *operands: Any) -> Any:
        return self._adjudge_session.ask("operate", name, self, *operands)

    return operate


def _comparison(name: str) -> Callable[[Proxy, Any], Any]:
    plain = operators.COMPARISONS[name]

    def compare(self: Proxy, other: Any) -> Any:
        session = self._adjudge_session
        if issubclass(type(other), Proxy) or self._adjudge_trusted:
            return session.compare(name, self, other)
        if self._adjudge_core:
            return plain(session.ask("core", self), other)
        return NotImplemented

    return compare


def _binary(name: str) -> Callable[..., Any]:
    plain = operators.BINARY[name]

    def operate(self: Proxy, *others: Any) -> Any:
        session, trusted = self._adjudge_session, self._adjudge_trusted
        if trusted or all(issubclass(type(other), Proxy) for other in others):
            result = session.ask("operate", name, self, *others)
            if trusted and type(result) is type(self):
                for proxy in (self, result):
                    object.__setattr__(proxy, "_adjudge_trusted", True)
            return result
        if self._adjudge_core:
            return plain(session.ask("core", self), *others)
        return NotImplemented

    return operate


def _call(self: Proxy, *positional: Any, **named: Any) -> Any:
    return self._adjudge_session.ask(
        "call", Handle(number_of(self)), positional, tuple(named.items())
    )


def _contains(self: Proxy, item: Any) -> bool:
    """Of a returned object by its items, see above."""
    if self._adjudge_trusted or issubclass(type(item), Proxy):
        return bool(self._adjudge_session.ask("operate", "__contains__", self, item))
    return any(one is item or one == item for one in iter(self))


def _asynchronous(name: str) -> Callable[..., Any]:
    async def operate(self: Proxy, *operands: Any) -> Any:
        return self._adjudge_session.ask("operate", name, self, *operands)

    return operate


def _is_hidden(name: str) -> bool:
    return (name.startswith("__") and name not in _ASKED_DUNDERS) or name.startswith("_adjudge")


_COROUTINE: Final = getattr(inspect, "_is_coroutine_marker", None)
"""What ``inspect`` looks for in functions that are to count as coroutine functions."""
