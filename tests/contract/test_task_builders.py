"""Every builder's task against the parameters that the real verifier reads."""

from __future__ import annotations

import inspect
import typing

import pytest

from adjudge import formats, tasks
from adjudge_verifiers.registry import load_registry

BUDGET = tasks.Budget(cpu_seconds=1.0, wall_seconds=2.0, memory_bytes=64 << 20)
REWARDS = {"NO_ANSWER": -0.5}
EXTRACTION = tasks.Extraction(sources=["tags"], tag="answer", several="strict")
STDIN = [tasks.StdinTest(stdin="1", expected="2")]
CALL = [tasks.CallTest(arguments=[1], expected=[2], keyword_arguments={"k": None})]
LIMITS = tasks.Limits(cpu_seconds=1.0, wall_seconds=2.0, memory_bytes=64 << 20, output_bytes=1024)

FULL = {
    "mathematics": {
        "reference": ["1", "\\frac{1}{2}"],
        "extraction": EXTRACTION,
        "rounding": "never",
        "tolerance": tasks.Tolerance(relative=0.01, absolute=0.5),
        "units": "required",
        "order": "unordered",
        "odd_roots": "principal",
        "required_form": "lowest_terms",
        "choices": {"A": "1", "B": "2"},
        "explain": True,
        "budget": BUDGET,
        "rewards": REWARDS,
    },
    "programs": {
        "language": "python",
        "tests": CALL,
        "entry_point": "f",
        "module_name": "answer",
        "test_setup": "import math\n",
        "argument_types": ["linked_list", "binary_tree[]"],
        "result_type": "linked_list",
        "checker": tasks.Floats(name="floats", rel_tol=1e-3, abs_tol=0.0),
        "case_sensitive": False,
        "interactor": tasks.Interactor(
            language="cpp",
            source="int main() {}",
            files={"testlib.h": ""},
            protocol="testlib",
            arguments=["a"],
            full_points=2.0,
            limits=LIMITS,
        ),
        "subtasks": [tasks.Subtask(name="all", tests=[0], weight=2.0)],
        "feedback": "none",
        "limits": LIMITS,
        "partial_credit": True,
        "stop_at_first_failure": False,
        "source_prefix": "import math\n",
        "source_suffix": "\n",
        "tagged_values": True,
        "budget": BUDGET,
        "rewards": REWARDS,
    },
    "molecules": {
        "kind": "exact",
        "reference": "CCO",
        "extraction": EXTRACTION,
        "format": "smiles",
        "stereo": "ignore",
        "isotopes": "ignore",
        "ignore_atom_maps": False,
        "fragment": "largest",
        "tautomer": True,
        "allow_dummy": True,
        "allow_radical": True,
        "elements": ["C", "O"],
        "charge": 0,
        "max_heavy": 10,
        "max_chars": 100,
        "max_fragments": 1,
        "budget": BUDGET,
        "rewards": REWARDS,
    },
}

LEAN = [
    tasks.mathematics("42"),
    tasks.programs("cpp", STDIN),
    tasks.programs("python", CALL, entry_point="Solution.f", checker="exact"),
    tasks.molecules("valid"),
    tasks.molecules("exact", "CCO"),
    formats.from_apps({"inputs": ["1"], "outputs": ["2"]}),
    formats.from_apps({"fn_name": "f", "inputs": [[1]], "outputs": [[2]]}),
    formats.from_livecodebench(
        {
            "public_test_cases": [{"input": "1", "output": "2", "testtype": "functional"}],
            "private_test_cases": "[]",
            "metadata": '{"func_name": "f"}',
        }
    ),
    formats.from_taco(
        {
            "input_output": {"inputs": ["1"], "outputs": ["2"]},
            "question": "An absolute or relative error of 10^-6, in any case.",
            "time_limit": "1000 seconds",
            "memory_limit": "1 megabytes",
        }
    ),
    formats.from_codecontests(
        {"public_tests": {"input": ["1"], "output": ["2"]}, "time_limit": {"seconds": 2}},
        language="java",
    ),
    formats.from_primeintellect(
        {
            "verification_info": {
                "language": "rust",
                "test_cases": [{"type": "stdin_stdout", "input": "1", "output": "2"}],
            }
        }
    ),
    formats.from_humaneval(
        {"prompt": "def f():\n", "test": "def check(candidate): pass", "entry_point": "f"}
    ),
    formats.from_humanevalpack(
        {"task_id": "JavaScript/1", "test": "f()", "prompt": "const f = () => {\n"},
        completion="continuation",
    ),
    formats.from_mbpp({"test_list": ["assert f()"], "test_setup_code": "import math"}),
    formats.from_kodcode({"test": "from solution import f\ndef test_f(): assert f()"}),
    tasks.programs("python", [tasks.CodeTest(code="assert f()")], module_name="answer"),
    tasks.programs(
        "bash",
        STDIN,
        checker=tasks.CheckerProgram(
            name="program", language="python", source="#", files={"a.txt": ""}, protocol="kattis"
        ),
    ),
    tasks.programs(
        "c",
        STDIN,
        interactor=tasks.Interactor(language="python", source="#"),
        subtasks=[tasks.Subtask(tests=[0])],
    ),
    tasks.programs("python", CALL, entry_point="f", argument_types={"k": "binary_tree"}),
]


def read(task):
    """The parameters as the real verifier reads them."""
    return (
        load_registry().get(task.verifier).parameters_type.model_validate_json(task.parameters_json)
    )


@pytest.mark.parametrize("name", FULL)
def test_every_parameter_that_a_builder_takes_is_one_of_the_verifiers(name):
    task = getattr(tasks, name)(**FULL[name])
    assert read(task).model_fields_set == set(FULL[name])


@pytest.mark.parametrize("name", FULL)
def test_a_builder_has_an_argument_for_every_parameter(name):
    known = set(load_registry().get(name).parameters_type.model_fields)
    arguments = set(inspect.signature(getattr(tasks, name)).parameters)
    assert arguments == known


@pytest.mark.parametrize("task", LEAN, ids=lambda task: task.parameters_json)
def test_a_lean_task_is_valid(task):
    read(task)


@pytest.mark.parametrize("checker", typing.get_args(tasks.CheckerName))
def test_every_checker_is_known(checker):
    read(tasks.programs("cpp", STDIN, checker=checker))
