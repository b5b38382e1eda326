"""Tasks of the verifier programs: what is accepted, what is a bad task and which field it names."""

import json

import pytest

from adjudge_verifiers import judging
from adjudge_verifiers.contract import BadTask, Outcome
from adjudge_verifiers.programs.verifier import Programs

STDIN = {"language": "python", "tests": [{"stdin": "1\n", "expected": "2\n"}]}
CALL = {"language": "python", "entry_point": "f", "tests": [{"arguments": [1], "expected": 2}]}


def prepare(task):
    """The prepared task, or the BAD_TASK message."""
    text = task if isinstance(task, str) else json.dumps(task)
    try:
        result = judging.prepare(Programs(), judging.read_parameters(Programs(), text))
    except BadTask as error:
        return str(error)
    if isinstance(result, judging.PreparedTask):
        return result.prepared
    assert result.outcome is Outcome.BAD_TASK
    return result.message


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"checker": "exact"},
        {"checker": {"name": "tokens"}},
        {"checker": {"name": "floats", "rel_tol": 0, "abs_tol": 0.5}},
        {"limits": {"cpu_seconds": 1, "wall_seconds": 2.5, "memory_bytes": 2**28}},
        {"partial_credit": True, "stop_at_first_failure": True},
        {"source_prefix": "import math\n", "source_suffix": "\nmain()\n"},
        {"rewards": {"NO_ANSWER": -1}},
    ],
)
def test_good_options_are_accepted(more):
    assert not isinstance(prepare({**STDIN, **more}), str)


def test_call_tests_take_positional_and_keyword_arguments():
    task = prepare({**CALL, "tests": [{"keyword_arguments": {"x": 1}, "expected": None}]})

    assert task.cases[0].arguments == []
    assert task.cases[0].keyword_arguments == {"x": 1}
    assert task.expected == [None]


@pytest.mark.parametrize(
    ("task", "says"),
    [
        ({"language": "python"}, "tests: Field required"),
        ({**STDIN, "tests": []}, "tests: "),
        ({**STDIN, "tests": [{"stdin": "1"}]}, "tests[0].expected: Field required"),
        ({**STDIN, "tests": [{"stdin": 1, "expected": "2"}]}, "tests[0].stdin"),
        ({**STDIN, "tests": [{"stdin": "1", "expected": 2}]}, "tests[0].expected"),
        ({**STDIN, "tests": [{"expected": "2"}]}, "tests[0].stdin: Field required"),
        ({**STDIN, "tests": [7]}, "tests[0]"),
        ({**STDIN, "tests": [{**STDIN["tests"][0], "weight": 1}]}, "tests[0].weight"),
        ({**STDIN, "tests": STDIN["tests"] * 10_001}, "tests: "),
        ({**STDIN, "language": "cobol"}, "language: "),
        ({**STDIN, "entry_point": "f"}, "entry_point: "),
        ({**STDIN, "colour": "red"}, "colour: "),
        ({**STDIN, "checker": "fuzzy"}, "checker: "),
        ({**STDIN, "checker": {"name": "floats", "rel_tol": -1}}, "checker.floats.rel_tol: "),
        ({**STDIN, "checker": {"name": "tokens", "rel_tol": 1}}, "checker.tokens.rel_tol: "),
        ({**STDIN, "limits": {"cpu_seconds": 0}}, "limits.cpu_seconds: "),
        ({**STDIN, "limits": {"cpu_seconds": -1}}, "limits.cpu_seconds: "),
        ({**STDIN, "limits": {"cpu_seconds": 1e9}}, "limits.cpu_seconds: "),
        ({**STDIN, "limits": {"cpu_seconds": "5"}}, "limits.cpu_seconds: "),
        ({**STDIN, "limits": {"cpu_seconds": True}}, "limits.cpu_seconds: "),
        ({**STDIN, "limits": {"wall_seconds": 301}}, "limits.wall_seconds: "),
        ({**STDIN, "limits": {"memory_bytes": 0}}, "limits.memory_bytes: "),
        ({**STDIN, "limits": {"memory_bytes": 10**15}}, "limits.memory_bytes: "),
        ({**STDIN, "limits": {"memory_bytes": 2.5e8}}, "limits.memory_bytes: "),
        ({**STDIN, "limits": {"output_bytes": -1}}, "limits.output_bytes: "),
        ({**STDIN, "limits": {"output_bytes": 1}}, "tests[0].expected: has 2 bytes"),
        ({**STDIN, "partial_credit": "perhaps"}, "partial_credit: "),
        ({**STDIN, "tests": [*STDIN["tests"], *CALL["tests"]]}, "tests[1]: "),
        ({**CALL, "tests": [*CALL["tests"], *STDIN["tests"]]}, "tests[1]: "),
        ({**CALL, "entry_point": None}, "entry_point: "),
        ({**CALL, "entry_point": ""}, "entry_point: "),
        ({**CALL, "entry_point": "a.b.c"}, "entry_point: "),
        ({**CALL, "entry_point": "f(1)"}, "entry_point: "),
        ({**CALL, "language": "cpp"}, "language: "),
        ({**CALL, "checker": "tokens"}, "checker: "),
        ({**CALL, "tests": [{"arguments": 1, "expected": 2}]}, "tests[0].arguments: "),
        ({**CALL, "tests": [{"arguments": [1]}]}, "tests[0].expected: "),
        (
            {**CALL, "tagged_values": True, "tests": [{"arguments": [], "expected": {"$x": 1}}]},
            "tests[0].expected: ",
        ),
        (
            {**STDIN, "checker": "floats", "tests": [{"stdin": "", "expected": "1.0 NaN"}]},
            "tests[0].expected: ",
        ),
        ({**STDIN, "budget": {"cpu_seconds": -1}}, "budget.cpu_seconds: "),
        ({**STDIN, "rewards": {"BAD_TASK": 1}}, "rewards.BAD_TASK: "),
    ],
    ids=lambda value: value if isinstance(value, str) else "task",
)
def test_a_bad_task_names_its_field(task, says):
    message = prepare(task)

    assert isinstance(message, str)
    assert message.startswith(says)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize(
    "task",
    [
        '{"language":"python","entry_point":"f","tests":[{"arguments":[],"expected":[@]}]}',
        '{"language":"python","entry_point":"f","tests":[{"arguments":[{"a":@}],"expected":1}]}',
        '{"language":"python","tests":[{"stdin":"","expected":""}],"limits":{"cpu_seconds":@}}',
        '{"language":"python","tests":[{"stdin":"","expected":""}],"checker":{"name":"floats","abs_tol":@}}',
    ],
    ids=["expected", "argument", "limit", "tolerance"],
)
def test_nan_and_infinity_are_refused_wherever_they_stand(task, number):
    assert isinstance(prepare(task.replace("@", number)), str)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", '{"language": "python", "tests": ' + "[" * 9999]
)
def test_text_that_is_no_object_is_a_bad_task(text):
    assert isinstance(prepare(text), str)


def test_the_budget_bounds_the_limits_of_each_test():
    task = prepare({**STDIN, "budget": {"cpu_seconds": 2}})

    assert task.limits.cpu_seconds == 2
    assert task.limits.wall_seconds == 20  # not the contract's default of 3
    assert task.budget.wall_seconds == 300


def test_the_first_failure_ends_the_tests_unless_there_is_partial_credit():
    assert prepare(STDIN).stop_at_first_failure
    assert not prepare({**STDIN, "partial_credit": True}).stop_at_first_failure
    assert not prepare({**STDIN, "stop_at_first_failure": False}).stop_at_first_failure


def test_the_published_schema_accepts_what_the_verifier_accepts():
    schema = Programs.parameters_type.model_json_schema()

    assert {"language", "tests"} <= set(schema["required"])
    assert "tokens" in json.dumps(schema["properties"]["checker"])
    assert all("description" in schema["properties"][name] for name in ("tests", "checker"))
