"""Which tasks an error about unknown digests means."""

from __future__ import annotations

import pytest

from adjudge.failures import _positions


@pytest.mark.parametrize(
    ("subjects", "positions"),
    [
        (["tasks[0]", "tasks[2]"], [0, 2]),
        (["tasks[1]", "tasks"], [0, 1, 2]),  # more were unknown than an error can list
        (["tasks[3]"], []),
        (["tasks[-1]", "tasks[x]", "task[0]", "tasks[²]", ""], []),
    ],
)
def test_positions_are_those_named_or_all(subjects, positions):
    assert _positions(subjects, 3) == positions
