"""From what the sandbox reports to a verdict."""

import dataclasses
import json

import pytest

from adjudge_verifiers import judging
from adjudge_verifiers.contract import Outcome
from adjudge_verifiers.fake_sandbox import FakeSandbox
from adjudge_verifiers.programs.report import COMPILE_REASONS, FAULTS
from adjudge_verifiers.programs.verifier import Programs
from adjudge_verifiers.sandbox import CallCase, CaseRun, CompileFailure, RunStatus

CODE = "```python\nprint(1)\n```"
STDIN = {
    "language": "python",
    "tests": [{"stdin": f"{n}", "expected": f"secret{n}"} for n in range(4)],
}
CALL = {
    "language": "python",
    "entry_point": "f",
    "tests": [{"arguments": [n], "expected": n * n} for n in range(4)],
}


def judge(task, answer, completion=CODE, **options):
    sandbox = answer if isinstance(answer, FakeSandbox) else FakeSandbox(answer, **options)
    verifier = Programs()
    prepared = judging.prepare(verifier, judging.read_parameters(verifier, json.dumps(task)))
    return judging.judge(prepared, completion, sandbox)


def echo(_program, case):
    return CaseRun(RunStatus.EXITED, stdout=b"secret" + case.stdin + b"\n")


def square(_program, case):
    return CaseRun(RunStatus.EXITED, value=case.arguments[0] ** 2, has_value=True)


def only(number, good=echo, **bad):
    """Answers well but for one test, which comes out as ``bad`` says."""

    def answer(program, case):
        which = case.arguments[0] if isinstance(case, CallCase) else int(case.stdin)
        run = good(program, case)
        return dataclasses.replace(run, **bad) if which == number else run

    return answer


def test_a_program_that_passes_every_test_is_correct():
    verdict = judge(STDIN, echo)

    assert (verdict.outcome, verdict.reward, verdict.decided_by) == (Outcome.CORRECT, 1.0, "tests")
    assert [test.outcome for test in verdict.tests] == [Outcome.CORRECT] * 4
    assert verdict.answer == "print(1)\n"
    assert verdict.details == {
        "code_from": "tagged_fence",
        "tests_passed": 4,
        "tests_total": 4,
        "toolchain": "fake python",
    }


def test_a_function_that_passes_every_test_is_correct():
    assert judge(CALL, square).outcome is Outcome.CORRECT


ONLY_OF_SUITES = {RunStatus.FAILED, RunStatus.SKIPPED}


def test_every_way_to_end_has_its_outcome_and_reason():
    assert set(FAULTS) == set(RunStatus) - {RunStatus.EXITED, *ONLY_OF_SUITES}


@pytest.mark.parametrize(
    ("run", "outcome", "reason"),
    [
        ({"stdout": b"wrong"}, Outcome.INCORRECT, "wrong_output"),
        ({"exit_code": 1}, Outcome.RUNTIME_ERROR, "exit_code"),
        ({"status": RunStatus.SIGNALED, "signal": 11}, Outcome.RUNTIME_ERROR, "signal"),
        ({"status": RunStatus.TIME_LIMIT, "cpu_seconds": 10.0}, Outcome.TIME_LIMIT, "cpu_time"),
        ({"status": RunStatus.TIME_LIMIT, "wall_seconds": 20.0}, Outcome.TIME_LIMIT, "wall_time"),
        ({"status": RunStatus.MEMORY_LIMIT}, Outcome.MEMORY_LIMIT, "memory"),
        ({"status": RunStatus.OUTPUT_LIMIT}, Outcome.OUTPUT_LIMIT, "output"),
    ],
)
def test_a_failed_stdin_test_decides(run, outcome, reason):
    # Given a program whose third test ends badly, though it printed the right output
    verdict = judge(STDIN, only(2, **run))

    assert (verdict.outcome, verdict.reason, verdict.reward) == (outcome, reason, 0.0)
    assert verdict.message.startswith("Test 3 of 4: ")
    assert [test.outcome for test in verdict.tests] == [Outcome.CORRECT, Outcome.CORRECT, outcome]


@pytest.mark.parametrize(
    ("run", "outcome", "reason"),
    [
        ({"value": 5}, Outcome.INCORRECT, "wrong_value"),
        (
            {"status": RunStatus.EXCEPTION, "message": "KeyError: 1"},
            Outcome.RUNTIME_ERROR,
            "exception",
        ),
        ({"status": RunStatus.NO_RESULT}, Outcome.RUNTIME_ERROR, "no_result"),
        ({"has_value": False}, Outcome.RUNTIME_ERROR, "no_result"),
        ({"value": object()}, Outcome.RUNTIME_ERROR, "no_result"),
        ({"exit_code": 3}, Outcome.RUNTIME_ERROR, "exit_code"),
    ],
)
def test_a_failed_call_test_decides(run, outcome, reason):
    verdict = judge(CALL, only(2, square, **run))

    assert (verdict.outcome, verdict.reason) == (outcome, reason)


def test_a_value_counts_only_when_the_call_ended_well():
    # Given a run that claims the right value and an exception at once
    verdict = judge(CALL, only(0, square, status=RunStatus.EXCEPTION))

    assert verdict.outcome is Outcome.RUNTIME_ERROR


@pytest.mark.parametrize(("said", "reason"), [(s, r) for s, (r, _) in COMPILE_REASONS.items()])
def test_a_program_that_does_not_compile_has_a_reason(said, reason):
    verdict = judge(STDIN, echo, compiles=lambda _: CompileFailure(said, "line 1: no"))

    assert (verdict.outcome, verdict.reason) == (Outcome.COMPILE_ERROR, reason)
    assert verdict.message.endswith(" line 1: no")
    assert not verdict.tests


def test_a_compiler_without_words_still_gets_a_message():
    verdict = judge(STDIN, echo, compiles=lambda _: CompileFailure("time_limit", ""))

    assert verdict.message == "Compiling took too long."


@pytest.mark.parametrize("completion", ["", "<think>x", "```bash\nls\n```"])
def test_a_completion_without_program_is_no_answer(completion):
    assert judge(STDIN, echo, completion).outcome is Outcome.NO_ANSWER


def test_a_lone_surrogate_is_a_compile_error():
    assert judge(STDIN, echo, "```python\nprint('\ud800')\n```").outcome is Outcome.COMPILE_ERROR


def test_no_message_shows_what_was_expected():
    for bad in (b"x", b"", b"secret2 and more", b"sec"):
        verdict = judge({**STDIN, "feedback": "diff"}, only(2, stdout=bad))
        assert "secret2'" not in verdict.message.replace("secret2 and more", "")
        assert all("secret2" not in test.message for test in verdict.tests) or b"secret2" in bad


def test_a_message_shows_a_short_piece_of_what_came():
    verdict = judge({**STDIN, "feedback": "diff"}, only(2, stdout=b"\x00" + b"y" * 10_000))

    assert "yyy" in verdict.message
    assert len(verdict.tests[2].message) <= 200


def test_the_last_line_of_standard_error_explains_an_exit_code():
    stderr = b"Traceback (most recent call last):\n  ...\nValueError: no\n"

    verdict = judge({**STDIN, "feedback": "diff"}, only(0, exit_code=1, stderr_tail=stderr))

    assert "ValueError: no" in verdict.message


def test_partial_credit_is_the_share_of_passed_tests():
    verdict = judge({**STDIN, "partial_credit": True}, only(1, stdout=b"x"))

    assert (verdict.outcome, verdict.reward) == (Outcome.PARTIAL, 0.75)
    assert verdict.reason == "wrong_output"
    assert len(verdict.tests) == 4


def test_partial_credit_for_nothing_is_the_first_failure():
    task = {**STDIN, "partial_credit": True}

    assert judge(task, lambda *_: CaseRun(RunStatus.EXITED)).outcome is Outcome.INCORRECT
    assert judge(task, lambda *_: CaseRun(RunStatus.TIME_LIMIT)).outcome is Outcome.TIME_LIMIT


def test_partial_credit_for_everything_is_correct():
    assert judge({**STDIN, "partial_credit": True}, echo).outcome is Outcome.CORRECT


def test_partial_credit_that_stops_counts_what_came_before():
    task = {**STDIN, "partial_credit": True, "stop_at_first_failure": True}

    assert judge(task, only(1, stdout=b"x")).reward == 0.25


def test_without_partial_credit_a_failure_that_does_not_stop_earns_nothing():
    verdict = judge({**STDIN, "stop_at_first_failure": False}, only(1, stdout=b"x"))

    assert (verdict.outcome, verdict.reward, len(verdict.tests)) == (Outcome.INCORRECT, 0.0, 4)


def test_the_tests_after_a_failure_are_not_run_and_the_run_is_closed():
    sandbox = FakeSandbox(only(1, stdout=b"x"))

    judge(STDIN, sandbox)

    assert len(sandbox.cases) == 2
    assert sandbox.closed == 1


def test_a_sandbox_that_answers_too_little_or_too_much_pays_nobody():
    class Short(FakeSandbox):
        def run(self, program, cases, limits):
            return list(super().run(program, cases, limits))[:-1]

    class Long(FakeSandbox):
        def run(self, program, cases, limits):
            return [*super().run(program, cases, limits), CaseRun(RunStatus.EXITED)]

    class Empty(FakeSandbox):
        def run(self, *_):
            return []

    for kind in (Short, Long, Empty):
        verdict = judge(STDIN, kind(echo))
        assert (verdict.outcome, verdict.reward) == (Outcome.UNAVAILABLE, None)


def test_a_broken_sandbox_or_missing_toolchain_is_never_the_candidates_fault():
    for sandbox in (
        FakeSandbox(echo, broken="the jail is down"),
        FakeSandbox(echo, languages={"python": "no interpreter; install python3"}),
        FakeSandbox(echo, languages={}),
    ):
        verdict = judge(STDIN, sandbox)
        assert (verdict.outcome, verdict.reward) == (Outcome.UNAVAILABLE, None)


def test_a_sandbox_that_breaks_halfway_is_not_judged():
    from adjudge_verifiers.sandbox import SandboxUnavailable

    def answer(program, case):
        if case.stdin == b"2":
            raise SandboxUnavailable("the jail died")
        return echo(program, case)

    assert judge(STDIN, answer).outcome is Outcome.UNAVAILABLE


def test_the_budget_bounds_all_tests_together():
    # Given tests of 3 s each and a budget of 5 s
    task = {**STDIN, "budget": {"cpu_seconds": 5}, "partial_credit": True}

    def slow(program, case):
        return dataclasses.replace(echo(program, case), cpu_seconds=3.0)

    verdict = judge(task, slow)

    # Then two tests run and the rest are not
    assert verdict.reward == 0.5
    assert verdict.reason == "cpu_budget"
    assert [test.outcome.name for test in verdict.tests] == ["CORRECT", "CORRECT", "TIME_LIMIT"]


def test_prefix_and_suffix_surround_the_code():
    sandbox = FakeSandbox(echo)

    judge({**STDIN, "source_prefix": "a = 1\n", "source_suffix": "b = 2\n"}, sandbox)

    assert sandbox.programs[0].source == "a = 1\nprint(1)\nb = 2\n"


def test_a_suffix_starts_on_a_line_of_its_own():
    sandbox = FakeSandbox(echo)

    judge({**STDIN, "source_suffix": "main()"}, sandbox, "def main(): print(1)")

    assert sandbox.programs[0].source == "def main(): print(1)\nmain()"


def test_the_task_sets_the_rewards_of_outcomes():
    task = {**STDIN, "rewards": {"INCORRECT": -1, "CORRECT": 2}}

    assert judge(task, echo).reward == 2
    assert judge(task, only(0, stdout=b"x")).reward == -1


def test_tagged_values_reach_the_call_and_the_comparison():
    task = {
        **CALL,
        "tagged_values": True,
        "tests": [{"arguments": [{"$tuple": [1]}], "expected": {"$set": [1]}}],
    }
    sandbox = FakeSandbox(
        lambda _, case: CaseRun(RunStatus.EXITED, value=set(case.arguments[0]), has_value=True)
    )

    assert judge(task, sandbox).outcome is Outcome.CORRECT
    assert sandbox.cases[0].arguments == [(1,)]


def test_expected_outputs_never_reach_the_sandbox():
    sandbox = FakeSandbox(echo)

    judge(STDIN, sandbox)

    assert "secret" not in repr((sandbox.programs, sandbox.cases, sandbox.limits))


@pytest.mark.parametrize(
    "checker", [None, "tokens", "exact", "lines", "unordered_tokens", "floats"]
)
def test_case_counts_unless_the_task_says_otherwise(checker):
    task = {"language": "python", "tests": [{"stdin": "", "expected": "Yes\n"}], "checker": checker}

    def shout(*_):
        return CaseRun(RunStatus.EXITED, stdout=b"YES\n")

    assert judge(task, shout).outcome is Outcome.INCORRECT
    assert judge({**task, "case_sensitive": False}, shout).outcome is Outcome.CORRECT
