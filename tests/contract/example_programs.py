"""What the programs in the examples of the verifier ``programs`` do, without running any."""

from adjudge_verifiers.fake_sandbox import FakeSandbox
from adjudge_verifiers.sandbox import CallCase, CaseRun, CompileFailure, RunStatus, TestCode


def example_sandbox():
    """A sandbox that knows those programs; any other prints nothing."""
    return FakeSandbox(_run, compiles=_compile)


def _compile(program):
    if program.source.strip() == "print(3":
        return CompileFailure("syntax", "'(' was never closed")
    return None


def _run(program, case):
    source = program.source
    if isinstance(case, TestCode):
        return _test(source, case.code)
    if isinstance(case, CallCase):
        if "a + b" not in source:
            return CaseRun(RunStatus.EXCEPTION, message="NameError: add")
        total = sum(case.arguments) + sum(case.keyword_arguments.values())
        return CaseRun(
            RunStatus.EXITED, value=str(total) if "str(" in source else total, has_value=True
        )
    if "SystemExit(3)" in source:
        return CaseRun(RunStatus.EXITED, exit_code=3)
    if "input()" in source or "std::cin" in source:
        return CaseRun(RunStatus.EXITED, stdout=b"%d\n" % sum(map(int, case.stdin.split())))
    return CaseRun(RunStatus.EXITED, stdout=b"3\n" if "3" in source else b"")


def _test(source, code):
    if "SystemExit" in source:
        return CaseRun(RunStatus.EXCEPTION, message="SystemExit")
    right = "a + b" in source or "3" in code
    return CaseRun(RunStatus.EXITED if right else RunStatus.FAILED)
