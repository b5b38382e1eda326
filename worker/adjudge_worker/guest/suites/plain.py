"""The leaves of ``codec.py`` that are more than JSON: bytes, decimals, dates, names, arrays.

{"b": base64}                   bytes
{"m": "1.50"}                   Decimal
{"F": [numerator, denominator]} Fraction, both in hexadecimal
{"z": [kind, text]}             date, time, datetime, uuid, path
{"T": [days, seconds, micro]}   timedelta
{"Z": seconds}                  timezone
{"S": [module, name]}           a public class or function of the standard library
{"E": name}                     Ellipsis or NotImplemented
{"N": [type, shape, base64]}    numpy array of numbers, truth values, times or text
{"n": [type, base64]}           numpy scalar
"""

from __future__ import annotations

import binascii
import datetime as dt
import decimal
import fractions
import importlib
import math
import pathlib
import re
import sys
import types
import uuid
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS_LIMIT: Final = 20_000
_TEXT_LIMIT: Final = 4_096
_ARRAY_TYPE: Final = re.compile(r"[<>|=][biufcUSMm][0-9]{1,6}(\[[0-9A-Za-z]{1,8}\])?", re.ASCII)
_LARGEST_SHAPE: Final = 32
_MODULES: Final = (
    "builtins", "abc", "array", "bisect", "cmath", "collections", "collections.abc", "copy",
    "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "heapq", "itertools",
    "json", "json.decoder", "math", "numbers", "operator", "queue", "random", "re", "statistics",
    "string", "struct", "typing", "asyncio", "asyncio.exceptions", "binascii", "threading",
    "concurrent.futures", "concurrent.futures._base", "zlib", "pathlib", "uuid",
)  # fmt: skip
"""Whose public names both sides know to be the same."""
_HIDDEN: Final = frozenset(
    [
        "__import__", "breakpoint", "compile", "copyright", "credits", "delattr", "eval", "exec",
        "exit", "globals", "help", "input", "license", "locals", "open", "print", "quit", "setattr",
        "vars",
    ]
)  # fmt: skip
"""Builtins that look at or change the process in which they run."""
_FUNCTIONS: Final = (types.BuiltinFunctionType, types.FunctionType)


def tree(value: Any, kind: type) -> Any:
    """The JSON of a leaf; None when it is none of these."""
    write = _WRITERS.get(kind)
    if write is not None:
        return write(value)
    if kind.__module__ == "numpy" and "numpy" in sys.modules:
        return _array_tree(value, kind)
    if isinstance(value, type) or kind in _FUNCTIONS or kind.__module__ == "typing":
        return _name_tree(value)
    return None


def value(tag: str, content: Any) -> Any:
    """The leaf that a JSON stands for. Raises ValueError, TypeError, KeyError, ArithmeticError."""
    return _READERS[tag](content)


def text(data: bytes | bytearray | memoryview) -> str:
    """Bytes in base64."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def base64(content: Any) -> bytes:
    """Bytes from base64. Raises ValueError."""
    return binascii.a2b_base64(_text(content, limit=None), strict_mode=True)


def is_array(value: Any) -> bool:
    """Whether it is a numpy array."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and type(value) is numpy.ndarray


def refill_array(array: Any, content: Any) -> None:
    """Let an array hold what another one holds. Raises ValueError when it has another shape."""
    new = value("N", content["N"])
    if new.shape != array.shape or new.dtype != array.dtype:
        raise ValueError("an array of another shape or type")
    array[...] = new


def named(module: Any, name: Any) -> Any:
    """The class or function of the standard library that has the name. Raises ValueError."""
    if module not in _MODULES or type(name) is not str or name.startswith("_") or name in _HIDDEN:
        raise ValueError("a name that is not known on both sides")
    found = getattr(importlib.import_module(module), name, None)
    if found is None or isinstance(found, types.ModuleType):
        raise ValueError("a name of nothing")
    return found


def _name_tree(value: Any) -> Any:
    module = getattr(value, "__module__", None)
    name = getattr(value, "__qualname__", None) or getattr(value, "_name", None)
    try:
        return {"S": [module, name]} if named(module, name) is value else None
    except (ValueError, TypeError, ImportError):
        return None


def _array_tree(value: Any, kind: type) -> Any:
    numpy = sys.modules["numpy"]
    if kind is numpy.ndarray:
        if not _ARRAY_TYPE.fullmatch(value.dtype.str):
            return None
        return {"N": [value.dtype.str, list(value.shape), text(value.tobytes())]}
    if isinstance(value, numpy.generic) and _ARRAY_TYPE.fullmatch(value.dtype.str):
        return {"n": [value.dtype.str, text(value.tobytes())]}
    return None


def _array(content: Any) -> Any:
    numpy = importlib.import_module("numpy")
    kind, shape, data = content
    if not _ARRAY_TYPE.fullmatch(_text(kind)) or len(shape) > _LARGEST_SHAPE:
        raise ValueError("an array of another type")
    if any(type(size) is not int or size < 0 for size in shape):
        raise ValueError("an array of no shape")
    raw, dtype = base64(data), numpy.dtype(kind)
    if dtype.itemsize == 0 or math.prod(shape) * dtype.itemsize != len(raw):
        raise ValueError("an array whose data does not fill its shape")
    return numpy.frombuffer(raw, dtype).reshape(shape).copy()


def _scalar(content: Any) -> Any:
    kind, data = content
    return _array([kind, [1], data])[0]


def _text(content: Any, limit: int | None = _TEXT_LIMIT) -> str:
    if type(content) is not str or (limit is not None and len(content) > limit):
        raise TypeError("a text was expected, and not so long a one")
    return content


def _whole(content: Any) -> int:
    if type(content) is not int:
        raise TypeError("an integer was expected")
    return content


def _decimal(content: Any) -> decimal.Decimal:
    return decimal.Decimal(_text(content, _DIGITS_LIMIT))


def _fraction(content: Any) -> fractions.Fraction:
    numerator, denominator = (int(_text(part, _DIGITS_LIMIT), 16) for part in content)
    return fractions.Fraction(numerator, denominator)


def _stamp(content: Any) -> Any:
    kind, written = content
    return _STAMPS[kind](_text(written))


def _timedelta(content: Any) -> dt.timedelta:
    return dt.timedelta(*(_whole(part) for part in content))


def _timezone(content: Any) -> dt.timezone:
    return dt.timezone(dt.timedelta(seconds=_whole(content)))


def _singleton(content: Any) -> Any:
    return {"Ellipsis": ..., "NotImplemented": NotImplemented}[content]


_STAMPS: Final[dict[str, Callable[[str], Any]]] = {
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "uuid": uuid.UUID,
    "path": pathlib.PurePosixPath,
    "here": pathlib.Path,
}
_WRITERS: Final[dict[type, Callable[[Any], Any]]] = {
    bytes: lambda value: {"b": text(value)},
    decimal.Decimal: lambda value: {"m": str(value)},
    fractions.Fraction: lambda value: {
        "F": [format(value.numerator, "x"), format(value.denominator, "x")]
    },
    dt.date: lambda value: {"z": ["date", value.isoformat()]},
    dt.time: lambda value: {"z": ["time", value.isoformat()]},
    dt.datetime: lambda value: {"z": ["datetime", value.isoformat()]},
    dt.timedelta: lambda value: {"T": [value.days, value.seconds, value.microseconds]},
    dt.timezone: lambda value: {"Z": int(value.utcoffset(None).total_seconds())},
    uuid.UUID: lambda value: {"z": ["uuid", str(value)]},
    pathlib.PurePosixPath: lambda value: {"z": ["path", str(value)]},
    pathlib.PosixPath: lambda value: {"z": ["here", str(value)]},
    type(...): lambda _: {"E": "Ellipsis"},
    type(NotImplemented): lambda _: {"E": "NotImplemented"},
}
_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "b": base64,
    "m": _decimal,
    "F": _fraction,
    "z": _stamp,
    "T": _timedelta,
    "Z": _timezone,
    "S": lambda content: named(*content),
    "E": _singleton,
    "N": _array,
    "n": _scalar,
}
