"""Subtasks: what groups of tests earn, and which tests are run."""

import pytest
from tests.unit.programs.judged import judge, refusal

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.fake_sandbox import FakeSandbox
from adjudge_verifiers.sandbox import CaseRun, RunStatus

TESTS = [{"stdin": str(n), "expected": str(n)} for n in range(6)]
GROUPS = [
    {"name": "small", "tests": [0, 1], "weight": 20},
    {"name": "large", "tests": [2, 3], "weight": 30},
    {"tests": [0, 4, 5], "weight": 50},
]
TASK = {"language": "python", "tests": TESTS, "subtasks": GROUPS}


def failing(*numbers):
    def answer(_program, case):
        wrong = int(case.stdin) in numbers
        return CaseRun(RunStatus.EXITED, stdout=b"wrong" if wrong else case.stdin)

    return FakeSandbox(answer)


@pytest.mark.parametrize(
    ("failed", "reward", "ran"),
    [
        ([], 1.0, [0, 1, 2, 3, 4, 5]),
        ([1], 0.8, [0, 1, 2, 3, 4, 5]),
        ([2], 0.7, [0, 1, 2, 4, 5]),
        ([0], 0.3, [0, 2, 3]),
        ([4], 0.5, [0, 1, 2, 3, 4]),
        ([0, 2], 0.0, [0, 2]),
    ],
)
def test_a_group_earns_its_weight_when_all_its_tests_pass(failed, reward, ran):
    sandbox = failing(*failed)

    verdict = judge(TASK, sandbox)

    assert verdict.reward == pytest.approx(reward)
    assert verdict.details["tests_run"] == ran
    assert [int(case.stdin) for case in sandbox.cases] == ran
    assert len(verdict.tests) == len(ran)
    assert (verdict.outcome is Outcome.CORRECT) is (reward == 1)
    assert (verdict.outcome is Outcome.PARTIAL) is (0 < reward < 1)


def test_a_verdict_tells_what_each_group_earned():
    verdict = judge(TASK, failing(4))

    assert verdict.details["subtasks"] == [
        {"name": "small", "weight": 20.0, "earned": 20.0},
        {"name": "large", "weight": 30.0, "earned": 30.0},
        {"name": "3", "weight": 50.0, "earned": 0.0},
    ]
    assert verdict.message.startswith("Test 5 of 6: ")


def test_all_tests_run_where_the_task_wants_it():
    verdict = judge({**TASK, "stop_at_first_failure": False}, failing(0, 2))

    assert verdict.details["tests_run"] == [0, 1, 2, 3, 4, 5]
    assert verdict.outcome is Outcome.INCORRECT


def test_a_lost_grain_of_weight_is_not_all():
    groups = [{"tests": [0, 1, 2, 3, 4], "weight": 1e6}, {"tests": [5], "weight": 1e-12}]

    verdict = judge({**TASK, "subtasks": groups}, failing(5))

    assert verdict.outcome is Outcome.PARTIAL
    assert 0 < verdict.reward < 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"subtasks": []}, "subtasks"),
        ({"subtasks": [{"tests": []}]}, "subtasks[0].tests"),
        ({"subtasks": [{"tests": [0, 6]}]}, "subtasks[0].tests[1]"),
        ({"subtasks": [{"tests": [-1]}]}, "subtasks[0].tests[0]"),
        ({"subtasks": [{"tests": [0, 0, 1, 2, 3, 4, 5]}]}, "subtasks[0].tests"),
        ({"subtasks": [{"tests": [0, 1, 2, 3, 4]}]}, "tests[5] is in none"),
        ({"subtasks": [{"tests": [0, 1, 2, 3, 4, 5], "weight": 0}]}, "subtasks[0].weight"),
        ({"partial_credit": True}, "partial_credit"),
    ],
)
def test_groups_that_make_no_sense_are_refused(change, words):
    assert words in refusal({**TASK, **change})
