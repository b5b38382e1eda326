"""Programming problems as data sets store them, read into tasks for the verifier ``programs``.

    formats.apps(row["input_output"], starter_code=row["starter_code"])     # APPS, TACO, PRIME
    formats.livecodebench(row)

Rows are read as data: LiveCodeBench's pickled tests are picked apart, never unpickled.
"""

from __future__ import annotations

import base64
import binascii
import json
import pickletools
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from adjudge import tasks

if TYPE_CHECKING:
    from adjudge.task import Task

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
"""Most that a row's packed tests may unpack to."""

_HARMLESS = {
    "PROTO",
    "FRAME",
    "SHORT_BINUNICODE",
    "BINUNICODE",
    "BINUNICODE8",
    "MEMOIZE",
    "BINPUT",
    "LONG_BINPUT",
    "STOP",
}
"""What the pickle of one string consists of."""


def apps(
    input_output: str | Mapping[str, Any],
    *,
    starter_code: str = "",
    unwrap_outputs: bool | None = None,
    **options: Any,
) -> Task:
    """Read the ``{"inputs", "outputs", "fn_name"}`` of APPS, TACO and PRIME's Eurus-2-RL-Data.

    Without ``fn_name`` the tests go to standard input, and a list of lines is joined. With it they
    are calls; an input that is text holds one JSON argument a line. These data sets often wrap what
    a call returns in a list of one: ``unwrap_outputs`` says so, and when absent it is taken to be
    so when every output is one. ``fn_name`` is a method of ``Solution`` when the starter code
    defines that class. ``options`` go to ``tasks.programs``.

    Raises ValueError that names the field for a row of another shape.
    """
    row = _object(input_output, "input_output")
    inputs, outputs = _list(row, "inputs"), _list(row, "outputs")
    if len(inputs) != len(outputs) or not inputs:
        raise ValueError(
            f"input_output: expected as many outputs as inputs and at least one, "
            f"got {len(inputs)} inputs and {len(outputs)} outputs"
        )
    name = row.get("fn_name")
    if not name:
        return tasks.programs(
            "python",
            [
                tasks.StdinTest(
                    stdin=_text(stdin, f"inputs[{position}]"),
                    expected=_text(expected, f"outputs[{position}]"),
                )
                for position, (stdin, expected) in enumerate(zip(inputs, outputs, strict=True))
            ],
            **options,
        )
    expected = [
        _json(each, f"outputs[{position}]") if isinstance(each, str) and _packed(inputs) else each
        for position, each in enumerate(outputs)
    ]
    if unwrap_outputs is None:
        unwrap_outputs = not _packed(inputs) and all(
            isinstance(each, list) and len(each) == 1  # pyright: ignore[reportUnknownArgumentType] - JSON
            for each in expected
        )
    if unwrap_outputs:
        expected = [each[0] for each in expected]
    return _calls(
        str(name), starter_code, [_arguments(each, "inputs") for each in inputs], expected, options
    )


def livecodebench(
    row: Mapping[str, Any], *, public: bool = True, private: bool = True, **options: Any
) -> Task:
    """Read one row of LiveCodeBench's code generation problems.

    Uses ``public_test_cases`` and ``private_test_cases`` (JSON text, or base64 of zlib of a pickled
    text), ``starter_code`` and, for call tests, ``metadata``'s ``func_name``. ``options`` go to
    ``tasks.programs``. Raises ValueError that names the field for a row of another shape.
    """
    cases: list[Mapping[str, Any]] = []
    for name, wanted in (("public_test_cases", public), ("private_test_cases", private)):
        if wanted:
            cases += _cases(row.get(name), name)
    if not cases:
        raise ValueError("test cases: expected at least one, got none")
    kinds = {str(case.get("testtype")) for case in cases}
    if kinds == {"stdin"}:
        return tasks.programs(
            "python",
            [
                tasks.StdinTest(
                    stdin=_text(case.get("input"), "input"),
                    expected=_text(case.get("output"), "output"),
                )
                for case in cases
            ],
            **options,
        )
    if kinds != {"functional"}:
        raise ValueError(f'testtype: expected all "stdin" or all "functional", got {sorted(kinds)}')
    entry_point = _object(row.get("metadata"), "metadata").get("func_name")
    if not isinstance(entry_point, str) or not entry_point:
        raise ValueError(f"metadata.func_name: expected a name, got {entry_point!r}")
    return _calls(
        entry_point,
        str(row.get("starter_code") or ""),
        [_arguments(case.get("input"), "input") for case in cases],
        [_json(case.get("output"), "output") for case in cases],
        options,
    )


def _calls(
    name: str,
    starter_code: str,
    arguments: Sequence[list[Any]],
    expected: Sequence[Any],
    options: Mapping[str, Any],
) -> Task:
    tests = [
        tasks.CallTest(arguments=given, expected=wanted)
        for given, wanted in zip(arguments, expected, strict=True)
    ]
    if "class Solution" in starter_code:
        name = f"Solution.{name}"
    return tasks.programs("python", tests, entry_point=name, **options)


def _cases(packed: Any, field: str) -> list[Mapping[str, Any]]:
    if isinstance(packed, str):
        packed = _json(packed if packed.lstrip()[:1] == "[" else _unpack(packed, field), field)
    if not isinstance(packed, list):
        raise _unexpected(field, "a list of test cases", packed)
    return [_object(case, field) for case in packed]  # pyright: ignore[reportUnknownVariableType] - JSON


def _unpack(packed: str, field: str) -> str:
    """The text in base64 of zlib of its pickle, read without unpickling."""
    try:
        stream = zlib.decompressobj()
        pickled = stream.decompress(base64.b64decode(packed, validate=True), MAX_UNPACKED_BYTES)
    except (binascii.Error, zlib.error) as error:
        raise ValueError(f"{field}: expected JSON, or base64 of zlib ({error})") from error
    if not stream.eof:
        raise ValueError(f"{field}: is cut short or unpacks to over {MAX_UNPACKED_BYTES:,} bytes")
    try:
        operations = list(pickletools.genops(pickled))
    except ValueError as error:
        raise ValueError(f"{field}: expected the pickle of one text ({error})") from error
    texts = [value for _, value, _ in operations if isinstance(value, str)]
    foreign = sorted({operation.name for operation, _, _ in operations} - _HARMLESS)
    if foreign or len(texts) != 1:
        raise ValueError(
            f"{field}: expected the pickle of one text, found {len(texts)} texts "
            f"and {', '.join(foreign) or 'nothing else'}"
        )
    return texts[0]


def _packed(inputs: Sequence[Any]) -> bool:
    """True when arguments come as text, one JSON value a line (PRIME), not as lists (APPS)."""
    return all(isinstance(each, str) for each in inputs)


def _arguments(given: Any, field: str) -> list[Any]:
    if isinstance(given, str):
        return [_json(line, field) for line in given.split("\n") if line.strip()]
    if isinstance(given, list):
        return given  # pyright: ignore[reportUnknownVariableType] - JSON
    raise _unexpected(field, "a list of arguments", given)


def _text(value: Any, field: str) -> str:
    if isinstance(value, list):
        return "\n".join(_text(line, field) for line in value)  # pyright: ignore[reportUnknownVariableType] - JSON
    if isinstance(value, str):
        return value
    raise _unexpected(field, "text or a list of lines", value)


def _list(row: Mapping[str, Any], field: str) -> list[Any]:
    value = row.get(field)
    if not isinstance(value, list):
        raise _unexpected(field, "a list", value)
    return value  # pyright: ignore[reportUnknownVariableType] - JSON


def _object(value: Any, field: str) -> Mapping[str, Any]:
    if isinstance(value, str):
        value = _json(value, field)
    if not isinstance(value, Mapping):
        raise _unexpected(field, "a JSON object", value)
    return value  # pyright: ignore[reportUnknownVariableType] - JSON


def _unexpected(field: str, expected: str, value: object) -> ValueError:
    return ValueError(f"{field}: expected {expected}, got {type(value).__name__}")


def _json(text: Any, field: str) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{field}: expected JSON text ({error})") from error
