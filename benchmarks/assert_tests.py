"""Reads the labelled programs as tasks of the verifier ``programs``, each with its own test code.

The data set itself runs ``candidate + test_code`` and trusts the exit code, which any candidate can
forge. Python's test code becomes one test as it stands, in a process of its own.

C++ asserts compare C++ values. There the macro ``assert`` is made to print its truth, and the
program is a stdin test that should print one 1 for each. That is good enough to measure with, and
no way to judge: the expected output can be read in the program itself.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).resolve().parents[1] / "../shared/data/programs"
FILES = (
    ("assert_python_humaneval.jsonl", "python3"),
    ("assert_python_mbpp.jsonl", "python3"),
    ("assert_multilang_humanevalpack.jsonl", "python3"),
    ("assert_multilang_humanevalpack.jsonl", "cpp"),
)
_PRINTING_ASSERT = """\
#include <cstdio>
#define assert(...) std::puts((__VA_ARGS__) ? "1" : "0")
"""


@dataclasses.dataclass(frozen=True, slots=True)
class LabelledProgram:
    """One candidate with what its task's asserts say and whether it is known to pass.

    ``unread`` tells what could not be read; ``task`` is None then.
    """

    id: str
    completion: str
    passes: bool
    task: dict[str, Any] | None
    unread: tuple[str, ...]


def labelled_programs(path: Path, language: str) -> Iterator[LabelledProgram]:
    """The rows of one file in one language, in the order of the file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["language"] == language:
                yield _read_cpp_row(row) if language == "cpp" else _read_python_row(row)


def _read_cpp_row(row: dict[str, Any]) -> LabelledProgram:
    test_code = row["task"]["test_code"]
    main = test_code.partition("int main")[2]
    loops = ("a loop around asserts",) if "for" in main else ()
    asserts = main.count("assert")
    task = {
        "language": "cpp",
        "tests": [{"stdin": "", "expected": "1\n" * asserts}],
        "source_suffix": test_code.replace("#include<assert.h>", _PRINTING_ASSERT),
        "limits": {"cpu_seconds": row["task"]["time_limit_s"]},
    }
    return LabelledProgram(
        id=row["id"],
        completion=f"````cpp\n{row['candidate']}\n````",
        passes=row["expect_pass"],
        task=None if loops else task,
        unread=loops,
    )


def _read_python_row(row: dict[str, Any]) -> LabelledProgram:
    task = {
        "language": "python",
        "entry_point": row["task"]["entry_point"],
        "tests": [{"code": row["task"]["test_code"]}],
        "limits": {"cpu_seconds": row["task"]["time_limit_s"]},
    }
    return LabelledProgram(
        id=row["id"],
        completion=f"````python\n{row['candidate']}\n````",
        passes=row["expect_pass"],
        task=task,
        unread=(),
    )
