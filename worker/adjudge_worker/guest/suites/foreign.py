"""What stands in the candidate's process for an object of the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def foreign_type(name: str, operators: list[str], ask: Callable[..., Any]) -> type:
    """A class for one object: its special methods and attributes are those of the tests' object.

    Attributes are asked for by name; the tests' side decides which it gives.
    """

    def get(self: Any, attribute: str) -> Any:
        return ask("get", self, attribute)

    def put(self: Any, attribute: str, value: Any) -> None:
        ask("set", self, attribute, value)

    def call(self: Any, *positional: Any, **named: Any) -> Any:
        return ask("call_object", self, positional, tuple(named.items()))

    members: dict[str, Any] = {"__slots__": (), "__getattr__": get, "__setattr__": put}

    def wait(self: Any) -> Any:
        return ask("wait", self)
        yield  # what __await__ returns must be an iterator

    for operator in operators:
        members[operator] = {"__call__": call, "__await__": wait}.get(operator) or _operator(
            operator, ask
        )
    return type(name, (), members)


def _operator(name: str, ask: Callable[..., Any]) -> Callable[..., Any]:
    def operate(self: Any, *operands: Any) -> Any:
        return ask("operate", name, self, *operands)

    operate.__name__ = name
    return operate
