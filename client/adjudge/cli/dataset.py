"""JSON Lines of a data set's rows with completions: each becomes one candidate or several.

A line is a row with ``completion`` (a text) or ``completions`` (a list of texts) beside the fields
of its format. With a file of rows, as HumanEval's ``samples.jsonl`` has one, a line needs no more
than the row's id and its completion. Ids are those of the rows, numbered: ``HumanEval/7#0``.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from adjudge import formats
from adjudge.candidate import Candidate
from adjudge.cli.failure import CommandError
from adjudge.cli.jsonl import Line, read_objects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from adjudge.task import Task

FORMATS: dict[str, Callable[[Mapping[str, Any]], Task]] = {
    "apps": formats.from_apps,
    "codecontests": formats.from_codecontests,
    "humaneval": formats.from_humaneval,
    "humanevalpack": formats.from_humanevalpack,
    "kodcode": formats.from_kodcode,
    "livecodebench": formats.from_livecodebench,
    "mbpp": formats.from_mbpp,
    "primeintellect": formats.from_primeintellect,
    "taco": formats.from_taco,
}
"""The reader of each ``--format``."""

_IDS = ("task_id", "question_id", "problem_id", "id", "name")
_TASKS_KEPT = 256


def read_dataset(path: Path, format_name: str, rows_path: Path | None) -> Iterator[Line]:
    """Every candidate in order. A malformed line becomes a Line that says its problem.

    Raises CommandError when a file cannot be read, or ``rows_path`` holds no rows with ids.
    """
    rows = _Rows(FORMATS[format_name], None if rows_path is None else _rows_by_id(rows_path))
    counts: dict[str, int] = {}
    try:
        for number, row in read_objects(path):
            if isinstance(row, Line):
                yield row
                continue
            name = _id(row)
            name = f"line-{number}" if name is None else name
            try:
                task, completions = rows.task(row), _completions(row)
            except (ValueError, TypeError) as error:
                yield Line(number, _numbered(name, counts), None, str(error))
                continue
            for completion in completions:
                candidate = Candidate(completion, task, group=name)
                yield Line(number, _numbered(name, counts), candidate)
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}") from error


class _Rows:
    """The tasks of rows, read once for the completions that follow each other."""

    def __init__(
        self,
        reader: Callable[[Mapping[str, Any]], Task],
        rows: Mapping[str, Mapping[str, Any]] | None,
    ) -> None:
        self._reader = reader
        self._rows = rows
        self._named = functools.lru_cache(_TASKS_KEPT)(self._read)

    def task(self, row: Mapping[str, Any]) -> Task:
        """The task of a line. Raises ValueError."""
        if self._rows is None:
            return self._reader(row)
        name = _id(row)
        if name is None:
            raise ValueError(f"expected the id of a row under one of {', '.join(_IDS)}")
        return self._named(name)

    def _read(self, name: str) -> Task:
        row = (self._rows or {}).get(name)
        if row is None:
            raise ValueError(f"the file of rows holds none with the id {name!r}")
        return self._reader(row)


def _rows_by_id(path: Path) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    try:
        for number, row in read_objects(path):
            if isinstance(row, Line):
                raise CommandError(f"{path}, line {number}: {row.problem}")
            name = _id(row)
            if name is None:
                raise CommandError(f"{path}, line {number}: no id under {', '.join(_IDS)}")
            rows[name] = row
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}") from error
    return rows


def _id(row: Mapping[str, Any]) -> str | None:
    return next((str(row[key]) for key in _IDS if isinstance(row.get(key), (str, int))), None)


def _completions(row: Mapping[str, Any]) -> list[str]:
    found: Any = row.get("completions", [row.get("completion")])
    completions: list[Any] = found if isinstance(found, list) else [found]  # pyright: ignore[reportUnknownVariableType] - JSON
    if not completions or not all(isinstance(each, str) for each in completions):
        raise ValueError('expected a text under "completion", or a list of them: "completions"')
    return completions


def _numbered(name: str, counts: dict[str, int]) -> str:
    number = counts[name] = counts.get(name, -1) + 1
    return f"{name}#{number}"
