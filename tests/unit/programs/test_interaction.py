"""Interactive problems: who is to blame when two programs have talked."""

import itertools

import pytest
from tests.unit.programs.judged import judge, prepared, refusal

from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.fake_sandbox import FakeSandbox
from adjudge_verifiers.sandbox import CaseRun, CompileFailure, RunStatus

INTERACTOR = {"language": "python", "source": "the interactor"}
TASK = {
    "language": "python",
    "tests": [{"stdin": "in", "expected": "answer"}],
    "interactor": INTERACTOR,
}
STILL = "time.sleep"


def run(status=RunStatus.EXITED, wall=0.1, **more):
    return CaseRun(status, wall_seconds=wall, **more)


WELL = run()
RIGHT, WRONG, BROKEN = run(wall=0.2), run(wall=0.2, exit_code=1), run(wall=0.2, exit_code=9)
EARLY_WRONG, EARLY_BROKEN = run(wall=0.05, exit_code=1), run(wall=0.05, exit_code=9)
CRASH = run(exit_code=1)
KILLED = run(RunStatus.SIGNALED, signal=11)
SLOW = run(RunStatus.TIME_LIMIT, wall=20.0)
BUSY = run(RunStatus.TIME_LIMIT, wall=10.0, cpu_seconds=10.0)
BIG = run(RunStatus.MEMORY_LIMIT)


WAITED = run(wall=1.1, exit_code=1)


def talk(candidate, interactor, with_still=WAITED):
    def converse(program, _partner, _case):
        if STILL in program.source:
            return run(wall=1.05), with_still
        return candidate, interactor

    return FakeSandbox(lambda *_: WELL, converse=converse)


@pytest.mark.parametrize(
    ("candidate", "interactor", "outcome", "reason"),
    [
        (WELL, RIGHT, Outcome.CORRECT, "correct"),
        (WELL, WRONG, Outcome.INCORRECT, "wrong_interaction"),
        (CRASH, RIGHT, Outcome.RUNTIME_ERROR, "exit_code"),
        (KILLED, RIGHT, Outcome.RUNTIME_ERROR, "signal"),
        (CRASH, WRONG, Outcome.RUNTIME_ERROR, "exit_code"),
        (CRASH, EARLY_WRONG, Outcome.INCORRECT, "wrong_interaction"),
        (KILLED, EARLY_WRONG, Outcome.INCORRECT, "wrong_interaction"),
        (SLOW, WRONG, Outcome.TIME_LIMIT, "wall_time"),
        (SLOW, EARLY_WRONG, Outcome.TIME_LIMIT, "wall_time"),
        (BUSY, WRONG, Outcome.TIME_LIMIT, "cpu_time"),
        (BIG, EARLY_BROKEN, Outcome.MEMORY_LIMIT, "memory"),
        (CRASH, BROKEN, Outcome.RUNTIME_ERROR, "exit_code"),
        (CRASH, EARLY_BROKEN, Outcome.INCORRECT, "interactor_failed_on_output"),
        (WELL, BROKEN, Outcome.INCORRECT, "interactor_failed_on_output"),
        (WELL, run(RunStatus.TIME_LIMIT, wall=9), Outcome.INCORRECT, "interactor_failed_on_output"),
        (
            WELL,
            run(RunStatus.SIGNALED, signal=13),
            Outcome.INCORRECT,
            "interactor_failed_on_output",
        ),
    ],
)
def test_who_is_to_blame(candidate, interactor, outcome, reason):
    verdict = judge(TASK, talk(candidate, interactor))

    assert (verdict.outcome, verdict.reward is not None) == (outcome, True)
    assert verdict.reason == reason


def test_an_interactor_that_fails_while_its_partner_keeps_still_is_a_bad_task():
    verdict = judge(TASK, talk(WELL, BROKEN, with_still=run(wall=0.05, exit_code=9)))

    assert (verdict.outcome, verdict.reason) == (Outcome.BAD_TASK, "helper_failed")


def test_one_that_fails_only_when_its_partner_leaves_works():
    # Given an interactor that crashes at the end of its input, which a candidate can bring about
    verdict = judge(TASK, talk(WELL, BROKEN, with_still=run(wall=1.06, exit_code=9)))

    assert verdict.outcome is Outcome.INCORRECT


def test_an_interactor_is_proved_once_for_all_candidates():
    sandbox, task = talk(WELL, BROKEN), prepared(TASK)

    for _ in range(3):
        judge(task, sandbox)

    assert sum(STILL in program.source for program in sandbox.programs) == 1


def test_an_interactor_that_does_not_compile_is_a_bad_task():
    def compiles(program):
        return CompileFailure("syntax", "no") if program.source == "the interactor" else None

    sandbox = FakeSandbox(lambda *_: WELL, compiles, converse=lambda *_: (WELL, RIGHT))
    verdict = judge(TASK, sandbox)

    assert (verdict.outcome, verdict.reason) == (Outcome.BAD_TASK, "helper_compile")


def test_the_candidate_sees_neither_input_nor_answer():
    sandbox = talk(WELL, RIGHT)

    judge(TASK, sandbox)

    candidate, partner = sandbox.programs
    (case,) = sandbox.cases
    assert (candidate.files, partner.source) == ({}, "the interactor")
    assert list(case.arguments) == ["input", "output", "answer"]
    assert case.files == {"input": b"in", "answer": b"answer"}


def test_two_that_wait_for_each_other_end_by_the_candidates_clock():
    sandbox = talk(WELL, RIGHT)

    judge({**TASK, "limits": {"wall_seconds": 100.0}}, sandbox)

    candidate, partner = sandbox.limits
    assert partner.wall_seconds > candidate.wall_seconds


def test_points_of_an_interactor_count_with_partial_credit():
    verdict = judge(
        {**TASK, "partial_credit": True}, talk(WELL, run(exit_code=7, stderr_tail=b"points 0.25"))
    )

    assert (verdict.outcome, verdict.reward) == (Outcome.PARTIAL, 0.25)


def test_no_conversation_of_any_shape_masks_a_candidate():
    # Given everything a candidate can make of two runs, and an interactor that works
    candidates = [WELL, CRASH, KILLED, SLOW, BUSY, BIG]
    interactors = [RIGHT, WRONG, BROKEN, EARLY_WRONG, EARLY_BROKEN, KILLED, SLOW, BUSY, BIG]

    for candidate, interactor in itertools.product(candidates, interactors):
        assert judge(TASK, talk(candidate, interactor)).reward is not None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"checker": "tokens"}, "checker"),
        ({"case_sensitive": False}, "case_sensitive"),
        ({"interactor": {"language": "python"}}, "interactor.source"),
        (
            {"tests": [{"arguments": [1], "expected": 1}], "entry_point": "f"},
            "interactor",
        ),
    ],
)
def test_an_interactive_task_that_makes_no_sense_is_refused(change, field):
    assert refusal({**TASK, **change}).startswith(field)
