"""JSON Lines of candidates and of verdicts, one line each way.

In: ``{"id": …, "verifier": …, "task": {…}, "completion": …, "group": optional}``; other keys are
the user's own and ignored. Out, in input order: ``{"id", "outcome", "reward", "reason", "message",
"answer", "decided_by", "usage", "details"}``; reward is null when the candidate was not judged.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, cast

from adjudge.candidate import Candidate
from adjudge.cli.failure import CommandError
from adjudge.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from adjudge.verdict import Verdict


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of the input: a candidate, or what is wrong with the line."""

    number: int
    id: str
    candidate: Candidate | None
    problem: str = ""


def read_lines(path: Path) -> Iterator[Line]:
    """Every non-blank line in order. A malformed one becomes a Line that says its problem."""
    seen: dict[str, int] = {}
    tasks: dict[tuple[str, str], Task] = {}
    try:
        for number, row in read_objects(path):
            line = row if isinstance(row, Line) else _read_line(number, row, tasks)
            first = seen.setdefault(line.id, number)
            if first != number:
                problem = f'the id "{line.id}" was used on line {first} already'
                line = Line(number, line.id, None, problem)
            yield line
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}") from error


def read_objects(path: Path) -> Iterator[tuple[int, dict[str, Any] | Line]]:
    """The number of every non-blank line, and its object or what is wrong. Raises OSError."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if raw.strip():
                yield number, _object(number, raw)


def _object(number: int, raw: bytes) -> dict[str, Any] | Line:
    name = f"line-{number}"
    try:
        parsed: Any = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return Line(number, name, None, f"not one JSON object in UTF-8 ({error})")
    if not isinstance(parsed, dict):
        return Line(number, name, None, f"expected a JSON object, got {type(parsed).__name__}")
    return cast("dict[str, Any]", parsed)


def _read_line(number: int, row: dict[str, Any], tasks: dict[tuple[str, str], Task]) -> Line:
    name = str(row.get("id", f"line-{number}"))
    for key, kind in (("verifier", str), ("task", dict), ("completion", str)):
        if not isinstance(row.get(key), kind):
            got = type(row[key]).__name__ if key in row else "nothing"
            wanted = {"str": "a string", "dict": "an object"}[kind.__name__]
            return Line(number, name, None, f'expected {wanted} under "{key}", got {got}')
    try:
        task = _interned(row["verifier"], row["task"], tasks)
    except ValueError as error:
        return Line(number, name, None, f'"task": {error}')
    group = row.get("group", "")
    if not isinstance(group, str):
        return Line(
            number, name, None, f'expected a string under "group", got {type(group).__name__}'
        )
    return Line(number, name, Candidate(row["completion"], task, group=group))


def _interned(
    verifier: str, parameters: Mapping[str, Any], tasks: dict[tuple[str, str], Task]
) -> Task:
    key = (verifier, json.dumps(parameters))
    task = tasks.get(key)
    if task is None:
        if len(tasks) > 10_000:  # noqa: PLR2004 - a bound on memory, not a meaning
            tasks.clear()
        task = tasks[key] = Task(verifier, parameters)
    return task


def verdict_line(name: str, verdict: Verdict) -> str:
    """One output line, without the newline."""
    usage = verdict.usage
    return json.dumps(
        {
            "id": name,
            "outcome": verdict.outcome.name,
            "reward": verdict.reward,
            "reason": verdict.reason,
            "message": verdict.message,
            "answer": verdict.answer,
            "decided_by": verdict.decided_by,
            "usage": {
                "cpu_seconds": round(usage.cpu_seconds, 6),
                "wall_seconds": round(usage.wall_seconds, 6),
                "peak_memory_bytes": usage.peak_memory_bytes,
            },
            "details": _details(verdict),
        },
        ensure_ascii=False,
        allow_nan=False,
    )


def _details(verdict: Verdict) -> dict[str, Any] | None:
    details = dict(verdict.details) if verdict.details else {}
    if verdict.tests:
        details["tests"] = [
            {"outcome": test.outcome.name, "message": test.message} for test in verdict.tests
        ]
    return details or None


def problem_line(line: Line) -> str:
    """The output line of an input line that holds no candidate: not judged, no reward."""
    return json.dumps(
        {
            "id": line.id,
            "outcome": "BAD_TASK",
            "reward": None,
            "reason": "bad_line",
            "message": f"line {line.number}: {line.problem}",
            "answer": None,
            "decided_by": "",
            "usage": None,
            "details": None,
        },
        ensure_ascii=False,
    )
