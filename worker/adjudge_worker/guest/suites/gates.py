"""What the candidate may do with an object that the tests gave to it: call it, and little else.

A function can be called and nothing else. An object of a class that the test code itself defines
(a node, a fake clock, a fake store) has its special methods and its public attributes, for whoever
gets one is meant to use them; data attributes that are there can be set, as an algorithm on nodes
does. Of the standard library's objects only iterators, text and byte streams and mocks give more
than a call.
"""

from __future__ import annotations

import collections.abc
import io
import sys
import types
from typing import Any, Final

from adjudge_worker.guest.suites import operators

_CALLED_ONLY: Final = (
    type,
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    types.MethodWrapperType,
)
_STREAMS: Final = (io.StringIO, io.BytesIO)
_ITERATION: Final = ["__iter__", "__next__"]


class Gates:
    """Decides by the class of an object, and by which module defined it."""

    def __init__(self, module_names: set[str]) -> None:
        """``module_names`` are those of the test code."""
        self._modules = module_names

    def is_called_only(self, thing: Any) -> bool:
        """Whether it is a function, a method or a class."""
        return isinstance(thing, _CALLED_ONLY)

    def operators(self, thing: Any) -> list[str]:
        """The special methods that the candidate may use."""
        kind = type(thing)
        if self._is_of_tests(kind) or isinstance(thing, _STREAMS) or _is_mock(thing):
            names = operators.defined(kind)
            if "__eq__" in names and kind.__hash__ is not None and "__hash__" not in names:
                names.append("__hash__")
            return names
        if isinstance(thing, types.CoroutineType):
            return ["__await__"]
        names = list(_ITERATION) if isinstance(thing, collections.abc.Iterator) else []
        return [*names, "__call__"] if callable(thing) else names

    def get(self, thing: Any, name: Any) -> Any:
        """A public attribute. Raises AttributeError for what is not given."""
        if not self._is_open(thing, name):
            raise AttributeError(
                f"{type(thing).__name__!r} object has no attribute {str(name)[:80]!r}"
            )
        return getattr(thing, name)

    def set(self, thing: Any, name: Any, value: Any) -> None:
        """Set a data attribute that is there. Raises AttributeError for what may not be set."""
        if not self._is_open(thing, name) or not self._is_of_tests(type(thing)):
            raise AttributeError(f"attribute {str(name)[:80]!r} cannot be set")
        if callable(getattr(thing, name)) and not isinstance(getattr(thing, name), type(thing)):
            raise AttributeError(f"attribute {name!r} cannot be replaced")  # noqa: TRY004 - as Python says it
        setattr(thing, name, value)

    def _is_open(self, thing: Any, name: Any) -> bool:
        if type(name) is not str or name.startswith("_"):
            return False
        if _is_mock(thing):
            return not hasattr(sys.modules["unittest.mock"].NonCallableMock, name)
        return isinstance(thing, _STREAMS) or self._is_of_tests(type(thing))

    def _is_of_tests(self, kind: type) -> bool:
        closed = (type, sys.modules["unittest"].TestCase) if "unittest" in sys.modules else type
        return kind.__module__ in self._modules and not issubclass(kind, closed)


def _is_mock(thing: Any) -> bool:
    mock = sys.modules.get("unittest.mock")
    return mock is not None and isinstance(thing, mock.NonCallableMock)
