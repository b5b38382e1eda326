# match, walrus, nested f-strings, type parameters, dataclasses with slots, exception groups.
from __future__ import annotations

import dataclasses
import enum
import typing


@dataclasses.dataclass(slots=True, frozen=True, order=True)
class Pair[T: (int, float)]:
    a: T
    b: T
    rest: list[T] = dataclasses.field(default_factory=list)


class Kind(enum.StrEnum):
    NUMBERS = enum.auto()


type Numbers = list[int]


def solve(numbers: Numbers, /, *, kind: typing.Literal["numbers"] = "numbers") -> int:
    match numbers, kind:
        case [a, b], Kind.NUMBERS if (pair := Pair(a, b)) < Pair(10**9, 0):
            try:
                raise ExceptionGroup("all", [ValueError(pair.a * 7919 + pair.b * 104729)])
            except* ValueError as group:
                found = list(group.exceptions)
            (error,) = found
            return error.args[0] % 1000003
        case _:
            raise SystemExit("odd")


print(f"{f"{solve([int(word) for word in input().split()])}":>{10}}".strip())
