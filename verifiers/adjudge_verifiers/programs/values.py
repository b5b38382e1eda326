"""Comparing what a call returned with what it should return.

Both are exact builtin types: the sandbox rebuilds a returned value outside the jail and refuses
everything else, so no ``__eq__`` of the candidate's ever runs. The rules are Python's ``==`` with
three changes, each for a reason:

* tuples equal lists, because JSON has no tuples;
* where the *expected* number is a float, the returned number may differ by a tolerance:
  ``max(rel_tol * |expected|, abs_tol)``. An expected 0.0 has no size and counts as 0.001 there;
* NaN equals nothing, not even itself by identity.

As in Python, True is 1 and 2 equals 2.0: tests in the wild compare with ``==``. Integers are exact
at any size, strings are never numbers, sets compare as sets and only with sets (their floats
exactly), dict keys compare exactly.
"""

from __future__ import annotations

import math
from typing import Any

_EXACT = frozenset({type(None), bool, int, str})
_NUMBERS = (bool, int, float)
_SEQUENCES = (list, tuple)
_SETS = (set, frozenset)
_SIZE_OF_ZERO = 1e-3
_SHOWN_CHARACTERS = 60
_SHOWN_BITS = 160


def difference(expected: Any, value: Any, *, rel_tol: float, abs_tol: float) -> str | None:
    """None when ``value`` is right, else where it first goes wrong and what stands there.

    Never shows what was expected. ``expected`` holds no NaN and is at most 100 levels deep.
    """
    fault = _fault(expected, value, rel_tol, abs_tol)
    return None if fault is None else f"the returned value is wrong: value{fault}"


def _fault(expected: Any, value: Any, rel_tol: float, abs_tol: float) -> str | None:
    """A path into ``value`` and what stands there, or None."""
    kind = type(value)
    match expected:
        case float():
            right = kind in _NUMBERS and _is_near(expected, value, rel_tol, abs_tol)
        case bool() | int():
            right = kind in _NUMBERS and value == expected
        case list() | tuple():
            if kind in _SEQUENCES and len(value) == len(expected):
                return _item_fault(expected, value, rel_tol, abs_tol)
            right = False
        case dict():
            if kind is dict and value.keys() == expected.keys():
                return _entry_fault(expected, value, rel_tol, abs_tol)
            right = False
        case set():
            right = kind in _SETS and value == expected
        case _:  # None and str
            right = kind is type(expected) and value == expected
    return None if right else f" is {describe(value)}"


def _item_fault(expected: Any, value: Any, rel_tol: float, abs_tol: float) -> str | None:
    if _EXACT.issuperset(map(type, value)) and list(value) == list(expected):
        return None  # at the speed of C: what == calls equal is right by every rule above
    for position, (right, item) in enumerate(zip(expected, value, strict=True)):
        fault = _fault(right, item, rel_tol, abs_tol)
        if fault is not None:
            return f"[{position}]{fault}"
    return None


def _entry_fault(expected: Any, value: Any, rel_tol: float, abs_tol: float) -> str | None:
    for key, right in expected.items():
        fault = _fault(right, value[key], rel_tol, abs_tol)
        if fault is not None:
            return f"[{describe(key)}]{fault}"
    return None


def _is_near(expected: float, value: float, rel_tol: float, abs_tol: float) -> bool:
    if expected == value:
        return True
    try:
        number = float(value)
    except OverflowError:  # an integer beyond the range of a double
        return False
    if not (math.isfinite(number) and math.isfinite(expected)):
        return False
    return abs(number - expected) <= max(rel_tol * (abs(expected) or _SIZE_OF_ZERO), abs_tol)


def describe(value: Any) -> str:
    """A value in a few words, in bounded time whatever its size."""
    match value:
        case str():
            cut = "…" if len(value) > _SHOWN_CHARACTERS else ""
            return ascii(value[:_SHOWN_CHARACTERS]) + cut
        case bool() | None | float():
            return repr(value)
        case int():
            bits = value.bit_length()
            return str(value) if bits <= _SHOWN_BITS else f"an int of {bits} bits"
        case list() | tuple() | dict() | set() | frozenset():
            return f"a {type(value).__name__} of {len(value)}"
        case _:
            return f"a {type(value).__name__}"
