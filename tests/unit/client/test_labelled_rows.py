"""Every row of the labelled programs at hand goes through its reader."""

from __future__ import annotations

import collections
import json
from pathlib import Path

import pytest

from adjudge import formats

pytestmark = pytest.mark.shared_data

DATA = Path(__file__).resolve().parents[3] / "../shared/data/programs"


def rows(name):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path} is not at hand")
    return [json.loads(line) for line in path.read_text().splitlines()]


def as_published(row):
    """The row with the field names of the data set that it came from."""
    return {
        "task_id": row["id"].split(":")[1],
        "prompt": "",
        "test": row["task"]["test_code"],
        "entry_point": row["task"]["entry_point"],
    }


def test_all_of_humaneval():
    found = rows("assert_python_humaneval.jsonl")
    assert len(found) == 482
    for row in found:
        parameters = formats.from_humaneval(as_published(row)).parameters
        assert parameters["entry_point"] == row["task"]["entry_point"]
        assert parameters["tests"] == [{"code": row["task"]["test_code"]}]


def test_all_of_mbpp_and_its_entry_points():
    other = set()
    for row in rows("assert_python_mbpp.jsonl"):
        code = row["task"]["test_code"]
        asserts = [line for line in code.splitlines() if line.startswith("assert")]
        task = formats.from_mbpp({"test_list": asserts, "code": row["candidate"]})
        if task.parameters.get("entry_point") != row["task"]["entry_point"]:
            other.add((row["task"]["entry_point"], task.parameters.get("entry_point")))
        assert len(task.parameters["tests"]) == len(asserts)
    assert other <= {("last", "sort_list_last")}  # the helper's name; the asserts call the other


def test_all_of_humanevalpack():
    languages = collections.Counter(
        formats.from_humanevalpack(as_published(row)).parameters["language"]
        for row in rows("assert_multilang_humanevalpack.jsonl")
    )
    assert languages == {"cpp": 90, "java": 90, "javascript": 90, "rust": 88, "python": 82}
