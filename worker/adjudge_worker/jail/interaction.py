"""Two programs that talk, each in its own keeper: two pipes between them, and nothing else.

No byte of the conversation passes through the slot. What one program writes and the other does not
read waits in the pipe, so that a flood costs its sender time and nobody memory.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adjudge_verifiers.sandbox import CaseRun, SandboxStopped, StdinCase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adjudge_worker.jail.one_program import OneProgram

_NOTHING = StdinCase(b"")


class Interactions(Iterator[tuple[CaseRun, CaseRun]]):
    """The conversations of a candidate with its partner; the cases are the partner's.

    All processes of both are gone after the last one, or when closed.
    """

    def __init__(
        self, candidate: OneProgram, partner: OneProgram, cases: Iterable[StdinCase]
    ) -> None:
        self._candidate = candidate
        self._partner = partner
        self._cases = iter(cases)

    def __next__(self) -> tuple[CaseRun, CaseRun]:
        case = next(self._cases, None)
        if case is None:
            self.close()
            raise StopIteration
        try:
            return self._hold(case)
        except SandboxStopped:
            self.close()
            raise

    def close(self) -> None:
        """End both programs; what is left is not run."""
        self._cases = iter(())
        self._candidate.close()
        self._partner.close()

    def _hold(self, case: StdinCase) -> tuple[CaseRun, CaseRun]:
        self._candidate.make_ready()
        self._partner.make_ready()
        with contextlib.ExitStack() as ends:  # ours close before anybody waits: see Keeper.begin
            to_candidate, from_partner = _pipe(ends)
            to_partner, from_candidate = _pipe(ends)
            started = time.monotonic()
            self._candidate.start(_NOTHING, (to_candidate, from_candidate))
            self._partner.start(case, (to_partner, from_partner))
        return _since(started, self._candidate), _since(started, self._partner)


def _since(started: float, one: OneProgram) -> CaseRun:
    """The run of a program, its time counted from when both were started: so they compare."""
    run = one.finish()
    return dataclasses.replace(run, wall_seconds=max(0.0, one.ended_at - started))


def _pipe(ends: contextlib.ExitStack) -> tuple[int, int]:
    """The reading and the writing end, which close with ``ends``."""
    reading, writing = os.pipe2(os.O_CLOEXEC)
    ends.callback(os.close, reading)
    ends.callback(os.close, writing)
    return reading, writing
