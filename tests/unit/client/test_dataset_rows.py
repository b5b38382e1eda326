"""Rows of the other data sets become tasks; what no task can say is refused by name."""

from __future__ import annotations

import builtins
import json

import pytest

from adjudge import formats, tasks
from adjudge.formats import Solution, accepts_several_answers, codecontests_solutions
from adjudge.formats.statement import checker_options

HUMANEVAL = {
    "task_id": "HumanEval/900",
    "prompt": 'def double(x):\n    """Twice x."""\n',
    "entry_point": "double",
    "test": "METADATA = {}\n\n\ndef check(candidate):\n    assert candidate(2) == 4",
    "canonical_solution": "    return 2 * x\n",
}
MBPP = {
    "task_id": 900,
    "text": "Write a function to add.",
    "code": "def add(a, b):\n    return a + b",
    "test_list": ["assert add(1, 2) == 3", "assert set([add(0, 0)]) == {0}"],
    "test_setup_code": "import math",
    "challenge_test_list": ["assert add(-1, 1) == 0"],
}
CODECONTESTS = {
    "name": "1_A. Sum",
    "description": "Print the sum.",
    "public_tests": {"input": ["1 2\n"], "output": ["3\n"]},
    "private_tests": {"input": [], "output": []},
    "generated_tests": {"input": ["2 2\n", "3 3\n"], "output": ["4\n", "6\n"]},
    "solutions": {"language": [3, 2, 1, 4], "solution": ["a", "b", "c", "d"]},
    "incorrect_solutions": {"language": [0], "solution": ["e"]},
    "time_limit": {"seconds": 1, "nanos": 500000000},
    "memory_limit_bytes": 256000000,
    "input_file": "",
    "output_file": "",
}
STDIN = {"type": "stdin_stdout", "input": "1\n", "output": "2\n", "fn_name": None}
CALL = {"type": "function_call", "fn_name": "f", "input": [[1, 2], 3], "output": 12}


def prime(**info):
    return {"verification_info": {"language": "python", **info}}


def test_every_reader_is_reachable_among_the_builders():
    for name in formats.__all__:
        if name.startswith("from_"):
            assert getattr(tasks, name) is getattr(formats, name)


def test_humaneval_puts_the_prompt_before_the_candidate_and_calls_check():
    parameters = formats.from_humaneval(HUMANEVAL).parameters
    assert parameters == {
        "language": "python",
        "tests": [{"code": HUMANEVAL["test"] + "\n\ncheck(candidate)\n"}],
        "entry_point": "double",
        "source_prefix": HUMANEVAL["prompt"],
    }


def test_helpers_of_a_humaneval_prompt_are_the_tests_own():
    prompt = "import math\n\ndef poly(x):\n    return x\n\ndef double(x):\n    ...\n"

    parameters = formats.from_humaneval({**HUMANEVAL, "prompt": prompt}).parameters
    plain = formats.from_humaneval(HUMANEVAL).parameters

    assert "def poly" in parameters["test_setup"]
    assert "import math" in parameters["test_setup"]
    assert "double" not in parameters["test_setup"]
    assert "test_setup" not in plain


def test_a_humaneval_test_that_calls_check_itself_is_kept_as_it_is():
    test = HUMANEVAL["test"] + "\ncheck(double)"
    parameters = formats.from_humaneval({**HUMANEVAL, "test": test}).parameters
    assert parameters["tests"] == [{"code": test}]


def test_mbpp_makes_one_test_of_each_assert_and_finds_the_function():
    parameters = formats.from_mbpp(MBPP).parameters
    assert parameters["tests"] == [{"code": code} for code in MBPP["test_list"]]
    assert parameters["test_setup"] == "import math"
    assert parameters["entry_point"] == "add"
    harder = formats.from_mbpp(MBPP, challenge=True).parameters
    assert len(harder["tests"]) == 3


def test_the_sanitized_mbpp_has_a_list_of_imports():
    row = {
        "prompt": "Add.",
        "test_imports": ["import math", "import re"],
        "test_list": ["assert math.isclose(add(1, 2), 3)"],
    }
    parameters = formats.from_mbpp(row).parameters
    assert parameters["test_setup"] == "import math\nimport re"
    assert parameters["entry_point"] == "add"


def test_an_entry_point_is_left_out_when_the_asserts_do_not_agree_on_one():
    row = {"test_list": ["assert f(g(1)) == 3"]}
    assert "entry_point" not in formats.from_mbpp(row).parameters


def test_kodcode_is_a_pytest_file():
    code = "from solution import f\n\ndef test_f():\n    assert f() == 1\n"
    for field in ("test", "test_code"):
        parameters = formats.from_kodcode({field: code, "solution": "…"}).parameters
        assert parameters == {"language": "python", "tests": [{"pytest": code}]}


def test_codecontests_brings_all_its_tests_and_limits():
    parameters = formats.from_codecontests(CODECONTESTS, language="cpp").parameters
    assert [test["stdin"] for test in parameters["tests"]] == ["1 2\n", "2 2\n", "3 3\n"]
    assert parameters["limits"] == {"cpu_seconds": 1.5, "memory_bytes": 256000000}
    assert parameters["language"] == "cpp"
    few = formats.from_codecontests(CODECONTESTS, tests=["public"]).parameters
    assert len(few["tests"]) == 1


def test_codecontests_as_the_proto_writes_json():
    row = {
        "publicTests": [],
        "public_tests": [{"input": "1", "output": "2"}],
        "time_limit": "1.500s",
        "memory_limit_bytes": "0",
        "solutions": [{"language": "PYTHON3", "solution": "x"}],
    }
    parameters = formats.from_codecontests(row).parameters
    assert parameters["tests"] == [{"stdin": "1", "expected": "2"}]
    assert parameters["limits"] == {"cpu_seconds": 1.5}
    assert codecontests_solutions(row) == [Solution("python", "x")]


def test_codecontests_names_the_languages_of_its_solutions():
    assert codecontests_solutions(CODECONTESTS) == [
        Solution("python", "a"),
        Solution("cpp", "b"),
        Solution("python2", "c"),
        Solution("java", "d"),
    ]
    assert codecontests_solutions(CODECONTESTS, correct=False) == [Solution("unknown", "e")]


def test_a_statement_with_several_answers_warns_unless_a_checker_is_given():
    row = {**CODECONTESTS, "description": "If there are multiple answers, print any of them."}
    with pytest.warns(formats.SeveralAnswersWarning):
        formats.from_codecontests(row)
    checker = {"name": "program", "language": "python", "source": "", "protocol": "testlib"}
    given = formats.from_codecontests(row, checker=checker).parameters
    assert given["checker"] == checker


@pytest.mark.parametrize(
    "statement",
    [
        "The absolute or relative error should not exceed 10 - 6.",
        "with an error of at most 10^{-6}",
        "Your answer must have a relative error less than 1e-6.",
        "answers differ by less than 10**-6",
        "precision of 10^ - 6",
    ],
)
def test_a_tolerance_in_a_statement_becomes_the_checker(statement):
    assert checker_options(statement)["checker"] == {
        "name": "floats",
        "rel_tol": 1e-6,
        "abs_tol": 1e-6,
    }


def test_a_statement_that_says_nothing_of_comparing_leaves_the_default():
    assert checker_options("Print 10 - 6 numbers. An error is an error. 1e-9") == {}
    assert checker_options('Print "YES" in any case (upper or lower).') == {"case_sensitive": False}
    assert not accepts_several_answers("There are several cities. Print the answer.")
    assert accepts_several_answers("If there are several solutions, print any.")


def test_taco_reads_its_limits_and_its_tests_as_lists_or_texts():
    row = {
        "question": "Sum.",
        "starter_code": "",
        "input_output": json.dumps({"inputs": ["1 2\n", ["3", "4"]], "outputs": [["3"], "7"]}),
        "time_limit": "2.0 seconds",
        "memory_limit": "256.0 megabytes",
    }
    parameters = formats.from_taco(row).parameters
    assert parameters["tests"][1] == {"stdin": "3\n4", "expected": "7"}
    assert parameters["limits"] == {"cpu_seconds": 2.0, "memory_bytes": 256 << 20}
    bare = formats.from_taco({**row, "time_limit": None, "memory_limit": None}).parameters
    assert "limits" not in bare


def test_calls_get_the_imports_of_leetcode_and_none_that_shadow_a_builtin():
    parameters = formats.from_apps({"fn_name": "f", "inputs": [[1]], "outputs": [2]}).parameters
    names: dict[str, object] = {}
    exec(parameters["source_prefix"], names)
    assert {"List", "defaultdict", "inf", "heappush", "cache"} <= names.keys()
    assert not {name for name in names if hasattr(builtins, name) and name[:2] != "__"}


def test_nodes_in_a_signature_become_argument_types():
    starter = (
        "# Definition for singly-linked list.\n# class ListNode:\nclass Solution:\n"
        "    def f(self, a: Optional[ListNode], k: int, b: List[Optional[ListNode]], "
        "t: 'TreeNode') -> ListNode | None:\n        "
    )
    row = {"fn_name": "f", "inputs": [[[1], 2, [[3]], [4]]], "outputs": [[1]]}
    parameters = formats.from_apps(row, starter_code=starter, unwrap_outputs=False).parameters
    assert parameters["argument_types"] == ["linked_list", "plain", "linked_list[]", "binary_tree"]
    assert parameters["result_type"] == "linked_list"


@pytest.mark.parametrize(
    ("result", "outputs", "expected"),
    [
        ("int", [[5], [6]], [5, 6]),
        ("List[int]", [[5], [6]], [[5], [6]]),
        ("List[int]", [[[5]], [[6, 7]], [[]]], [[5], [6, 7], []]),
        ("List[List[int]]", [[[1, 2]], [[3, 4]]], [[[1, 2]], [[3, 4]]]),
        ("List[List[int]]", [[[[1, 2]]], [[]]], [[[1, 2]], []]),
        ("Optional[ListNode]", [[5]], [[5]]),
        ("Optional[ListNode]", [[[5]], [None]], [[5], None]),
        ("list", [[5]], [[5]]),
        ("Dict[str, int]", [[{"a": 1}]], [{"a": 1}]),
    ],
)
def test_outputs_are_unwrapped_when_the_signature_allows_it(result, outputs, expected):
    starter = f"class Solution:\n    def f(self, x) -> {result}:\n        "
    row = {"fn_name": "f", "inputs": [[1]] * len(outputs), "outputs": outputs}
    found = formats.from_apps(row, starter_code=starter).parameters["tests"]
    assert [test["expected"] for test in found] == expected


def test_primeintellect_on_standard_input_in_any_of_its_wrappings():
    info = {"language": "C++", "test_cases": [STDIN, STDIN]}
    for packed in (info, json.dumps(info), repr(info)):
        parameters = formats.from_primeintellect({"verification_info": packed}).parameters
        assert parameters["language"] == "cpp"
        assert parameters["tests"] == [{"stdin": "1\n", "expected": "2\n"}] * 2


def test_primeintellect_calls():
    parameters = formats.from_primeintellect(prime(test_cases=[CALL])).parameters
    assert parameters["entry_point"] == "f"
    assert parameters["tests"] == [{"arguments": [[1, 2], 3], "expected": 12}]


def test_primeintellect_with_one_object_for_all_tests():
    cases = json.dumps({"inputs": ["1\n"], "outputs": ["2\n"]})
    parameters = formats.from_primeintellect(prime(test_cases=cases, language="java")).parameters
    assert parameters["language"] == "java"
    assert parameters["tests"] == [{"stdin": "1\n", "expected": "2\n"}]


HUMANEVALPACK = {
    "CPP": "#undef NDEBUG\n#include<assert.h>\nint main(){\n    assert (f(1)==2);\n}\n",
    "Java": "public class Main {\n    public static void main(String[] a) {\n    }\n}\n",
    "JavaScript": "const t = () => { console.assert(f(1) === 2) }\nt()\n",
    "Rust": "#[cfg(test)]\nmod tests {\n use super::*;\n #[test]\n fn t() {}\n}\n",
}


@pytest.mark.parametrize("name", HUMANEVALPACK)
def test_humanevalpack_ends_in_a_mark_that_only_its_tests_give(name):
    row = {"task_id": f"{name}/1", "test": HUMANEVALPACK[name], "prompt": "PROMPT"}
    parameters = formats.from_humanevalpack(row).parameters
    (test,) = parameters["tests"]
    assert test["expected"] in parameters["source_suffix"]
    assert "PROMPT" not in parameters.get("source_prefix", "")
    other = formats.from_humanevalpack({**row, "test": row["test"] + "\n"}).parameters
    assert other["tests"][0]["expected"] != test["expected"]
    going_on = formats.from_humanevalpack(row, completion="continuation").parameters
    assert going_on["source_prefix"].endswith("PROMPT")


def test_cpp_programs_get_the_headers_of_the_prompt_and_no_others():
    prompt = "/*\nLength.\n*/\n#include<stdio.h>\nusing namespace std;\nint f(int x){\n"
    row = {"task_id": "CPP/23", "test": HUMANEVALPACK["CPP"], "prompt": prompt}
    prefix = formats.from_humanevalpack(row).parameters["source_prefix"]
    assert prefix == "#include<stdio.h>\nusing namespace std;\n"


REFUSED = [
    (formats.from_humaneval, {}, "entry_point"),
    (formats.from_humaneval, {**HUMANEVAL, "test": " "}, "test"),
    (formats.from_humaneval, {**HUMANEVAL, "test": "assert True"}, "test"),
    (formats.from_humaneval, {**HUMANEVAL, "entry_point": "a b"}, "entry_point"),
    (formats.from_humanevalpack, {"task_id": "Go/1", "test": "x"}, "task_id"),
    (formats.from_humanevalpack, {"task_id": "Rust/1", "test": "x"}, "test"),
    (formats.from_humanevalpack, {"task_id": "CPP/1", "test": "x"}, "test"),
    (formats.from_mbpp, {}, "test_list"),
    (formats.from_mbpp, {"test_list": []}, "test_list"),
    (formats.from_mbpp, {"test_list": "assert True"}, "test_list"),
    (formats.from_mbpp, {"test_list": ["assert ("]}, "test_list"),
    (formats.from_mbpp, {"test_list": [3]}, "test_list"),
    (formats.from_kodcode, {}, "test_code"),
    (formats.from_kodcode, {"test": "assert True"}, "test"),
    (formats.from_codecontests, {}, "public_tests, private_tests, generated_tests"),
    (formats.from_codecontests, {**CODECONTESTS, "input_file": "in.txt"}, "input_file"),
    (formats.from_codecontests, {"public_tests": {"input": ["1"]}}, "public_tests.output"),
    (
        formats.from_codecontests,
        {"public_tests": {"input": ["1"], "output": []}},
        "public_tests.output",
    ),
    (formats.from_codecontests, {"public_tests": ["x"]}, "public_tests[0]"),
    (formats.from_codecontests, {**CODECONTESTS, "time_limit": "soon"}, "time_limit"),
    (formats.from_codecontests, {**CODECONTESTS, "memory_limit_bytes": "x"}, "memory_limit_bytes"),
    (formats.from_taco, {"input_output": ""}, "input_output"),
    (formats.from_taco, {"input_output": "{}", "memory_limit": "much"}, "memory_limit"),
    (formats.from_primeintellect, {}, "verification_info"),
    (formats.from_primeintellect, {"verification_info": "import os"}, "verification_info"),
    (formats.from_primeintellect, prime(test_cases=[]), "verification_info.test_cases"),
    (
        formats.from_primeintellect,
        prime(test_cases=[STDIN, CALL]),
        "verification_info.test_cases.type",
    ),
    (
        formats.from_primeintellect,
        prime(test_cases=[CALL, {**CALL, "fn_name": "g"}]),
        "verification_info.test_cases.fn_name",
    ),
    (
        formats.from_primeintellect,
        prime(test_cases=[CALL], language="cpp"),
        "verification_info.language",
    ),
    (
        formats.from_primeintellect,
        prime(test_cases=[STDIN], language="cobol"),
        "verification_info.language",
    ),
]


@pytest.mark.parametrize(("reader", "row", "field"), REFUSED)
def test_a_row_of_another_shape_is_refused_by_the_name_of_its_field(reader, row, field):
    with pytest.raises(formats.RowError) as caught:
        reader(row)
    assert caught.value.field == field
    assert str(caught.value) == f"{field}: expected {caught.value.expected}, got {caught.value.got}"


@pytest.mark.parametrize("value", [None, 3, 3.5, "x", "[", [], [3], {}, {"a": 1}, b"x", True])
@pytest.mark.parametrize(
    ("reader", "fields"),
    [
        (formats.from_apps, ["input_output"]),
        (formats.from_taco, ["input_output"]),
        (formats.from_livecodebench, ["public_test_cases", "private_test_cases"]),
        (formats.from_codecontests, ["public_tests", "private_tests", "generated_tests"]),
        (formats.from_primeintellect, ["verification_info"]),
        (formats.from_mbpp, ["test_list", "test_imports"]),
        (formats.from_kodcode, ["test"]),
        (formats.from_humaneval, ["test", "prompt", "entry_point"]),
        (formats.from_humanevalpack, ["test", "prompt", "task_id"]),
    ],
)
def test_whatever_stands_in_a_field_the_reader_says_what_is_wrong_with_it(reader, fields, value):
    with pytest.raises(formats.RowError):
        reader(dict.fromkeys(fields, value))


@pytest.mark.parametrize(
    ("row", "limits"),
    [
        ({"time_limit": "0.5 seconds"}, {"cpu_seconds": 0.5}),
        ({"time_limit": "500 ms"}, {"cpu_seconds": 0.5}),
        ({"time_limit": "15 seconds"}, {"cpu_seconds": 15.0, "wall_seconds": 30.0}),
        ({"time_limit": "1000 seconds"}, {"cpu_seconds": 120.0, "wall_seconds": 240.0}),
        ({"memory_limit": "4.0 megabytes"}, {"memory_bytes": 64 << 20}),
        ({"memory_limit": "64 gigabytes"}, {"memory_bytes": 16 << 30}),
    ],
)
def test_limits_are_moved_into_what_the_verifier_takes(row, limits):
    tests = {"inputs": ["1"], "outputs": ["1"]}
    assert formats.from_taco({"input_output": tests, **row}).parameters["limits"] == limits
