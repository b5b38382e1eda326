"""CodeContests of DeepMind: tests in three lists, limits, and solutions in four languages.

Source: ``contest_problem.proto`` of google-deepmind/code_contests and the card of its copy,
deepmind/code_contests. Tests are ``{"input": [...], "output": [...]}`` (the copy) or a list of
``{"input", "output"}`` (the proto as JSON); ``time_limit`` is ``{"seconds", "nanos"}`` or "1.500s".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from adjudge.formats.apps import read_seconds
from adjudge.formats.errors import NotSupported, RowError
from adjudge.formats.limits import limits_of
from adjudge.formats.rows import as_list, as_object, as_text, no_tests, optional_text
from adjudge.formats.statement import checker_options
from adjudge.program_task import StdinTest, programs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge.task import Task

SOLUTION_LANGUAGES = {0: "unknown", 1: "python2", 2: "cpp", 3: "python", 4: "java"}
"""What the language ids of ``solutions`` mean; "python2" and "unknown" cannot be run."""


class Solution(NamedTuple):
    """A program of the data set: its source, and the verifier's name for its language."""

    language: str
    source: str


def from_codecontests(
    row: Mapping[str, Any],
    *,
    tests: Sequence[Literal["public", "private", "generated"]] = ("public", "private", "generated"),
    **options: Any,
) -> Task:
    """Read one row's ``public_tests``, ``private_tests`` and ``generated_tests``, and its limits.

    The data set has no checkers. A tolerance that the statement names becomes one; a statement
    that accepts several answers warns by SeveralAnswersWarning unless ``checker`` is given.
    ``language`` is "python" unless said otherwise. Raises RowError, and NotSupported for a problem
    that reads or writes files.
    """
    for field in ("input_file", "output_file"):
        if name := optional_text(row, field):
            raise NotSupported(field, "a program on standard input and output", f"file {name!r}")
    cases = [case for kind in tests for case in _tests(row.get(f"{kind}_tests"), f"{kind}_tests")]
    if not cases:
        raise no_tests(", ".join(f"{kind}_tests" for kind in tests))
    limits = limits_of(_seconds(row.get("time_limit")), _bytes(row.get("memory_limit_bytes")))
    if limits:
        options.setdefault("limits", limits)
    if "checker" not in options:
        options = {**checker_options(optional_text(row, "description")), **options}
    return programs(options.pop("language", "python"), cases, **options)


def codecontests_solutions(row: Mapping[str, Any], *, correct: bool = True) -> list[Solution]:
    """The row's solutions that are (or are not) correct, with their languages. Raises RowError."""
    field = "solutions" if correct else "incorrect_solutions"
    value = row.get(field)
    if value is None:
        return []
    if hasattr(value, "keys"):
        both = as_object(value, field)
        pairs = _pairs(both, field, "language", "solution")
    else:
        pairs = _listed(value, field, "language", "solution")
    return [Solution(_language(language, field), as_text(text, field)) for language, text in pairs]


def _tests(value: object, field: str) -> list[StdinTest]:
    if value is None:
        return []
    if hasattr(value, "keys"):
        pairs = _pairs(as_object(value, field), field, "input", "output")
    else:
        pairs = _listed(value, field, "input", "output")
    return [
        StdinTest(
            stdin=as_text(stdin, f"{field}[{position}].input"),
            expected=as_text(expected, f"{field}[{position}].output"),
        )
        for position, (stdin, expected) in enumerate(pairs)
    ]


def _pairs(both: Mapping[str, Any], field: str, first: str, second: str) -> list[tuple[Any, Any]]:
    left = as_list(both.get(first), f"{field}.{first}")
    right = as_list(both.get(second), f"{field}.{second}")
    if len(left) != len(right):
        raise RowError(f"{field}.{second}", f"{len(left)} of them, as of {first}", str(len(right)))
    return list(zip(left, right, strict=True))


def _listed(value: object, field: str, first: str, second: str) -> list[tuple[Any, Any]]:
    each = [
        as_object(one, f"{field}[{position}]") for position, one in enumerate(as_list(value, field))
    ]
    return [(one.get(first), one.get(second)) for one in each]


def _seconds(value: object) -> float | None:
    if hasattr(value, "keys"):
        parts = as_object(value, "time_limit")
        seconds, nanos = parts.get("seconds") or 0, parts.get("nanos") or 0
        try:
            return int(seconds) + int(nanos) / 1e9 or None
        except (TypeError, ValueError) as error:
            got = f"{seconds!r} and {nanos!r}"
            raise RowError("time_limit", "whole seconds and nanos", got) from error
    return read_seconds(value, "time_limit")


def _bytes(value: Any) -> int:
    try:
        return int(value or 0)
    except (TypeError, ValueError) as error:
        raise RowError("memory_limit_bytes", "a whole number", repr(value)) from error


def _language(value: object, field: str) -> str:
    """The language of an id (the copy) or of a name such as "PYTHON3" (the proto as JSON)."""
    names = {
        "UNKNOWN_LANGUAGE": "unknown",
        "PYTHON": "python2",
        "CPP": "cpp",
        "PYTHON3": "python",
        "JAVA": "java",
    }
    found = SOLUTION_LANGUAGES.get(value) if isinstance(value, int) else names.get(str(value))
    if found is None:
        raise RowError(f"{field}.language", "an id from 0 to 4", repr(value))
    return found
