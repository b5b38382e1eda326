"""What the candidate's side tells of a class, so that a proxy of it can be made."""

from __future__ import annotations

import enum
import inspect
import types
from typing import TYPE_CHECKING, Any, Final

from adjudge_worker.guest.suites import operators

if TYPE_CHECKING:
    from collections.abc import Callable

_CORES: Final[tuple[tuple[type, Callable[[Any], Any]], ...]] = (
    (int, int.__pos__),
    (float, float.__pos__),
    (str, str.__str__),
    (complex, complex.__pos__),
    (bytes, lambda value: bytes.__getitem__(value, slice(None))),
    (tuple, lambda value: tuple.__getitem__(value, slice(None))),
    (list, lambda value: list.__getitem__(value, slice(None))),
    (dict, dict.copy),
    (set, lambda value: set().union(value)),
    (frozenset, lambda value: frozenset(set().union(value))),
)
_LONGEST_TEXT: Final = 10_000


def core(value: Any) -> Any:
    """The plain data that an object of a type derived from a plain one is.

    Raises TypeError for others.
    """
    for kind, exact in _CORES:
        if isinstance(value, kind):
            return exact(value)
    raise TypeError(f"a {type(value).__name__} is no plain data")


def has_core(kind: type) -> bool:
    """Whether objects of the class are plain data underneath."""
    return issubclass(kind, tuple(plain for plain, _ in _CORES))


def is_record(kind: type) -> bool:
    """Whether it is a named tuple's class."""
    return issubclass(kind, tuple) and type(getattr(kind, "_fields", None)) is tuple


def is_kept(value: Any) -> bool:
    """Whether an object of a plain type's subclass is known by what it is, as enumerations are."""
    return isinstance(value, enum.Enum) or not has_core(type(value))


def description(kind: type, number: int, bases: list[Any]) -> dict[str, Any]:
    """What the other side needs to know. ``bases`` are the JSON of its bases."""
    return {
        "number": number,
        "name": kind.__name__,
        "bases": bases,
        "documentation": str(kind.__dict__.get("__doc__") or "")[:_LONGEST_TEXT],
        "operators": operators.defined(kind),
        "own_operators": operators.defined_by_metaclass(kind),
        "methods": _methods(kind),
        "hashable": kind.__hash__ is not None,
        "core": has_core(kind),
        "fields": [str(name) for name in kind._fields] if is_record(kind) else [],  # type: ignore[attr-defined]
        "record": is_record(kind),
    }


def _methods(kind: type) -> list[str]:
    """The names of plain methods, which can be called without asking for them first."""
    return [
        name
        for name, value in kind.__dict__.items()
        if type(value) is types.FunctionType
        and name.isidentifier()
        and not (name.startswith("__") and name.endswith("__"))
        and not inspect.isasyncgenfunction(value)
    ]
