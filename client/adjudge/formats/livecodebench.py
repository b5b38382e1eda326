"""LiveCodeBench's code generation problems.

Source: ``lcb_runner/benchmarks/code_generation.py`` of LiveCodeBench. Read are ``starter_code``,
``func_name`` in ``metadata`` (of calls) and two lists of tests, ``public_test_cases`` and
``private_test_cases``: JSON text of ``[{"input", "output", "testtype": "stdin" | "functional"}]``,
the private ones packed. The input of a call holds one JSON value a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.formats.calls import call_task, read_arguments
from adjudge.formats.errors import RowError
from adjudge.formats.packed_text import unpack
from adjudge.formats.rows import as_json, as_lines, as_list, as_object, no_tests, optional_text
from adjudge.program_task import StdinTest, programs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge.task import Task


def from_livecodebench(
    row: Mapping[str, Any], *, public: bool = True, private: bool = True, **options: Any
) -> Task:
    """Read one row; ``public`` and ``private`` choose its tests. Raises RowError."""
    cases: list[tuple[str, Mapping[str, Any]]] = []
    for source, wanted in (("public_test_cases", public), ("private_test_cases", private)):
        if wanted:
            cases += _cases(row.get(source), source)
    if not cases:
        raise no_tests("test cases")
    kinds = {str(case.get("testtype")) for _, case in cases}
    if kinds == {"stdin"}:
        language = options.pop("language", "python")
        return programs(
            language,
            [
                StdinTest(
                    stdin=as_lines(case.get("input"), f"{field}.input"),
                    expected=as_lines(case.get("output"), f"{field}.output"),
                )
                for field, case in cases
            ],
            **options,
        )
    if kinds != {"functional"}:
        raise RowError("testtype", 'all "stdin" or all "functional"', ", ".join(sorted(kinds)))
    name: object = as_object(row.get("metadata"), "metadata").get("func_name")
    if not isinstance(name, str) or not name:
        raise RowError("metadata.func_name", "a name", repr(name))
    return call_task(
        name,
        optional_text(row, "starter_code"),
        [read_arguments(case.get("input"), f"{field}.input") for field, case in cases],
        [as_json(case.get("output"), f"{field}.output") for field, case in cases],
        options,
    )


def _cases(packed: object, name: str) -> list[tuple[str, Mapping[str, Any]]]:
    if isinstance(packed, str):
        packed = as_json(packed if packed.lstrip()[:1] == "[" else unpack(packed, name), name)
    return [
        (f"{name}[{position}]", as_object(case, f"{name}[{position}]"))
        for position, case in enumerate(as_list(packed, name))
    ]
