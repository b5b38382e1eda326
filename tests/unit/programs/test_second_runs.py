"""A program that is a little too slow is run once more before it is said to be."""

import pytest
from tests.unit.programs.judged import judge

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.fake_sandbox import FakeSandbox
from adjudge_verifiers.sandbox import CaseRun, RunStatus

TASK = {
    "language": "python",
    "tests": [{"stdin": "", "expected": "x"}] * 5,
    "limits": {"cpu_seconds": 1.0},
    "budget": {"cpu_seconds": 100},
}


def spending(*seconds, output=b"x"):
    """A sandbox whose runs spend so much, one after the other."""
    left = iter(seconds)
    return FakeSandbox(
        lambda *_: CaseRun(RunStatus.EXITED, stdout=output, cpu_seconds=next(left, 0.1))
    )


def test_what_was_fast_enough_the_second_time_passes():
    sandbox = spending(1.1, 0.9)

    verdict = judge(TASK, sandbox)

    assert verdict.outcome is Outcome.CORRECT
    assert verdict.details["run_twice"] == [{"test": 0, "cpu_seconds": [1.1, 0.9]}]
    assert len(sandbox.cases) == 6


def test_what_is_too_slow_twice_is_too_slow():
    verdict = judge(TASK, spending(1.2, 1.1))

    assert (verdict.outcome, verdict.reason) == (Outcome.TIME_LIMIT, "cpu_time")
    assert verdict.details["run_twice"] == [{"test": 0, "cpu_seconds": [1.2, 1.1]}]


@pytest.mark.parametrize("seconds", [0.5, 1.0, 1.3, 100.0])
def test_what_is_clear_is_not_run_again(seconds):
    sandbox = spending(seconds)

    verdict = judge(TASK, sandbox)

    assert (verdict.outcome is Outcome.CORRECT) is (seconds <= 1)
    assert "run_twice" not in verdict.details
    assert len(sandbox.programs) == 1


def test_the_second_run_must_be_right_as_well():
    outputs = iter([b"x", b"wrong"])
    seconds = iter([1.1, 0.5])
    sandbox = FakeSandbox(
        lambda *_: CaseRun(RunStatus.EXITED, stdout=next(outputs), cpu_seconds=next(seconds))
    )

    assert judge(TASK, sandbox).outcome is Outcome.INCORRECT


def test_second_runs_are_bounded():
    sandbox = spending(*[1.1, 1.1] * 5)

    verdict = judge({**TASK, "partial_credit": True}, sandbox)

    assert verdict.outcome is Outcome.TIME_LIMIT
    assert len(verdict.details["run_twice"]) == 3
    assert len(sandbox.cases) == 8


def test_second_runs_count_in_the_budget():
    task = {**TASK, "budget": {"cpu_seconds": 2.0}, "partial_credit": True}

    assert judge(task, spending(1.1, 1.0)).reason == "cpu_budget"


def test_both_programs_of_an_interaction_run_again():
    task = {**TASK, "interactor": {"language": "python", "source": "i"}}
    seconds = iter([1.1, 0.2])
    talks = FakeSandbox(
        lambda *_: None,
        converse=lambda *_: (
            CaseRun(RunStatus.EXITED, cpu_seconds=next(seconds, 0.1)),
            CaseRun(RunStatus.EXITED),
        ),
    )

    assert judge(task, talks).outcome is Outcome.CORRECT
    assert len(talks.cases) == 6
