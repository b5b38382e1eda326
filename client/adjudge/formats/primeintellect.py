"""PrimeIntellect: SYNTHETIC-1 and verifiable-coding-problems, also as open-r1 republished them.

Source: the data set cards and ``genesys/verifiers/code_test_verifier.py``. ``verification_info``
(an object, JSON text, or the text of a Python literal) holds ``language`` and ``test_cases``:

* a list of ``{"type": "stdin_stdout" | "function_call", "input", "output", "fn_name"}``, or
* (SYNTHETIC-2, prime-rl) JSON text of ``{"inputs", "outputs", "fn_name"?}`` as in APPS.
"""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING, Any

from adjudge.formats.apps import from_apps
from adjudge.formats.calls import call_task, read_arguments, unwrapped
from adjudge.formats.errors import NotSupported, RowError
from adjudge.formats.rows import as_lines, as_list, as_object, no_tests, optional_text
from adjudge.program_task import StdinTest, programs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge.task import Task

LANGUAGES = {
    "python": "python",
    "python3": "python",
    "py": "python",
    "c": "c",
    "c++": "cpp",
    "cpp": "cpp",
    "java": "java",
    "rust": "rust",
    "javascript": "javascript",
    "js": "javascript",
    "node": "javascript",
    "go": "go",
    "bash": "bash",
}
"""The verifier's name for each language as data sets write it, in lower case."""

_LONGEST_LITERAL_CHARACTERS = 64 * 1024 * 1024


def from_primeintellect(
    row: Mapping[str, Any], *, unwrap_outputs: bool | None = None, **options: Any
) -> Task:
    """Read ``verification_info`` of one row. ``unwrap_outputs`` is as in ``from_apps``.

    Raises RowError, and NotSupported for another language.
    """
    info = as_object(_literal(row.get("verification_info")), "verification_info")
    field = "verification_info.test_cases"
    language = _language(info.get("language"))
    cases = info.get("test_cases")
    if isinstance(cases, str):
        cases = _literal(cases)
    starter_code = optional_text(row, "starter_code")
    if hasattr(cases, "keys"):
        both = {"fn_name": info.get("fn_name"), **as_object(cases, field)}
        return from_apps(
            {"input_output": both},
            starter_code=starter_code,
            unwrap_outputs=unwrap_outputs,
            language=language,
            **options,
        )
    read = [
        as_object(case, f"{field}[{position}]")
        for position, case in enumerate(as_list(cases, field))
    ]
    if not read:
        raise no_tests(field)
    kinds = {str(case.get("type")) for case in read}
    if kinds == {"stdin_stdout"}:
        tests = [
            StdinTest(
                stdin=as_lines(case.get("input"), f"{field}[{position}].input"),
                expected=as_lines(case.get("output"), f"{field}[{position}].output"),
            )
            for position, case in enumerate(read)
        ]
        return programs(options.pop("language", language), tests, **options)
    if kinds != {"function_call"}:
        expected = 'all "stdin_stdout" or all "function_call"'
        raise RowError(f"{field}.type", expected, ", ".join(sorted(kinds)))
    if language != "python":
        raise NotSupported("verification_info.language", "python for calls", language)
    name = _name(read, field)
    return call_task(
        name,
        starter_code,
        [
            read_arguments(case.get("input"), f"{field}[{position}].input")
            for position, case in enumerate(read)
        ],
        unwrapped([case.get("output") for case in read], unwrap_outputs, starter_code, name),
        options,
    )


def _name(cases: list[Mapping[str, Any]], field: str) -> str:
    names = {case.get("fn_name") for case in cases}
    if len(names) != 1 or not all(isinstance(name, str) and name for name in names):
        got = ", ".join(sorted(map(repr, names)))
        raise RowError(f"{field}.fn_name", "one name for all of them", got)
    return str(names.pop())


def _language(value: object) -> Any:
    if value is None:
        return "python"
    language = LANGUAGES.get(str(value).strip().lower())
    if language is None:
        known = ", ".join(sorted(LANGUAGES))
        raise NotSupported("verification_info.language", f"one of {known}", repr(value))
    return language


def _literal(value: object) -> object:
    """What JSON text or the text of a Python literal says; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        if len(value) > _LONGEST_LITERAL_CHARACTERS:
            raise RowError("verification_info", "JSON text", f"{len(value):,} characters") from None
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
        got = f"{value[:40]!r} ({error})"
        raise RowError("verification_info", "JSON text or a Python literal", got) from error
