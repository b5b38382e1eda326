"""What every sandbox keeps, the real one and the fake beside it."""

import pytest
from tests.fixtures.jail_sandbox import sandbox as jail_sandbox

from adjudge_verifiers.fake_sandbox import FakeSandbox
from adjudge_verifiers.sandbox import (
    CallCase,
    CaseRun,
    CompileFailure,
    Limits,
    PartnerFailure,
    Program,
    RunStatus,
    SandboxUnavailable,
    StdinCase,
    TestCode,
)

__all__ = ["jail_sandbox"]

ECHO = Program("python", "import sys\nprint(sys.stdin.read(), end='')")
IDENTITY = Program("python", "def f(x):\n    return x", "f")
OBJECT = Program("python", "def f(x):\n    return object()", "f")
ERROR = Program("python", "def f(x):\n    raise KeyError(x)", "f")
BROKEN = Program("python", "def f(:")


FILES = Program(
    "python",
    "import os, sys, beside\n"
    "print(sys.argv[1:], beside.WORDS, open('here.txt').read(), os.listdir('folder'))",
    files={"beside.py": b"WORDS = 'beside'"},
)
DOUBLER_ASKED = Program("python", "print(2 * int(input()))")
ASKING = Program(
    "python",
    "import sys\nprint(21, flush=True)\n"
    "sys.exit(0 if input() == '42' and sys.argv[1:] == ['said'] else 1)",
)


def converse(_candidate, _partner, case):
    """What ASKING and DOUBLER_ASKED say to each other: only how they end is seen."""
    code = 0 if list(case.arguments) == ["said"] else 1
    return CaseRun(RunStatus.EXITED), CaseRun(RunStatus.EXITED, exit_code=code)


def answer(program, case):
    """What the programs above do, without running them."""
    if program is FILES:
        said = f"{[*case.arguments]} beside {case.files['here.txt'].decode()} []\n"
        return CaseRun(RunStatus.EXITED, stdout=said.encode())
    if program is ERROR:
        return CaseRun(RunStatus.EXCEPTION, message=f"KeyError: {case.arguments[0]!r}")
    if isinstance(case, TestCode):
        said = {"assert f(1) == 1": RunStatus.EXITED, "assert f(1) == 2": RunStatus.FAILED}
        return CaseRun(said.get(case.code, RunStatus.EXCEPTION))
    if isinstance(case, StdinCase):
        return CaseRun(RunStatus.EXITED, stdout=case.stdin)
    value = object() if program is OBJECT else case.arguments[0]
    return CaseRun(RunStatus.EXITED, value=value, has_value=True)


def compiles(program):
    return CompileFailure("syntax", "SyntaxError: invalid syntax") if program is BROKEN else None


@pytest.fixture(params=["fake", pytest.param("jail", marks=pytest.mark.jail)])
def sandbox(request):
    if request.param == "fake":
        return FakeSandbox(answer, compiles, converse=converse)
    return request.getfixturevalue("jail_sandbox")


def test_it_says_what_it_can_run(sandbox):
    assert sandbox.missing("python") is None
    assert sandbox.missing("cobol")
    assert "ython" in sandbox.toolchain("python")
    assert sandbox.toolchain("cobol") == ""
    with pytest.raises(SandboxUnavailable):
        sandbox.run(Program("cobol", ""), [], Limits())


def test_it_answers_each_case_once_and_in_order(sandbox):
    inputs = [b"one\n", b"", b"three \xff\x00\n"]

    runs = list(sandbox.run(ECHO, [StdinCase(data) for data in inputs], Limits()))

    assert [run.status for run in runs] == [RunStatus.EXITED] * 3
    assert [run.stdout for run in runs] == inputs
    assert [(run.exit_code, run.signal, run.has_value) for run in runs] == [(0, 0, False)] * 3


def test_no_cases_are_no_runs(sandbox):
    assert list(sandbox.run(ECHO, [], Limits())) == []


def test_it_returns_a_compile_failure_before_any_run(sandbox):
    failure = sandbox.run(BROKEN, [StdinCase(b"")], Limits())

    assert isinstance(failure, CompileFailure)
    assert failure.reason == "syntax"
    assert "SyntaxError" in failure.message


@pytest.mark.parametrize(
    "value",
    [None, True, -1, 2**70, 0.1, "é\ud800", [1, (2, [])], {"a": {1: {2, 3}}}, (), set(), {}],
    ids=ascii,
)
def test_plain_values_come_back_as_they_went(sandbox, value):
    (run,) = sandbox.run(IDENTITY, [CallCase([value])], Limits())

    assert (run.status, run.has_value) == (RunStatus.EXITED, True)
    assert run.value == value
    assert type(run.value) is type(value)


def test_other_values_do_not_come_back(sandbox):
    (run,) = sandbox.run(OBJECT, [CallCase([1])], Limits())

    assert (run.status, run.has_value, run.value) == (RunStatus.NO_RESULT, False, None)
    assert "object" in run.message


def test_an_exception_is_named(sandbox):
    (run,) = sandbox.run(ERROR, [CallCase(["x"])], Limits())

    assert (run.status, run.has_value) == (RunStatus.EXCEPTION, False)
    assert run.message == "KeyError: 'x'"


def test_output_is_cut_at_its_limit(sandbox):
    limits = Limits(output_bytes=1000)
    at, over = sandbox.run(ECHO, [StdinCase(b"x" * 1000), StdinCase(b"x" * 1001)], limits)

    assert (at.status, at.stdout) == (RunStatus.EXITED, b"x" * 1000)
    assert over.status is RunStatus.OUTPUT_LIMIT
    assert len(over.stdout) <= 1000


def test_test_code_is_answered_in_order_as_passed_failed_or_raised(sandbox):
    suite = [
        TestCode("assert f(1) == 1"),
        TestCode("assert f(1) == 2"),
        TestCode("raise KeyError(f(1))"),
    ]

    runs = list(sandbox.run_suite(IDENTITY, suite, Limits()))

    assert [run.status for run in runs] == [
        RunStatus.EXITED,
        RunStatus.FAILED,
        RunStatus.EXCEPTION,
    ]


def test_test_code_of_a_program_that_does_not_compile_does_not_run(sandbox):
    failure = sandbox.run_suite(BROKEN, [TestCode("assert f(1) == 1")], Limits())

    assert isinstance(failure, CompileFailure)
    assert failure.reason == "syntax"


def test_it_can_be_closed_early_and_used_again(sandbox):
    runs = iter(sandbox.run(ECHO, [StdinCase(b"1"), StdinCase(b"2")], Limits()))

    assert next(runs).stdout == b"1"
    runs.close()
    runs.close()

    assert list(runs) == []
    assert [run.stdout for run in sandbox.run(ECHO, [StdinCase(b"3")], Limits())] == [b"3"]


def test_files_and_arguments_are_there_for_their_run(sandbox):
    cases = [
        StdinCase(b"", ["a b", "c"], {"here.txt": b"one", "folder/": b""}),
        StdinCase(b"", [], {"here.txt": b"two", "folder/": b""}),
    ]

    runs = list(sandbox.run(FILES, cases, Limits()))

    assert [run.stdout for run in runs] == [b"['a b', 'c'] beside one []\n", b"[] beside two []\n"]


def test_a_case_is_taken_when_its_run_is_asked_for(sandbox):
    taken = []

    def cases():
        for data in (b"1", b"2", b"3"):
            taken.append(data)
            yield StdinCase(data)

    runs = iter(sandbox.run(ECHO, cases(), Limits()))
    assert next(runs).stdout == b"1"
    assert next(runs).stdout == b"2"
    runs.close()

    assert taken == [b"1", b"2"]


def test_two_programs_talk(sandbox):
    limits = Limits(cpu_seconds=5, wall_seconds=5)
    cases = [StdinCase(b"", ["said"], {"x": b""}), StdinCase(b"", ["other"])]

    runs = list(sandbox.interact(DOUBLER_ASKED, ASKING, cases, limits, limits))

    assert [[one.status for one in pair] for pair in runs] == [[RunStatus.EXITED] * 2] * 2
    assert [[one.exit_code for one in pair] for pair in runs] == [[0, 0], [0, 1]]
    assert all(one.stdout == b"" for pair in runs for one in pair)


def test_of_two_programs_either_may_not_compile(sandbox):
    with pytest.raises(PartnerFailure) as raised:
        sandbox.interact(DOUBLER_ASKED, BROKEN, [StdinCase(b"")], Limits(), Limits())
    assert raised.value.failure.reason == "syntax"

    failure = sandbox.interact(BROKEN, ASKING, [StdinCase(b"")], Limits(), Limits())
    assert isinstance(failure, CompileFailure)
