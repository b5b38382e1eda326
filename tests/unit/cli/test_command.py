"""The command without a service: verbs, lines, going on."""

from __future__ import annotations

import io
import json

import pytest

from adjudge.cli import main as command
from adjudge.cli.failure import CommandError
from adjudge.cli.jsonl import problem_line, read_lines, verdict_line
from adjudge.cli.resume import open_output
from adjudge.outcome import Outcome
from adjudge.verdict import TestResult, Verdict

GOOD = {"id": "a", "verifier": "mathematics", "task": {"reference": "1"}, "completion": "1"}


def lines_of(tmp_path, *texts):
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(texts))
    return list(read_lines(path))


def test_no_verb_prints_the_usage(capsys):
    assert command.main([]) == 2
    assert command.main(["--help"]) == 0
    assert "score" in capsys.readouterr().out


def test_an_unknown_verb_says_which_there_are(capsys):
    assert command.main(["jugde"]) == 2
    assert "verifiers" in capsys.readouterr().err


def test_a_server_verb_without_the_server_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setattr(command.importlib.metadata, "entry_points", lambda **_: ())
    assert command.main(["worker"]) == 1
    assert "adjudge[server,chemistry]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "not one JSON object"),
        ("[1]", "expected a JSON object, got list"),
        ("{}", '"verifier", got nothing'),
        (json.dumps(GOOD | {"task": "x"}), 'an object under "task", got str'),
        (json.dumps(GOOD | {"completion": None}), 'a string under "completion", got NoneType'),
        (json.dumps(GOOD | {"verifier": "No Such Name"}), "verifier: expected"),
        (json.dumps(GOOD | {"group": 3}), 'a string under "group", got int'),
        ('{"id": "a", "verifier": "m", "task": {"x": NaN}, "completion": ""}', "finite"),
        ("[" * 100_000, "not one JSON object"),
    ],
)
def test_a_malformed_line_says_its_problem(tmp_path, text, problem):
    (line,) = lines_of(tmp_path, text)
    assert line.candidate is None
    assert problem in line.problem
    assert json.loads(problem_line(line))["reward"] is None


def test_an_id_used_twice_names_the_first_line(tmp_path):
    first, second = lines_of(tmp_path, json.dumps(GOOD), "", json.dumps(GOOD))
    assert first.candidate is not None
    assert "line 1" in second.problem


def test_equal_tasks_of_a_file_are_one_object(tmp_path):
    one, other = lines_of(tmp_path, json.dumps(GOOD), json.dumps(GOOD | {"id": "b"}))
    assert one.candidate.task is other.candidate.task


def test_a_verdict_becomes_one_strict_json_line():
    tests = (TestResult(Outcome.CORRECT, "fine"),)
    row = json.loads(verdict_line("a", Verdict(Outcome.PARTIAL, 0.5, "some", tests=tests)))
    assert (row["id"], row["outcome"], row["reward"]) == ("a", "PARTIAL", 0.5)
    assert row["details"] == {"tests": [{"outcome": "CORRECT", "message": "fine"}]}
    assert json.loads(verdict_line("b", Verdict(Outcome.BAD_TASK)))["reward"] is None


def test_an_output_is_taken_up_where_it_was_cut(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text('{"id": "a"}\n{"id": "b"}\n{"id": "c", "out')
    file, done = open_output(path, iter("abcd"), restart=False)
    with file:
        file.write('{"id": "c"}\n')
    assert done == 2
    assert path.read_text() == '{"id": "a"}\n{"id": "b"}\n{"id": "c"}\n'


@pytest.mark.parametrize("ids", ["xb", "a"])
def test_the_output_of_another_input_is_refused(tmp_path, ids):
    path = tmp_path / "out.jsonl"
    path.write_text('{"id": "a"}\n{"id": "b"}\n')
    with pytest.raises(CommandError, match="--restart"):
        open_output(path, iter(ids), restart=False)
    file, done = open_output(path, iter(ids), restart=True)
    assert isinstance(file, io.TextIOBase)
    file.close()
    assert (done, path.read_text()) == (0, "")
