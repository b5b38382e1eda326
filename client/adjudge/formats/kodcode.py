"""KodCode: a pytest file for each problem, which imports the candidate as ``solution``.

Source: the card of KodCode/KodCode-V1 (``test``) and of its earlier versions and SFT sets
(``test_code``). The file says ``from solution import …``; every test function is one test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudge.formats.errors import RowError
from adjudge.formats.rows import required_text
from adjudge.program_task import PytestTest, programs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adjudge.task import Task


def from_kodcode(row: Mapping[str, Any], **options: Any) -> Task:
    """Read ``test`` (or ``test_code``) of one row. Raises RowError."""
    field = "test" if row.get("test") is not None else "test_code"
    code = required_text(row, field)
    if "def test" not in code and "class Test" not in code:
        raise RowError(field, "a pytest file with test functions", "none in it")
    return programs("python", [PytestTest(pytest=code)], **options)
