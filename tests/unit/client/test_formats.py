"""Rows of programming data sets become tasks; whatever else stands in them is refused."""

from __future__ import annotations

import base64
import json
import pickle
import zlib

import pytest

from adjudge import formats
from adjudge.formats import packed_text


def pack(value, protocol=4):
    pickled = pickle.dumps(value, protocol)
    return base64.b64encode(zlib.compress(pickled)).decode()


def test_apps_on_standard_input():
    task = formats.from_apps(
        '{"inputs": ["1\\n", ["2", "3"]], "outputs": ["1", ["2", "3"]]}', partial_credit=True
    )
    assert task.verifier == "programs"
    assert task.parameters == {
        "language": "python",
        "tests": [{"stdin": "1\n", "expected": "1"}, {"stdin": "2\n3", "expected": "2\n3"}],
        "partial_credit": True,
    }


def test_apps_calls_with_wrapped_outputs():
    task = formats.from_apps(
        {"fn_name": "f", "inputs": [[1, [2]], [3, [4]]], "outputs": [[5], [[6]]]},
        starter_code="class Solution:\n    def f(self, a, b):",
    )
    assert task.parameters["entry_point"] == "Solution.f"
    assert task.parameters["tests"] == [
        {"arguments": [1, [2]], "expected": 5},
        {"arguments": [3, [4]], "expected": [6]},
    ]


def test_apps_outputs_are_not_unwrapped_when_one_is_bare_or_the_caller_says_no():
    row = {"fn_name": "f", "inputs": [[1], [2]], "outputs": [[5], 6]}
    assert [test["expected"] for test in formats.from_apps(row).parameters["tests"]] == [[5], 6]
    row["outputs"] = [[5], [6]]
    kept = formats.from_apps(row, unwrap_outputs=False).parameters["tests"]
    assert [test["expected"] for test in kept] == [[5], [6]]


def test_prime_calls_hold_one_json_argument_a_line():
    task = formats.from_apps({"fn_name": "f", "inputs": ['[1, 2]\n"x"'], "outputs": ["[3]"]})
    assert task.parameters["tests"] == [{"arguments": [[1, 2], "x"], "expected": [3]}]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{", "input_output: expected JSON"),
        ("[]", "input_output: expected a JSON object, got list"),
        ("", "input_output: expected JSON text, got an empty text"),
        ({}, "input_output: expected a JSON object, got nothing"),
        ({"inputs": []}, "outputs: expected a list"),
        ({"inputs": [], "outputs": []}, "at least one test"),
        ({"inputs": ["1"], "outputs": []}, "as many outputs as inputs"),
        ({"inputs": [1], "outputs": ["1"]}, r"inputs\[0\]: expected text"),
        ({"inputs": ["1"], "outputs": [None]}, r"outputs\[0\]: expected text"),
        (
            {"fn_name": "f", "inputs": [3], "outputs": [1]},
            r"inputs\[0\]: expected a list",
        ),
        ({"fn_name": "f", "inputs": ["{"], "outputs": ["1"]}, r"inputs\[0\]: expected JSON"),
    ],
)
def test_an_apps_row_of_another_shape_is_refused(row, says):
    with pytest.raises(ValueError, match=says):
        formats.from_apps(row)


STDIN = [{"input": "1\n", "output": "2\n", "testtype": "stdin"}]
CALL = [{"input": '[1]\n"a"', "output": "[2]", "testtype": "functional"}]


@pytest.mark.parametrize("protocol", range(2, 6))
def test_livecodebench_on_standard_input(protocol):
    row = {
        "public_test_cases": json.dumps(STDIN),
        "private_test_cases": pack(json.dumps(STDIN * 300), protocol),
    }
    tests = formats.from_livecodebench(row).parameters["tests"]
    assert tests == [{"stdin": "1\n", "expected": "2\n"}] * 301
    assert len(formats.from_livecodebench(row, private=False).parameters["tests"]) == 1


def test_livecodebench_calls():
    row = {
        "public_test_cases": json.dumps(CALL),
        "private_test_cases": json.dumps(CALL),
        "metadata": '{"func_name": "solve"}',
        "starter_code": "class Solution:\n    def solve(self, x, y):\n",
    }
    parameters = formats.from_livecodebench(row).parameters
    assert parameters["entry_point"] == "Solution.solve"
    assert parameters["tests"] == [{"arguments": [[1], "a"], "expected": [2]}] * 2


class Hostile:
    def __reduce__(self):
        return print, ("unpickled",)


def test_a_pickle_that_would_run_code_is_never_unpickled(capsys):
    row = {"public_test_cases": "[]", "private_test_cases": pack(Hostile())}
    with pytest.raises(ValueError, match="private_test_cases: expected the pickle of one text"):
        formats.from_livecodebench(row)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("value", [b"bytes", ["a"], ("a", "b"), 3, None, {"a": "b"}])
def test_a_pickle_of_anything_but_one_text_is_refused(value):
    row = {"public_test_cases": "[]", "private_test_cases": pack(value)}
    with pytest.raises(ValueError, match="expected the pickle of one text"):
        formats.from_livecodebench(row)


def test_a_bomb_of_zeros_is_refused(monkeypatch):
    monkeypatch.setattr(packed_text, "MAX_UNPACKED_BYTES", 1000)
    row = {"public_test_cases": "[]", "private_test_cases": pack("0" * 100_000)}
    with pytest.raises(ValueError, match="at most 1,000 bytes"):
        formats.from_livecodebench(row)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({}, "public_test_cases: expected a list"),
        ({"public_test_cases": "[]", "private_test_cases": "!!"}, "base64"),
        ({"public_test_cases": "[]", "private_test_cases": "AAAA"}, "base64 of zlib"),
        (
            {"public_test_cases": "[1]", "private_test_cases": "[]"},
            "expected a JSON object, got int",
        ),
        ({"public_test_cases": "[]", "private_test_cases": "[]"}, "at least one"),
        ({"public_test_cases": STDIN, "private_test_cases": CALL}, "testtype: expected all"),
        ({"public_test_cases": CALL, "private_test_cases": [], "metadata": "{}"}, "func_name"),
    ],
)
def test_a_livecodebench_row_of_another_shape_is_refused(row, says):
    with pytest.raises(ValueError, match=says):
        formats.from_livecodebench(row)
