"""The special methods that work across the wire, and what carries each out where the object is."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable


def _of_type(name: str) -> Callable[..., Any]:
    """Call a special method as the interpreter does: the type's, not the object's."""

    def call(thing: Any, *arguments: Any) -> Any:
        return getattr(type(thing), name)(thing, *arguments)

    return call


def _reflected(function: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    return lambda thing, other: function(other, thing)


_ARITHMETIC: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "matmul": operator.matmul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "divmod": divmod,
    "pow": pow,
    "lshift": operator.lshift,
    "rshift": operator.rshift,
    "and": operator.and_,
    "or": operator.or_,
    "xor": operator.xor,
}

COMPARISONS: Final[dict[str, Callable[..., Any]]] = {
    "__eq__": operator.eq,
    "__ne__": operator.ne,
    "__lt__": operator.lt,
    "__le__": operator.le,
    "__gt__": operator.gt,
    "__ge__": operator.ge,
}
BINARY: Final[dict[str, Callable[..., Any]]] = {
    **{f"__{name}__": function for name, function in _ARITHMETIC.items()},
    **{f"__r{name}__": _reflected(function) for name, function in _ARITHMETIC.items()},
    **{
        f"__i{name}__": getattr(operator, f"__i{name}__")
        for name in _ARITHMETIC
        if name != "divmod"
    },
}
ASYNCHRONOUS: Final[dict[str, Callable[..., Any]]] = {
    name: _of_type(name) for name in ("__aenter__", "__aexit__", "__anext__", "__await__")
}
OTHERS: Final[dict[str, Callable[..., Any]]] = {
    "__abs__": abs,
    "__aiter__": _of_type("__aiter__"),
    "__bool__": bool,
    "__bytes__": bytes,
    "__call__": lambda thing, *arguments: thing(*arguments),
    "__ceil__": math.ceil,
    "__complex__": complex,
    "__contains__": operator.contains,
    "__delitem__": operator.delitem,
    "__enter__": _of_type("__enter__"),
    "__exit__": _of_type("__exit__"),
    "__float__": float,
    "__floor__": math.floor,
    "__format__": format,
    "__getitem__": operator.getitem,
    "__hash__": hash,
    "__index__": operator.index,
    "__int__": int,
    "__invert__": operator.invert,
    "__iter__": iter,
    "__len__": len,
    "__length_hint__": operator.length_hint,
    "__neg__": operator.neg,
    "__next__": next,
    "__pos__": operator.pos,
    "__repr__": repr,
    "__reversed__": reversed,
    "__round__": round,
    "__setitem__": operator.setitem,
    "__str__": str,
    "__trunc__": math.trunc,
}
OPERATORS: Final[dict[str, Callable[..., Any]]] = {
    **COMPARISONS,
    **BINARY,
    **ASYNCHRONOUS,
    **OTHERS,
}
"""By name of the special method: what does its work, given the object and the other operands."""

OF_CLASSES: Final = frozenset(
    {"__contains__", "__getitem__", "__iter__", "__len__", "__reversed__"}
)
"""The special methods that a class itself may have, as enumerations do."""


def defined(kind: type) -> list[str]:
    """The special methods that a type has and ``object`` has not."""
    names = {name for base in kind.__mro__ if base is not object for name in base.__dict__}
    return sorted(
        name for name in names & OPERATORS.keys() if getattr(kind, name, None) is not None
    )


def defined_by_metaclass(kind: type) -> list[str]:
    """The special methods of a class itself."""
    names: set[str] = set()
    for base in type.mro(type(kind)) if type(kind) is not type else ():
        if base is not object and base is not type:
            names |= set(base.__dict__)
    if hasattr(kind, "__class_getitem__"):
        names.add("__getitem__")
    return sorted(names & OF_CLASSES)
