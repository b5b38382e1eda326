"""A program of the task's author that judges: a checker or an interactor, and what it says.

What it says, it says by its exit code, in one of two protocols:

* ``testlib`` (https://github.com/MikeMirzayanov/testlib): arguments ``input output answer``; 0 is
  right; 1, 2, 4 and 8 (wrong answer, presentation error, dirt, unexpected end) are wrong; 7 is
  points, which standard error tells as ``points 0.5``. An interactor that uses testlib's own
  ``registerInteraction`` finds the same three arguments; it writes ``output``, which nobody reads.
* ``kattis`` (problem package format): arguments ``input answer feedback/``, the candidate's output
  on standard input; 42 is right, 43 is wrong.

Every other end (another exit code, a signal, a broken limit, an exception of Python) is a failure.
"""

from __future__ import annotations

import dataclasses
import math
import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from adjudge_verifiers.contract import MIB, BadTask
from adjudge_verifiers.programs.language import Language  # noqa: TC001 - pydantic reads it
from adjudge_verifiers.programs.limits import LimitsPerTest
from adjudge_verifiers.sandbox import Limits, Program, RunStatus, StdinCase

if TYPE_CHECKING:
    from adjudge_verifiers.sandbox import CaseRun

LONGEST_CODE_CHARACTERS = MIB
MOST_FILES = 32
PASSED, FAILED = 1.0, 0.0

_FileName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}$", strict=True)
]
_FEEDBACK_FOLDER = "feedback/"
_TESTLIB_POINTS = 7
_SHARES = {
    "testlib": {0: PASSED, 1: FAILED, 2: FAILED, 4: FAILED, 8: FAILED},
    "kattis": {42: PASSED, 43: FAILED},
}
_POINTS = re.compile(rb"\s*points\s+([0-9]{1,12}(?:\.[0-9]{1,20})?)(?![0-9.eE])")
_ERRORS_CUT_BYTES = 2048
_TRACEBACK = b"Traceback (most recent call last):"


class HelperProgram(BaseModel):
    """A program that judges: its source, further files beside it, and how it says what it found."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    language: Language
    source: str = Field(min_length=1, max_length=LONGEST_CODE_CHARACTERS)
    files: dict[_FileName, str] = Field(
        default_factory=dict,
        max_length=MOST_FILES,
        description="Files beside the source by name, for example testlib.h.",
    )
    protocol: Literal["testlib", "kattis"] = "testlib"
    arguments: list[Annotated[str, Field(max_length=1000)]] = Field(
        default_factory=list, max_length=100, description="Arguments behind those of the protocol."
    )
    full_points: Annotated[float, Field(gt=0, le=1e6)] = Field(
        default=1.0, description="The points that testlib's exit code 7 gives for a whole test."
    )
    limits: LimitsPerTest = Field(
        default=LimitsPerTest(wall_seconds=30.0, memory_bytes=1024 * MIB),
        description="Its own limits, for each test.",
    )

    def program(self, field: str) -> Program:
        """As the sandbox takes it. Raises BadTask, below ``field``, for what is no Unicode."""
        try:
            self.source.encode()
            files = {name: text.encode() for name, text in self.files.items()}
        except UnicodeEncodeError as error:
            raise BadTask(
                field, f"source and files must be Unicode text: {error.reason}"
            ) from error
        return Program(self.language, self.source, files=files)

    def sandbox_limits(self) -> Limits:
        """As the sandbox takes them."""
        return Limits(**self.limits.model_dump())

    def case(self, given: bytes, answer: bytes, output: bytes | None) -> StdinCase:
        """One run of it: a test's input and answer, and for a checker what came out."""
        files = {"input": given, "answer": answer}
        if self.protocol == "kattis":
            files[_FEEDBACK_FOLDER] = b""
            arguments = ("input", "answer", _FEEDBACK_FOLDER, *self.arguments)
            return StdinCase(output or b"", arguments, files)
        if output is not None:
            files["output"] = output
        return StdinCase(b"", ("input", "output", "answer", *self.arguments), files)

    def share(self, run: CaseRun) -> float | None:
        """The share of a test that a run grants, from 0 to 1; None when the program failed."""
        if run.status is not RunStatus.EXITED:
            return None
        if self.protocol == "testlib" and run.exit_code == _TESTLIB_POINTS:
            return self._points(run.stderr_tail)
        if self.language == "python" and _TRACEBACK in run.stderr_tail:
            return None  # an exception's exit code is testlib's for a wrong answer
        return _SHARES[self.protocol].get(run.exit_code)

    def _points(self, words: bytes) -> float | None:
        if len(words) >= _ERRORS_CUT_BYTES:
            return None  # its start is gone, and the rest may quote the candidate
        found = _POINTS.match(words)
        points = float(found.group(1)) / self.full_points if found else math.nan
        return min(points, PASSED) if math.isfinite(points) else None


@dataclasses.dataclass(frozen=True, slots=True)
class Helper:
    """A helper program made ready: what it is, as the sandbox takes it, where the task names it."""

    said: HelperProgram
    program: Program
    limits: Limits
    field: str

    @classmethod
    def of(cls, said: HelperProgram, field: str) -> Helper:
        """Make it ready. Raises BadTask that names ``field``."""
        return cls(said, said.program(field), said.sandbox_limits(), field)

    def does_not_compile(self, message: str) -> BadTask:
        """What to raise when it does not compile: that is the task's own fault."""
        return BadTask(
            f"{self.field}.source", f"does not compile: {message}", reason="helper_compile"
        )

    def failed(self, run: CaseRun, when: str) -> BadTask:
        """What to raise when it failed where no candidate was involved."""
        how = (
            f"exit code {run.exit_code}"
            if run.status is RunStatus.EXITED
            else f"{run.status.value.replace('_', ' ')} {run.signal or ''}".strip()
        )
        return BadTask(self.field, f"the program failed {when}: {how}", reason="helper_failed")
