# Typing, dataclasses and generics, which look at their module.
from __future__ import annotations

import dataclasses
import typing
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Pair(NamedTuple):
    a: int
    b: int


@dataclasses.dataclass(slots=True)
class Box(Generic[T]):
    value: T


def f(a: int, b: int) -> int:
    assert typing.get_type_hints(f)["a"] is int
    pair = Box(Pair(a, b)).value
    return (pair.a * 7919 + pair.b * 104729) % 1000003
