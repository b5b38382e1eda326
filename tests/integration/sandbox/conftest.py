"""A sandbox in a real jail, and short ways to run programs in it."""

import pytest
from tests.fixtures.jail_sandbox import sandbox

from adjudge_verifiers.sandbox import CallCase, CaseRun, CompileFailure, Limits, Program, StdinCase

__all__ = ["sandbox"]


class Runs:
    """Runs programs in the sandbox; every word of ``limits`` is a field of ``Limits``."""

    def __init__(self, sandbox):
        self.sandbox = sandbox

    def compile(self, source, language="python"):
        """The failure to compile, or None."""
        runs = self.sandbox.run(Program(language, source), [], Limits())
        if isinstance(runs, CompileFailure):
            return runs
        runs.close()
        return None

    def program(self, source, *inputs, language="python", **limits) -> list[CaseRun]:
        """One run on each standard input (none given: one run on nothing)."""
        cases = [StdinCase(data) for data in inputs or (b"",)]
        runs = self.sandbox.run(Program(language, source), cases, Limits(**limits))
        assert not isinstance(runs, CompileFailure), runs
        return list(runs)

    def call(self, source, entry_point, *arguments, **limits) -> list[CaseRun]:
        """One call with each tuple of arguments (none given: one call without)."""
        cases = [CallCase(one) for one in arguments or ((),)]
        runs = self.sandbox.run(Program("python", source, entry_point), cases, Limits(**limits))
        assert not isinstance(runs, CompileFailure), runs
        return list(runs)


@pytest.fixture(scope="session")
def runs(sandbox):
    return Runs(sandbox)
