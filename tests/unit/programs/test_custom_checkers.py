"""Checker programs of tasks: what they say, and who is to blame when they fail."""

import pytest
from tests.unit.programs.judged import judge, prepared

from adjudge_verifiers.contract import BadTask, Outcome
from adjudge_verifiers.fake_sandbox import FakeSandbox
from adjudge_verifiers.sandbox import CaseRun, CompileFailure, RunStatus

CHECKER = {"name": "program", "language": "cpp", "source": "the checker"}
TASK = {
    "language": "python",
    "tests": [{"stdin": f"in{n}", "expected": f"right{n}"} for n in range(3)],
    "checker": CHECKER,
}


def checked_by(check, output=b"out"):
    """A sandbox where candidates print ``output`` and the checker answers by ``check(case)``."""

    def answer(program, case):
        if program.source == "the checker":
            return check(case)
        return CaseRun(RunStatus.EXITED, stdout=output)

    return FakeSandbox(answer)


def ends_with(code, **more):
    return CaseRun(RunStatus.EXITED, exit_code=code, **more)


def fails_on_candidates(case):
    """Accepts expected outputs, crashes on what a candidate prints."""
    if case.files["output"].startswith(b"right"):
        return ends_with(0)
    return CaseRun(RunStatus.SIGNALED, signal=11)


@pytest.mark.parametrize(
    ("protocol", "code", "outcome"),
    [
        ("testlib", 0, Outcome.CORRECT),
        ("testlib", 1, Outcome.INCORRECT),
        ("testlib", 2, Outcome.INCORRECT),
        ("testlib", 4, Outcome.INCORRECT),
        ("testlib", 8, Outcome.INCORRECT),
        ("testlib", 3, Outcome.BAD_TASK),
        ("testlib", 42, Outcome.BAD_TASK),
        ("kattis", 42, Outcome.CORRECT),
        ("kattis", 43, Outcome.INCORRECT),
        ("kattis", 0, Outcome.BAD_TASK),
        ("kattis", 1, Outcome.BAD_TASK),
    ],
)
def test_an_exit_code_means_what_the_protocol_says(protocol, code, outcome):
    task = {**TASK, "checker": {**CHECKER, "protocol": protocol}}

    assert judge(task, checked_by(lambda _: ends_with(code))).outcome is outcome


def test_a_checker_of_testlib_is_given_three_files():
    sandbox = checked_by(lambda _: ends_with(0))

    judge(TASK, sandbox)

    case = sandbox.cases[1]
    assert list(case.arguments) == ["input", "output", "answer"]
    assert case.files == {"input": b"in0", "output": b"out", "answer": b"right0"}


def test_a_checker_of_kattis_reads_the_output_from_standard_input():
    sandbox = checked_by(lambda _: ends_with(42))

    judge({**TASK, "checker": {**CHECKER, "protocol": "kattis"}}, sandbox)

    case = sandbox.cases[1]
    assert (case.stdin, list(case.arguments)) == (b"out", ["input", "answer", "feedback/"])
    assert case.files == {"input": b"in0", "answer": b"right0", "feedback/": b""}


def test_a_checker_runs_apart_with_its_own_limits_and_is_compiled_once():
    limits = {"cpu_seconds": 3.0, "memory_bytes": 2**28}
    checker = {**CHECKER, "files": {"testlib.h": "the header"}, "limits": limits}
    sandbox = checked_by(lambda _: ends_with(0))

    judge({**TASK, "checker": checker}, sandbox)

    candidate, program = sandbox.programs
    assert candidate.files == {}
    assert (program.language, program.files) == ("cpp", {"testlib.h": b"the header"})
    assert (sandbox.limits[1].cpu_seconds, sandbox.limits[1].memory_bytes) == (3.0, 2**28)
    assert sandbox.closed == 2


def test_no_checker_runs_on_a_program_that_ended_badly():
    sandbox = FakeSandbox(lambda *_: CaseRun(RunStatus.SIGNALED, signal=6))

    assert judge(TASK, sandbox).outcome is Outcome.RUNTIME_ERROR
    assert len(sandbox.programs) == 1


def test_a_checker_that_does_not_compile_is_a_bad_task():
    def compiles(program):
        refused = program.source == "the checker"
        return CompileFailure("syntax", "checker.cpp:1: no") if refused else None

    sandbox = FakeSandbox(lambda *_: CaseRun(RunStatus.EXITED), compiles)
    verdict = judge(TASK, sandbox)

    assert (verdict.outcome, verdict.reason) == (Outcome.BAD_TASK, "helper_compile")
    assert "checker.source" in verdict.message


@pytest.mark.parametrize(
    "broken",
    [
        CaseRun(RunStatus.SIGNALED, signal=11),
        CaseRun(RunStatus.TIME_LIMIT),
        CaseRun(RunStatus.MEMORY_LIMIT),
        ends_with(3),
        ends_with(139),
    ],
    ids=lambda run: f"{run.status.value}-{run.exit_code}",
)
def test_a_checker_that_fails_on_its_own_answer_is_a_bad_task(broken):
    verdict = judge(TASK, checked_by(lambda _: broken))

    assert (verdict.outcome, verdict.reason) == (Outcome.BAD_TASK, "helper_failed")


def test_an_output_that_breaks_a_working_checker_is_wrong():
    verdict = judge(TASK, checked_by(fails_on_candidates))

    assert (verdict.outcome, verdict.reward) == (Outcome.INCORRECT, 0.0)
    assert verdict.reason == "checker_failed_on_output"


def test_a_checker_is_proved_once_for_all_candidates():
    sandbox, task = checked_by(fails_on_candidates), prepared(TASK)

    for _ in range(3):
        assert judge(task, sandbox).outcome is Outcome.INCORRECT

    proofs = [case for case in sandbox.cases if case.files.get("output") == b"right0"]
    assert len(proofs) == 1


def test_a_checker_that_works_but_rejects_its_own_answer_does_not_mask_the_candidate():
    # Given an answer file that is no valid output, and a candidate that crashes the checker
    def check(case):
        return ends_with(1) if case.files["output"] == b"right0" else ends_with(77)

    assert judge(TASK, checked_by(check)).outcome is Outcome.INCORRECT


@pytest.mark.parametrize("works", [True, False])
def test_an_exception_of_a_python_checker_is_no_wrong_answer(works):
    # Given that testlib's code for a wrong answer is what Python ends with after an exception
    trace = b"Traceback (most recent call last):\n  ...\nValueError: no\n"

    def check(case):
        if works and case.files["output"] != b"out":
            return ends_with(0)
        return ends_with(1, stderr_tail=trace)

    verdict = judge({**TASK, "checker": {**CHECKER, "language": "python"}}, checked_by(check))

    assert verdict.outcome is (Outcome.INCORRECT if works else Outcome.BAD_TASK)


def points(words):
    return checked_by(lambda _: ends_with(7, stderr_tail=words))


def test_points_are_shares_with_partial_credit():
    task = {**TASK, "partial_credit": True}

    assert judge(task, points(b"points 0.5 so so")).reward == 0.5
    assert judge(task, points(b"points 0.5 so so")).outcome is Outcome.PARTIAL
    assert judge(task, points(b"points 1")).outcome is Outcome.CORRECT
    assert judge(task, points(b"points 0 none")).outcome is Outcome.INCORRECT
    hundred = {**task, "checker": {**CHECKER, "full_points": 100}}
    assert judge(hundred, points(b"points 25.0")).reward == 0.25


def test_points_below_the_full_ones_do_not_pass_a_test():
    verdict = judge(TASK, points(b"points 0.99"))

    assert (verdict.outcome, verdict.reason) == (Outcome.INCORRECT, "partial_points")


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"points",
        b"points -1",
        b"points nan",
        b"points 1e9",
        b"found points 1",
        b"x" * 2000 + b"\npoints 1 and more than fits" + b"x" * 50,
    ],
)
def test_points_that_are_none_are_a_failure(words):
    assert judge(TASK, points(words)).outcome is Outcome.BAD_TASK


def test_what_a_checker_says_is_never_shown():
    for feedback in ("none", "outcome", "diff"):
        sandbox = checked_by(lambda _: ends_with(1, stdout=b"SECRET", stderr_tail=b"SECRET"))
        assert "SECRET" not in repr(judge({**TASK, "feedback": feedback}, sandbox))


def test_a_checker_in_a_language_that_is_missing_is_unavailable():
    sandbox = FakeSandbox(
        lambda *_: CaseRun(RunStatus.EXITED), languages={"python": None, "cpp": "install g++"}
    )

    assert judge(TASK, sandbox).outcome is Outcome.UNAVAILABLE


@pytest.mark.parametrize(
    "checker",
    [
        {"language": "cpp"},
        {**CHECKER, "source": ""},
        {**CHECKER, "protocol": "icpc"},
        {**CHECKER, "language": "cobol"},
        {**CHECKER, "files": {"../x.h": ""}},
        {**CHECKER, "files": {"/etc/x": ""}},
        {**CHECKER, "files": {"a/b": ""}},
        {**CHECKER, "files": {"": ""}},
        {**CHECKER, "files": {"x" * 101: ""}},
        {**CHECKER, "full_points": 0},
        {**CHECKER, "rel_tol": 1},
    ],
    ids=str,
)
def test_a_checker_that_is_none_is_refused(checker):
    with pytest.raises(BadTask, match="checker"):
        prepared({**TASK, "checker": checker})


@pytest.mark.parametrize("protocol", ["testlib", "kattis"])
def test_further_arguments_follow_those_of_the_protocol(protocol):
    task = {**TASK, "checker": {**CHECKER, "protocol": protocol, "arguments": ["a b", "-1"]}}
    sandbox = checked_by(lambda _: ends_with(42 if protocol == "kattis" else 0))

    judge(task, sandbox)

    assert list(sandbox.cases[1].arguments)[3:] == ["a b", "-1"]
