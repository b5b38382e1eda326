"""`adjudge score --format`: rows with completions become candidates."""

import json

import pytest

from adjudge import formats
from adjudge.cli.dataset import FORMATS, read_dataset
from adjudge.cli.failure import CommandError
from adjudge.cli.score import main

ROW = {"task_id": 7, "test_list": ["assert f(1) == 2"]}


def write(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_row_with_completions_becomes_numbered_candidates(tmp_path):
    path = write(
        tmp_path / "rows.jsonl",
        {**ROW, "completion": "a"},
        {**ROW, "completions": ["b", "c"]},
        {**ROW, "task_id": 8, "completion": "d"},
    )
    lines = list(read_dataset(path, "mbpp", None))
    assert [line.id for line in lines] == ["7#0", "7#1", "7#2", "8#0"]
    assert [line.candidate.completion for line in lines] == ["a", "b", "c", "d"]
    assert {line.candidate.group for line in lines} == {"7", "8"}
    assert lines[0].candidate.task == formats.from_mbpp(ROW)


def test_completions_find_their_rows_in_another_file(tmp_path):
    rows = write(tmp_path / "rows.jsonl", ROW, {**ROW, "task_id": "other"})
    path = write(
        tmp_path / "samples.jsonl",
        {"task_id": "7", "completion": "a"},
        {"task_id": 7, "completion": "b"},
        {"task_id": 9, "completion": "c"},
        {"completion": "d"},
    )
    lines = list(read_dataset(path, "mbpp", rows))
    assert [line.id for line in lines] == ["7#0", "7#1", "9#0", "line-4#0"]
    assert lines[0].candidate.task is lines[1].candidate.task
    assert "none with the id '9'" in lines[2].problem
    assert "expected the id of a row" in lines[3].problem


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"task_id": 1, "test_list": [], "completion": "x"}, "test_list: expected at least one"),
        (ROW, '"completion"'),
        ({**ROW, "completions": []}, '"completions"'),
        ({**ROW, "completion": 3}, '"completion"'),
        ([1], "expected a JSON object"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_line_that_says_why(tmp_path, row, says):
    path = write(tmp_path / "rows.jsonl", row, {**ROW, "completion": "fine"})
    bad, good = read_dataset(path, "mbpp", None)
    assert bad.candidate is None
    assert says in bad.problem
    assert good.candidate is not None


def test_every_reader_of_rows_has_a_name_on_the_command_line():
    readers = {getattr(formats, name) for name in formats.__all__ if name.startswith("from_")}
    assert set(FORMATS.values()) == readers - {formats.from_kattis}


def test_rows_without_a_format_and_rows_without_ids_are_refused(tmp_path):
    path = write(tmp_path / "rows.jsonl", {"test_list": ["assert f()"]})
    with pytest.raises(CommandError, match="--rows needs --format"):
        main([str(path), "--rows", str(path)])
    with pytest.raises(CommandError, match="no id under"):
        list(read_dataset(path, "mbpp", path))
    with pytest.raises(CommandError, match="cannot read"):
        list(read_dataset(path, "mbpp", tmp_path / "missing.jsonl"))
