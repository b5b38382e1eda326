"""Kattis problem packages, format ``legacy`` and 2023-07, as a folder or a zip.

Source: github.com/Kattis/problem-package-format (spec/legacy.md, spec/2023-07-draft.md) and
Kattis/problemtools. Read are ``problem.yaml``, ``data/sample``, ``data/secret`` with their groups
and the output validator; statements, submissions and input validators are not.

* The default validator compares tokens without regard to case; ``validator_flags`` make it
  ``case_sensitive``, ``space_change_sensitive`` or give it a ``float_tolerance``.
* A custom validator becomes the checker program, or the interactor of an interactive problem.
* In scoring problems each group of ``data/secret`` becomes a subtask (grader ``min``), or each of
  its tests does (``sum``, the default); the weights are the ``accept_score``.
* The time limit is ``limits: time_limit``, else that of ``.timelimit`` or DOMjudge's
  ``domjudge-problem.ini``; legacy packages often have none, then the verifier's default applies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from adjudge.formats.errors import NotSupported, RowError
from adjudge.formats.kattis_groups import subtasks_of
from adjudge.formats.kattis_validators import default_checker, flags_of, validator_program
from adjudge.formats.limits import MIB, limits_of
from adjudge.formats.package_files import PackageFiles, open_package
from adjudge.formats.rows import as_list, as_object, no_tests
from adjudge.formats.yaml_subset import YamlError, read_yaml
from adjudge.program_task import Language, Limits, StdinTest, programs

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from adjudge.task import Task

SYSTEM_MEMORY_MIB = 2048
SYSTEM_OUTPUT_MIB = 8
"""What the format names as typical defaults."""


class Problem(NamedTuple):
    """What ``problem.yaml`` says of how a problem is judged."""

    scoring: bool
    custom: bool
    interactive: bool
    flags: list[str]
    limits: Mapping[str, Any]


def from_kattis(
    path: str | os.PathLike[str],
    *,
    language: Language = "python",
    samples: bool = True,
    **options: Any,
) -> Task:
    """Read the package at ``path``. ``language`` is the candidates'.

    ``samples`` says whether ``data/sample`` is judged too; in scoring problems it never counts.
    ``options`` go to ``tasks.programs`` and win over what the package says. Raises RowError, and
    NotSupported for validators that score, several passes, and code included with candidates.
    """
    with open_package(path) as files:
        problem = _problem(files)
        names = _case_names(files, "data/secret/")
        found: dict[str, Any] = {"limits": _limits(files, problem)}
        if problem.scoring and names:
            names, found["subtasks"] = subtasks_of(files, names)
        if not names:
            raise no_tests("data/secret")
        if samples and not problem.scoring:
            names = _case_names(files, "data/sample/") + names
        tests = [
            StdinTest(stdin=files.text(f"{name}.in"), expected=_answer(files, name, problem))
            for name in names
        ]
        found.update(_judging(files, names, problem))
        return programs(language, tests, **{**found, **options})


def _problem(files: PackageFiles) -> Problem:
    yaml = read_file(files, "problem.yaml")
    for name in files.names:
        if name.startswith("include/"):
            raise NotSupported(name, "candidates that stand alone", "code to include with them")
    types: object = yaml.get("type") or "pass-fail"
    kinds = set(types.split() if isinstance(types, str) else as_list(types, "type"))
    words = str(yaml.get("validation") or "default").split()
    unknown = (kinds - {"pass-fail", "scoring", "interactive"}) | (
        set(words) - {"default", "custom", "interactive"}
    )
    if unknown:
        expected = "pass-fail, scoring or interactive, validated without scores"
        raise NotSupported("problem.yaml", expected, ", ".join(sorted(map(str, unknown))))
    has_validator = any(name.startswith("output_validator/") for name in files.names)
    interactive = "interactive" in kinds or "interactive" in words
    return Problem(
        scoring="scoring" in kinds,
        custom=interactive or "custom" in words or has_validator,
        interactive=interactive,
        flags=flags_of(yaml.get("validator_flags"), "problem.yaml/validator_flags"),
        limits=as_object(yaml.get("limits") or {}, "problem.yaml/limits"),
    )


def read_file(files: PackageFiles, name: str) -> Mapping[str, Any]:
    """A YAML file that holds a mapping. Raises RowError."""
    try:
        value = read_yaml(files.text(name))
    except YamlError as error:
        raise RowError(name, "plain YAML", str(error)) from error
    return as_object({} if value is None else value, name)


def _case_names(files: PackageFiles, folder: str) -> list[str]:
    """Paths without ``.in``, group by group in order of their names."""
    return [
        name.removesuffix(".in")
        for name in sorted(files.names, key=lambda name: name.split("/"))
        if name.startswith(folder) and name.endswith(".in")
    ]


def _answer(files: PackageFiles, name: str, problem: Problem) -> str:
    if problem.custom and f"{name}.ans" not in files:
        return ""
    return files.text(f"{name}.ans")


def _judging(files: PackageFiles, names: list[str], problem: Problem) -> dict[str, Any]:
    """The checker, or the interactor, of the whole problem."""
    flags = problem.flags + _group_flags(files, names)
    if not problem.custom:
        return default_checker(flags)
    program = validator_program(files, flags)
    if not problem.interactive:
        return {"checker": {"name": "program", **program}}
    return {"interactor": program}


def _group_flags(files: PackageFiles, names: list[str]) -> list[str]:
    """The validator's flags that ``testdata.yaml`` or ``test_group.yaml`` give, alike in all."""
    found: dict[str, list[str]] = {}
    for name in names:
        for file in _group_files(name):
            if file not in files:
                continue
            group = read_file(files, file)
            value = group.get("output_validator_flags", group.get("output_validator_args"))
            if value is not None:
                found[name] = flags_of(value, f"{file}/output_validator_flags")
                break
    kinds = {tuple(found.get(name, ())) for name in names}
    if len(kinds) > 1:
        got = " and ".join(sorted(repr(" ".join(each)) for each in kinds))
        raise NotSupported("output_validator_flags", "the same for all tests", got)
    return list(kinds.pop())


def _group_files(name: str) -> list[str]:
    """Where the settings of a test may stand, nearest first."""
    folders = name.split("/")[:-1]
    return [
        "/".join([*folders[:depth], file])
        for depth in range(len(folders), 0, -1)
        for file in ("testdata.yaml", "test_group.yaml")
    ]


def _limits(files: PackageFiles, problem: Problem) -> Limits:
    output = _number(problem.limits.get("output", SYSTEM_OUTPUT_MIB), "output")
    memory = _number(problem.limits.get("memory", SYSTEM_MEMORY_MIB), "memory")
    seconds = problem.limits.get("time_limit")
    if seconds is None and ".timelimit" in files:
        seconds = files.text(".timelimit").strip()
    if seconds is None and "domjudge-problem.ini" in files:
        match = re.search(
            r"^\s*timelimit\s*=\s*['\"]?([0-9.]+)", files.text("domjudge-problem.ini"), re.MULTILINE
        )
        seconds = match and match[1]
    cpu_seconds = None if seconds is None else _number(seconds, "time_limit")
    return limits_of(cpu_seconds, memory * MIB, output * MIB)


def _number(value: object, field: str) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise RowError(f"problem.yaml/limits/{field}", "a number above 0", repr(value))
    return number
