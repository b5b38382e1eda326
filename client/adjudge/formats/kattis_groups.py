"""Test data groups of Kattis scoring problems as subtasks.

Each folder of ``data/secret`` has a ``testdata.yaml`` (legacy: ``accept_score``, ``grader_flags``)
or a ``test_group.yaml`` (2023-07: ``scoring: {score, aggregation}``); a folder without one takes
that of the nearest folder above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.formats.errors import NotSupported, RowError
from adjudge.formats.rows import as_object
from adjudge.formats.yaml_subset import YamlError, read_yaml
from adjudge.program_task import Subtask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge.formats.package_files import PackageFiles

_ROOT = "data/secret"
_UNKNOWN_GRADERS = frozenset({"max", "avg"})


def subtasks_of(files: PackageFiles, names: list[str]) -> tuple[list[str], list[Subtask]]:
    """Of the tests ``names`` (paths without ending) those that earn anything, and their subtasks.

    Raises RowError, and NotSupported for other graders than the sum and the minimum.
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.rpartition("/")[0], []).append(name)
    kept: list[str] = []
    subtasks: list[Subtask] = []
    for folder, tests in groups.items():
        file, settings = _settings(files, folder)
        score, whole = _score(settings, file)
        title = folder.removeprefix(_ROOT).strip("/")[-100:] or "secret"
        if score == 0:
            continue
        positions = range(len(kept), len(kept) + len(tests))
        kept += tests
        if whole:
            subtasks.append(Subtask(name=title, tests=[*positions], weight=score))
        else:
            subtasks += [
                Subtask(name=name.removeprefix(f"{_ROOT}/")[-100:], tests=[each], weight=score)
                for name, each in zip(tests, positions, strict=True)
            ]
    if not subtasks:
        raise RowError(_ROOT, "a group with a score above 0", "none")
    return kept, subtasks


def _settings(files: PackageFiles, folder: str) -> tuple[str, Mapping[str, Any]]:
    parts = folder.split("/")
    for depth in range(len(parts), 0, -1):
        for file in ("testdata.yaml", "test_group.yaml"):
            name = "/".join([*parts[:depth], file])
            if name in files:
                try:
                    value = read_yaml(files.text(name))
                except YamlError as error:
                    raise RowError(name, "plain YAML", str(error)) from error
                return name, as_object(value or {}, name)
    return f"{folder}/testdata.yaml", {}


def _score(settings: Mapping[str, Any], file: str) -> tuple[float, bool]:
    """A group's score, and whether it is earned as a whole (else by each test)."""
    scoring = as_object(settings.get("scoring") or {}, f"{file}/scoring")
    flags = str(settings.get("grader_flags") or "").split()
    aggregation = str(scoring.get("aggregation") or "")
    unknown = _UNKNOWN_GRADERS.intersection([*flags, aggregation])
    if unknown or settings.get("grading") == "custom":
        got = ", ".join(sorted(unknown)) or "a custom one"
        raise NotSupported(file, "the grader sum or min", got)
    value = scoring.get("score", settings.get("accept_score", 1.0))
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1e6:  # noqa: PLR2004 - a bound, no meaning
        raise RowError(file, "a score from 0 on", repr(value))
    return float(value), "min" in flags or aggregation == "min" or "score" in scoring
