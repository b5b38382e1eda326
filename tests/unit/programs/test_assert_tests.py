"""Labelled programs, read as tasks with their own test code."""

import json

from benchmarks.assert_tests import labelled_programs


def test_the_test_code_stands_in_the_task_as_it_is(tmp_path):
    row = {
        "id": "one",
        "language": "python3",
        "task": {"time_limit_s": 6.0, "test_code": "assert f(1) == 2\n", "entry_point": "f"},
        "candidate": "def f(x): return x + 1",
        "expect_pass": True,
    }
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(row) + "\n" + json.dumps({**row, "language": "rust"}) + "\n")

    (program,) = labelled_programs(file, "python3")

    assert program.passes
    assert program.task["tests"] == [{"code": "assert f(1) == 2\n"}]
    assert program.task["entry_point"] == "f"
    assert "def f(x)" in program.completion
