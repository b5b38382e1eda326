"""APPS and TACO: ``{"inputs", "outputs", "fn_name"?}`` beside a statement and starter code.

Sources: the data set cards of codeparrot/apps and BAAI/TACO and the graders of both. The same
object is the ``ground_truth`` of PRIME-RL/Eurus-2-RL-Data.

* Without ``fn_name`` the tests go to standard input; a list of lines is joined.
* With it they are calls. An input that is text holds one JSON argument a line (PRIME), else it is
  the list of arguments (APPS, TACO). What the call returns is often wrapped in a list of one.
* TACO adds ``time_limit`` ("2.0 seconds") and ``memory_limit`` ("256.0 megabytes"), or null.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from adjudge.formats.calls import call_task, read_arguments, unwrapped
from adjudge.formats.errors import RowError
from adjudge.formats.limits import limits_of
from adjudge.formats.rows import as_json, as_lines, as_list, as_object, no_tests, optional_text
from adjudge.formats.statement import checker_options
from adjudge.program_task import StdinTest, programs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge.task import Task

_SECONDS = re.compile(r"\s*([0-9.]+)\s*(milliseconds?|ms|seconds?|secs?|s)?\s*", re.IGNORECASE)
_BYTES = re.compile(
    r"\s*([0-9.]+)\s*(kilobytes?|megabytes?|gigabytes?|[kmg]i?b)?\s*", re.IGNORECASE
)
_UNITS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def from_apps(
    row: str | Mapping[str, Any],
    *,
    starter_code: str | None = None,
    unwrap_outputs: bool | None = None,
    **options: Any,
) -> Task:
    """Read a row of APPS: ``input_output``, ``starter_code`` and ``question``.

    ``row`` may also be its ``input_output`` alone, as JSON text or read. ``fn_name`` is a method of
    ``Solution`` when the starter code defines that class. ``unwrap_outputs`` says whether what a
    call returns is wrapped in a list of one; absent: when every output is one. ``options`` go to
    ``tasks.programs``. Raises RowError.
    """
    if isinstance(row, str) or ("input_output" not in row and "inputs" in row):
        row = {"input_output": row}
    if starter_code is None:
        starter_code = optional_text(row, "starter_code")
    tests = as_object(row.get("input_output"), "input_output")
    inputs = as_list(tests.get("inputs"), "inputs")
    outputs = as_list(tests.get("outputs"), "outputs")
    if len(inputs) != len(outputs):
        expected = f"as many outputs as inputs ({len(inputs)})"
        raise RowError("outputs", expected, f"{len(outputs)} outputs")
    if not inputs:
        raise no_tests("inputs")
    name = tests.get("fn_name")
    if name:
        arguments = [
            read_arguments(each, f"inputs[{position}]") for position, each in enumerate(inputs)
        ]
        packed = all(isinstance(each, str) for each in inputs)
        if packed:
            outputs = [
                as_json(each, f"outputs[{position}]") if isinstance(each, str) else each
                for position, each in enumerate(outputs)
            ]
        if packed and unwrap_outputs is None:
            unwrap_outputs = False
        results = unwrapped(outputs, unwrap_outputs, starter_code, str(name))
        return call_task(str(name), starter_code, arguments, results, options)
    language = options.pop("language", "python")
    return programs(
        language,
        [
            StdinTest(
                stdin=as_lines(stdin, f"inputs[{position}]"),
                expected=as_lines(expected, f"outputs[{position}]"),
            )
            for position, (stdin, expected) in enumerate(zip(inputs, outputs, strict=True))
        ],
        **({} if "checker" in options else checker_options(optional_text(row, "question"))),
        **options,
    )


def from_taco(row: Mapping[str, Any], **options: Any) -> Task:
    """Read a row of TACO: as APPS, with ``time_limit`` and ``memory_limit``. Raises RowError."""
    limits = limits_of(
        read_seconds(row.get("time_limit"), "time_limit"),
        read_bytes(row.get("memory_limit"), "memory_limit"),
    )
    if limits:
        options.setdefault("limits", limits)
    return from_apps(row, **options)


def read_seconds(value: object, field: str) -> float | None:
    """Seconds of "2.0 seconds", "500 ms" or a number of seconds; None for null, nothing and 0."""
    if value is None or value == "":
        return None
    match = _SECONDS.fullmatch(str(value))
    if match is None:
        raise RowError(field, 'a time such as "2.0 seconds"', repr(value))
    seconds = _number(match[1], field)
    return (seconds / 1000 if (match[2] or "").lower().startswith("m") else seconds) or None


def read_bytes(value: object, field: str) -> int | None:
    """Bytes of "256.0 megabytes" or of a number; None for null, nothing and 0."""
    if value is None or value == "":
        return None
    match = _BYTES.fullmatch(str(value))
    if match is None:
        raise RowError(field, 'a size such as "256.0 megabytes"', repr(value))
    return int(_number(match[1], field) * _UNITS.get((match[2] or " ")[0].lower(), 1)) or None


def _number(text: str, field: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise RowError(field, "a number", repr(text)) from error
