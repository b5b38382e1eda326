"""A sandbox without walls that runs nothing: it answers from a function, for tests.

    def answer(program, case):
        return CaseRun(RunStatus.EXITED, stdout=case.stdin.upper())

    Programs().judge(prepared, completion, FakeSandbox(answer))

It keeps the contract of ``Sandbox`` in all that a caller can see: one run for each case and in
order, nothing run before it is asked for, output cut at its limit, values of exact builtin types
only, iterators that can be closed.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from adjudge_verifiers.sandbox import (
    CaseRun,
    CompileFailure,
    PartnerFailure,
    RunStatus,
    SandboxUnavailable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from adjudge_verifiers.sandbox import Case, Limits, Program, StdinCase, TestCode

_PLAIN = frozenset({type(None), bool, int, float, str})
_CONTAINERS = frozenset({list, tuple, set, dict})


@dataclasses.dataclass
class FakeSandbox:
    """Answers each case by ``answer``, each program that ``compiles`` refuses by its failure.

    ``converse`` answers each case of an interaction for both programs. ``languages`` maps each
    known language to None, or to what is said to be missing. With
    ``broken`` every run raises SandboxUnavailable with that text. ``programs`` and ``cases`` record
    what was asked; ``closed`` counts iterators that ended or were closed.
    """

    answer: Callable[[Program, Case | TestCode], CaseRun]
    compiles: Callable[[Program], CompileFailure | None] = lambda _: None
    languages: Mapping[str, str | None] = dataclasses.field(
        default_factory=lambda: {"python": None, "cpp": None}
    )
    broken: str = ""
    converse: Callable[[Program, Program, StdinCase], tuple[CaseRun, CaseRun]] | None = None
    programs: list[Program] = dataclasses.field(default_factory=list)
    cases: list[Case | TestCode] = dataclasses.field(default_factory=list)
    limits: list[Limits] = dataclasses.field(default_factory=list)
    closed: int = 0

    def missing(self, language: str) -> str | None:
        """None when ``language`` can run here, else what is missing."""
        return self.languages.get(language, f"this sandbox knows no language {language!r}")

    def toolchain(self, language: str) -> str:
        """A name that tells the fake from the real; "" when the language is missing."""
        return "" if self.missing(language) else f"fake {language}"

    def run(
        self, program: Program, cases: Iterable[Case], limits: Limits
    ) -> CompileFailure | Iterable[CaseRun]:
        """The compile failure, or one CaseRun for each case as they are asked for.

        Raises SandboxUnavailable when it is ``broken`` or the language is missing.
        """
        return self._all(program, cases, limits)

    def _all(
        self, program: Program, cases: Iterable[Case | TestCode], limits: Limits
    ) -> CompileFailure | Iterable[CaseRun]:
        missing = self.broken or self.missing(program.language)
        if missing:
            raise SandboxUnavailable(missing)
        self.programs.append(program)
        self.limits.append(limits)
        return self.compiles(program) or self._runs(program, cases, limits)

    def run_suite(
        self, program: Program, suite: Sequence[TestCode], limits: Limits
    ) -> CompileFailure | Iterable[CaseRun]:
        """As ``run``, with test code as the cases."""
        return self._all(program, suite, limits)

    def interact(
        self,
        candidate: Program,
        partner: Program,
        cases: Iterable[StdinCase],
        limits: Limits,
        partner_limits: Limits,
    ) -> CompileFailure | Iterable[tuple[CaseRun, CaseRun]]:
        """The candidate's compile failure, or the two runs of each case as they are asked for.

        Raises SandboxUnavailable as ``run`` does, PartnerFailure when ``compiles`` refuses it.
        """
        missing = self.broken or self.missing(candidate.language) or self.missing(partner.language)
        if missing:
            raise SandboxUnavailable(missing)
        refused = self.compiles(partner)
        if refused is not None:
            raise PartnerFailure(refused)
        self.programs += [candidate, partner]
        self.limits += [limits, partner_limits]
        return self.compiles(candidate) or self._talks(
            candidate, partner, cases, limits, partner_limits
        )

    def _talks(
        self,
        candidate: Program,
        partner: Program,
        cases: Iterable[StdinCase],
        limits: Limits,
        partner_limits: Limits,
    ) -> Iterator[tuple[CaseRun, CaseRun]]:
        if self.converse is None:
            raise SandboxUnavailable("this sandbox was not told what programs say to each other")
        try:
            for case in cases:
                self.cases.append(case)
                one, other = self.converse(candidate, partner, case)
                yield _within(limits, one), _within(partner_limits, other)
        finally:
            self.closed += 1

    def _runs(
        self, program: Program, cases: Iterable[Case | TestCode], limits: Limits
    ) -> Iterator[CaseRun]:
        try:
            for case in cases:
                self.cases.append(case)
                yield _within(limits, self.answer(program, case))
        finally:
            self.closed += 1


def _within(limits: Limits, run: CaseRun) -> CaseRun:
    """The run as a real sandbox would report it: limits enforced, values checked."""
    if len(run.stdout) > limits.output_bytes:
        return dataclasses.replace(
            run, status=RunStatus.OUTPUT_LIMIT, stdout=run.stdout[: limits.output_bytes]
        )
    if run.cpu_seconds > limits.cpu_seconds:
        return dataclasses.replace(run, status=RunStatus.TIME_LIMIT)
    if run.has_value and not _is_plain(run.value):
        return dataclasses.replace(
            run,
            status=RunStatus.NO_RESULT,
            value=None,
            has_value=False,
            message=f"the call returned a {type(run.value).__name__}, which is no plain value",
        )
    return run


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind in _PLAIN:
        return True
    if kind not in _CONTAINERS:
        return False
    items = (*value.keys(), *value.values()) if kind is dict else value
    return all(map(_is_plain, items))
