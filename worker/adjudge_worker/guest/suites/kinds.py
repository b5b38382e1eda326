"""Makes the proxy of a class from what the candidate's side tells of it: checked, then built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from adjudge_worker.guest.suites import operators
from adjudge_worker.guest.suites.proxies import ANSWERS, Handle, Proxy, ProxyType, operator_method
from adjudge_worker.guest.suites.wire import BadFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from adjudge_worker.guest.suites.session import Session

_MEMBERS: Final = {
    "number": int,
    "name": str,
    "bases": list,
    "documentation": str,
    "operators": list,
    "own_operators": list,
    "methods": list,
    "hashable": bool,
    "core": bool,
    "fields": list,
    "record": bool,
}
_MOST_NAMES: Final = 2_000
_LONGEST_NAME: Final = 200
_BASE_ONLY: Final = (KeyboardInterrupt, GeneratorExit)


def build_type(
    session: Session, description: Any, base_named: Callable[[Any], type]
) -> tuple[int, ProxyType]:
    """The number and the proxy of a class. ``base_named`` finds its bases. Raises BadFrame."""
    told = _checked(description)
    bases = [base_named(tree) for tree in told["bases"]]
    namespace: dict[str, Any] = {
        "_adjudge_session": session,
        "_adjudge_kind": told["number"],
        "_adjudge_own_operators": frozenset(told["own_operators"]),
        "__module__": "solution",
        "__qualname__": told["name"],
        "__doc__": told["documentation"] or None,
    }
    if any(issubclass(base, BaseException) for base in bases):
        kind = _error_type(told, bases, namespace)
    elif told["record"]:
        kind = _record_type(told, namespace)
    else:
        kind = _object_type(told, bases, namespace)
    for name in told["methods"]:
        if name not in told["fields"] and name not in ANSWERS:
            type.__setattr__(kind, name, _method(kind, name))
    return told["number"], kind


def _checked(description: Any) -> dict[str, Any]:
    if type(description) is not dict or description.keys() != _MEMBERS.keys():
        raise BadFrame("a class whose description is none")
    if any(type(description[name]) is not kind for name, kind in _MEMBERS.items()):
        raise BadFrame("a class whose description has parts of other types")
    lists = [description[name] for name in ("operators", "own_operators", "methods", "fields")]
    if any(len(names) > _MOST_NAMES for names in [*lists, description["bases"]]):
        raise BadFrame("a class with too many names")
    if not operators.OPERATORS.keys() >= set(_texts(lists[0])):
        raise BadFrame("a class with special methods that there are not")
    if not set(_texts(lists[1])) <= operators.OF_CLASSES:
        raise BadFrame("a class with special methods of its own that there are not")
    if not all(_is_name(name) for name in [*_texts(lists[2]), *_texts(lists[3])]):
        raise BadFrame("a class with names that are none")
    if len(set(lists[3])) != len(lists[3]) or len(description["name"]) > _LONGEST_NAME:
        raise BadFrame("a class with names that cannot be")
    return description


def _texts(names: list[Any]) -> list[str]:
    if any(type(name) is not str for name in names):
        raise BadFrame("a class with names that are no text")
    return names


def _is_name(name: str) -> bool:
    is_special = name.startswith("__") and name.endswith("__")
    return name.isidentifier() and not is_special and not name.startswith("_adjudge")


def _object_type(told: dict[str, Any], bases: list[type], namespace: dict[str, Any]) -> ProxyType:
    namespace["__slots__"] = ()
    namespace["_adjudge_core"] = told["core"]
    namespace |= {name: operator_method(name) for name in told["operators"]}
    if not told["hashable"]:
        namespace["__hash__"] = None
    elif "__hash__" not in namespace and "__eq__" in namespace:
        namespace["__hash__"] = operator_method("__hash__")
    proxies = tuple(base for base in bases if issubclass(base, Proxy))
    return _made(told["name"], proxies or (Proxy,), (Proxy,), namespace)


def _made(
    name: str, bases: tuple[type, ...], otherwise: tuple[type, ...], namespace: dict[str, Any]
) -> ProxyType:
    try:
        kind = type.__new__(ProxyType, name, bases, namespace)
    except TypeError:  # bases whose order cannot be kept
        kind = type.__new__(ProxyType, name, otherwise, namespace)
    type.__setattr__(kind, "__init__", _initializer(kind))
    return kind


def _method(kind: ProxyType, name: str) -> Callable[..., Any]:
    def method(self: Any, *positional: Any, **named: Any) -> Any:
        arguments = tuple(named.items())
        session = kind._adjudge_session  # noqa: SLF001 - ours
        if type(self) is kind:
            return session.ask("method", self, name, positional, arguments)
        return session.ask("base_method", kind, name, (self, *positional), arguments)

    method.__name__ = name
    return method


def _initializer(kind: ProxyType) -> Callable[..., None]:
    """What ``super().__init__`` of a class that test code derives comes to."""

    def initialize(self: Any, *positional: Any, **named: Any) -> None:
        session = kind._adjudge_session  # noqa: SLF001 - ours
        session.ask("base_method", kind, "__init__", (self, *positional), tuple(named.items()))

    return initialize


def _record_type(told: dict[str, Any], namespace: dict[str, Any]) -> ProxyType:
    """A named tuple: a true tuple here, that is compared as one."""
    fields = told["fields"]

    def read(position: int) -> property:
        return property(lambda self: tuple.__getitem__(self, position))

    namespace |= {name: read(position) for position, name in enumerate(fields)}
    namespace |= {"__slots__": (), "_fields": tuple(fields), "__repr__": _record_repr}
    namespace["__getattr__"] = _record_attribute
    kind = type.__new__(ProxyType, told["name"], (tuple,), namespace)

    def record(items: Any) -> Any:
        if type(items) is not tuple or len(items) != len(fields):
            raise BadFrame("a named tuple with other items than it has fields")
        return tuple.__new__(kind, items)  # type: ignore[arg-type]

    type.__setattr__(kind, "_adjudge_record", staticmethod(record))
    return kind


def _record_repr(self: Any) -> str:
    return str(type(self)._adjudge_session.ask("operate", "__repr__", self))  # noqa: SLF001 - ours


def _record_attribute(self: Any, name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
    return type(self)._adjudge_session.ask("get", self, name)  # noqa: SLF001 - ours


def _error_type(told: dict[str, Any], bases: list[type], namespace: dict[str, Any]) -> ProxyType:
    """An exception class: a true one, that can be caught by its bases as well."""
    kept = tuple(base for base in bases if issubclass(base, BaseException))
    if any(
        issubclass(base, _BASE_ONLY) or not issubclass(base, (Exception, SystemExit))
        for base in kept
    ):
        kept = (Exception,)
    namespace |= {
        "__str__": lambda self: self.__dict__["_adjudge_text"],
        "__getattr__": _error_attribute,
        "__init__": lambda *_: None,
    }
    kind = type.__new__(ProxyType, told["name"], kept, namespace)

    def error(values: tuple[Any, ...], text: str, number: int) -> Any:
        made: Any = BaseException.__new__(kind, *values)  # type: ignore[arg-type]
        made.__dict__.update(_adjudge_text=text, _adjudge_number=number)
        return made

    type.__setattr__(kind, "_adjudge_error", staticmethod(error))
    return kind


def _error_attribute(self: Any, name: str) -> Any:
    if name.startswith(("__", "_adjudge")):
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
    handle = Handle(self.__dict__["_adjudge_number"])
    return type(self)._adjudge_session.ask("get", handle, name)  # noqa: SLF001 - ours
