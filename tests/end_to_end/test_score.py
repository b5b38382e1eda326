"""`adjudge score` and `adjudge serve` as a person runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from tests.fixtures.processes import alive, descendants, wait_until

from adjudge import Candidate, Client, tasks
from adjudge.embedded.folder import PrivateFolder

pytestmark = [pytest.mark.redis, pytest.mark.jail]

SAMPLE = Path(__file__).parents[2] / "examples" / "sample.jsonl"


def score(*arguments, **options):
    command = [sys.executable, "-m", "adjudge", "score", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=100, check=False, **options
    )


def rows(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


def test_the_sample_is_scored_as_its_lines_say(service, tmp_path):
    output = tmp_path / "out.jsonl"
    result = score(SAMPLE, "--address", service.address, "-o", output)
    assert result.returncode == 0, result.stderr
    asked, answered = rows(SAMPLE), rows(output)
    assert len(asked) >= 200
    assert [row["id"] for row in answered] == [row["id"] for row in asked]
    wrong = [
        (row["id"], row["outcome"], line["expected_outcome"], row["message"])
        for row, line in zip(answered, asked, strict=True)
        if row["outcome"] not in line["expected_outcome"].split("|")
    ]
    assert wrong == []


def test_a_run_that_was_cut_short_goes_on_where_it_was(service, tmp_path):
    # Given an output of which 70 lines and half a line were written
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    assert score(SAMPLE, "--address", service.address, "-o", whole).returncode == 0
    lines = whole.read_text().splitlines(keepends=True)
    marked = [line.replace('"message": "', '"message": "KEPT ') for line in lines[:70]]
    cut.write_text("".join(marked) + lines[70][:20])
    # When the same command is run again
    result = score(SAMPLE, "--address", service.address, "-o", cut)
    # Then the first 70 are kept as they were and the rest is scored
    assert result.returncode == 0, result.stderr
    assert cut.read_text().splitlines(keepends=True)[:70] == marked
    assert [row["id"] for row in rows(cut)] == [row["id"] for row in rows(whole)]
    assert [row["outcome"] for row in rows(cut)] == [row["outcome"] for row in rows(whole)]


def test_the_output_of_another_input_is_not_overwritten(service, tmp_path):
    output = tmp_path / "other.jsonl"
    output.write_text('{"id": "somebody else"}\n')
    result = score(SAMPLE, "--address", service.address, "-o", output)
    assert result.returncode == 1
    assert "--restart" in result.stderr
    assert output.read_text() == '{"id": "somebody else"}\n'


def test_malformed_lines_are_answered_one_by_one(service, tmp_path):
    good = {"id": "g", "verifier": "mathematics", "task": {"reference": "1"}, "completion": "1"}
    bad = ["{", "[]", '{"id": "x"}', json.dumps(good | {"id": "c", "task": 3}), json.dumps(good)]
    path, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    path.write_text("\n".join([json.dumps(good), *bad]) + "\n")
    result = score(path, "--address", service.address, "-o", output)
    assert result.returncode == 3
    first, *others = rows(output)
    assert first["outcome"] == "CORRECT"
    assert len(others) == 5
    assert {row["reason"] for row in others} == {"bad_line"}
    assert {row["reward"] for row in others} == {None}
    assert "line 1" in others[-1]["message"]  # the id g was used there already


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["no/such/file.jsonl"], "is no file"), ([os.devnull], "is no file")],
)
def test_a_missing_input_is_said(arguments, words):
    result = score(*arguments)
    assert result.returncode == 1
    assert words in result.stderr


def test_a_service_that_is_not_there_is_said(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": 1, "verifier": "noop", "task": {}, "completion": ""}\n')
    result = score(path, "--address", "127.0.0.1:1", "--deadline", "3")
    assert result.returncode == 1
    assert "127.0.0.1:1" in result.stderr


def test_serve_answers_and_takes_everything_down_on_sigterm():
    command = [sys.executable, "-m", "adjudge", "serve", "--listen", "127.0.0.1:0", "--slots", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().split(" at ")[1].split(";")[0]
        with Client(address) as client:
            candidate = Candidate("\\boxed{4}", tasks.mathematics("4"))
            assert client.verify([candidate], deadline_seconds=30)[0].reward == 1.0
        below = descendants(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert wait_until(lambda: not any(map(alive, below)), 5)


def folders():
    return set(Path(tempfile.gettempdir()).glob("adjudge-*"))


def test_everything_goes_down_with_a_killed_serve():
    before = folders()
    command = [sys.executable, "-m", "adjudge", "serve", "--listen", "127.0.0.1:0", "--slots", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline()
        below = descendants(process.pid)
        process.kill()
        process.wait(10)
    started = time.monotonic()
    assert wait_until(lambda: not any(map(alive, below)), 10), time.monotonic() - started
    # And the next owner of a private folder removes what the killed one left
    left = [path for path in folders() if path not in before]
    assert left
    PrivateFolder().remove()
    assert not any(path.exists() for path in left)
