"""What every sandbox keeps, the real one and the fake beside it."""

import pytest
from tests.fixtures.jail_sandbox import sandbox as jail_sandbox

from adjudge_verifiers.fake_sandbox import FakeSandbox
from adjudge_verifiers.sandbox import (
    CallCase,
    CaseRun,
    CompileFailure,
    Limits,
    Program,
    RunStatus,
    SandboxUnavailable,
    StdinCase,
)

__all__ = ["jail_sandbox"]

ECHO = Program("python", "import sys\nprint(sys.stdin.read(), end='')")
IDENTITY = Program("python", "def f(x):\n    return x", "f")
OBJECT = Program("python", "def f(x):\n    return object()", "f")
ERROR = Program("python", "def f(x):\n    raise KeyError(x)", "f")
BROKEN = Program("python", "def f(:")


def answer(program, case):
    """What the programs above do, without running them."""
    if program is ERROR:
        return CaseRun(RunStatus.EXCEPTION, message=f"KeyError: {case.arguments[0]!r}")
    if isinstance(case, StdinCase):
        return CaseRun(RunStatus.EXITED, stdout=case.stdin)
    value = object() if program is OBJECT else case.arguments[0]
    return CaseRun(RunStatus.EXITED, value=value, has_value=True)


def compiles(program):
    return CompileFailure("syntax", "SyntaxError: invalid syntax") if program is BROKEN else None


@pytest.fixture(params=["fake", pytest.param("jail", marks=pytest.mark.jail)])
def sandbox(request):
    if request.param == "fake":
        return FakeSandbox(answer, compiles)
    return request.getfixturevalue("jail_sandbox")


def test_it_says_what_it_can_run(sandbox):
    assert sandbox.missing("python") is None
    assert sandbox.missing("cobol")
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


def test_it_can_be_closed_early_and_used_again(sandbox):
    runs = iter(sandbox.run(ECHO, [StdinCase(b"1"), StdinCase(b"2")], Limits()))

    assert next(runs).stdout == b"1"
    runs.close()
    runs.close()

    assert list(runs) == []
    assert [run.stdout for run in sandbox.run(ECHO, [StdinCase(b"3")], Limits())] == [b"3"]
