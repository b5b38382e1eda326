"""The fake sandbox keeps the contract of the real one."""

import pytest

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

PROGRAM = Program("python", "print(1)")


def upper(_program, case):
    return CaseRun(RunStatus.EXITED, stdout=case.stdin.upper())


def test_it_answers_every_case_in_order():
    runs = FakeSandbox(upper).run(PROGRAM, [StdinCase(b"a"), StdinCase(b"b")], Limits())

    assert [run.stdout for run in runs] == [b"A", b"B"]


def test_it_runs_nothing_before_it_is_asked_for():
    sandbox = FakeSandbox(upper)
    runs = iter(sandbox.run(PROGRAM, [StdinCase(b"a"), StdinCase(b"b")], Limits()))

    next(runs)

    assert len(sandbox.cases) == 1
    runs.close()
    assert (len(sandbox.cases), sandbox.closed) == (1, 1)


def test_it_returns_the_compile_failure_at_once():
    failure = CompileFailure("syntax", "no")

    assert FakeSandbox(upper, compiles=lambda _: failure).run(PROGRAM, [], Limits()) is failure


def test_it_enforces_output_and_time_limits():
    limits = Limits(output_bytes=3, cpu_seconds=1.0)
    (run,) = FakeSandbox(upper).run(PROGRAM, [StdinCase(b"abcd")], limits)
    slow = CaseRun(RunStatus.EXITED, cpu_seconds=1.5)
    (late,) = FakeSandbox(lambda *_: slow).run(PROGRAM, [StdinCase(b"")], limits)

    assert (run.status, run.stdout) == (RunStatus.OUTPUT_LIMIT, b"ABC")
    assert late.status is RunStatus.TIME_LIMIT


@pytest.mark.parametrize("value", [object(), b"bytes", [object()], {"a": {1: 1j}}, frozenset({1})])
def test_it_refuses_values_that_are_not_plain(value):
    sandbox = FakeSandbox(lambda *_: CaseRun(RunStatus.EXITED, value=value, has_value=True))
    (run,) = sandbox.run(PROGRAM, [CallCase()], Limits())

    assert (run.status, run.has_value, run.value) == (RunStatus.NO_RESULT, False, None)


def test_a_missing_language_or_a_broken_sandbox_raises():
    with pytest.raises(SandboxUnavailable, match="'java'"):
        FakeSandbox(upper).run(Program("java", ""), [], Limits())
    with pytest.raises(SandboxUnavailable, match="down"):
        FakeSandbox(upper, broken="down").run(PROGRAM, [], Limits())
    assert FakeSandbox(upper).missing("python") is None
