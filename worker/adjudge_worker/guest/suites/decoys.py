"""Values that look like a given one and differ from it, to find out who calls anything equal."""

from __future__ import annotations

import random
from typing import Any, Final

_COUNT: Final = 11
_chance: Final = random.SystemRandom()


def decoys(value: Any) -> list[Any]:
    """Other values of the same type and shape; none for what there are no others of.

    With the value among them, numbers are a row of neighbours in which every place is as likely.
    """
    if value is None or type(value) is bool:
        return [not value]
    first = -_chance.randrange(_COUNT + 1)
    steps = [step for step in range(first, first + _COUNT + 1) if step]
    _chance.shuffle(steps)
    others = [_moved(value, step) for step in steps]
    return [other for other in others if type(other) is type(value)]


def _moved(value: Any, step: int) -> Any:
    """The same but for one number or character in it; None when there is nothing to change."""
    kind = type(value)
    if kind is float:
        return value + step * max(1.0, abs(value) * 1e-6)
    if kind in {int, complex}:
        return value + step
    if kind is str:
        return _moved_text(value, step)
    if kind is bytes:
        return bytes((byte + step) % 256 for byte in value) or b"\0" * abs(step)
    return _moved_container(value, kind, step)


def _moved_container(value: Any, kind: type, step: int) -> Any:
    if kind in {list, tuple} and value:
        at = _chance.randrange(len(value))
        moved = _moved(value[at], step)
        return kind([*value[:at], step if moved is None else moved, *value[at + 1 :]])
    if kind is dict and value:
        key = _chance.choice(list(value))
        moved = _moved(value[key], step)
        return {**value, key: step if moved is None else moved}
    if kind in {list, tuple}:
        return kind([*value, step])
    if kind in {set, frozenset}:
        return kind([*value, max([0, *(one for one in value if type(one) is int)]) + abs(step)])
    return {step: step} if kind is dict else None


def _moved_text(text: str, step: int) -> str:
    digits = [at for at, character in enumerate(text) if character in "0123456789"]
    if not digits:
        return text[:-1] + chr((ord(text[-1]) + step - 97) % 26 + 97) if text else "a" * abs(step)
    at = _chance.choice(digits)
    return f"{text[:at]}{(int(text[at]) + (step % 9 or 9)) % 10}{text[at + 1 :]}"
