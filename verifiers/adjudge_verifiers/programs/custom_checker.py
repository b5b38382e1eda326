"""A task's own checker program at work on the outputs of one candidate.

A policy must not be able to turn its task into a broken one. So a checker that fails on a
candidate's output is proved on the test's own answer, where no candidate has a hand: when it does
its work there, the output was at fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from adjudge_verifiers.contract import Unavailable
from adjudge_verifiers.sandbox import CompileFailure, SandboxUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from adjudge_verifiers.programs.helper_program import Helper
    from adjudge_verifiers.sandbox import CaseRun, Sandbox, StdinCase


class CustomChecker:
    """Compiled when first asked, in a sandbox of its own; all of it ends with the context."""

    def __init__(self, helper: Helper, sandbox: Sandbox, proved: set[int]) -> None:
        """``proved`` remembers, for all candidates, the tests on whose answer it works.

        Raises Unavailable when this worker lacks its language.
        """
        missing = sandbox.missing(helper.program.language)
        if missing is not None:
            raise Unavailable(f"{helper.field}: {missing}")
        self._helper = helper
        self._sandbox = sandbox
        self._proved = proved
        self._asked: StdinCase | None = None
        self._runs: Iterator[CaseRun] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        close = getattr(self._runs, "close", None)
        if close is not None:
            close()

    def share(self, number: int, given: bytes, answer: bytes, output: bytes) -> float | None:
        """The share of test ``number`` that an output earns; None when it makes the checker fail.

        Raises BadTask when the checker does not compile or fails without the candidate.
        """
        said = self._helper.said
        share = said.share(self._run(said.case(given, answer, output)))
        if share is None and number not in self._proved:
            proof = self._run(said.case(given, answer, answer))
            if said.share(proof) is None:
                raise self._helper.failed(proof, f"on the expected output of tests[{number}]")
            self._proved.add(number)
        return share

    def _run(self, case: StdinCase) -> CaseRun:
        if self._runs is None:
            helper = self._helper
            runs = self._sandbox.run(helper.program, self._cases(), helper.limits)
            if isinstance(runs, CompileFailure):
                raise helper.does_not_compile(runs.message)
            self._runs = iter(runs)
        self._asked = case
        run = next(self._runs, None)
        if run is None or self._asked is not None:
            raise SandboxUnavailable("the sandbox did not answer what it was asked")
        return run

    def _cases(self) -> Iterator[StdinCase]:
        while self._asked is not None:
            case, self._asked = self._asked, None
            yield case
