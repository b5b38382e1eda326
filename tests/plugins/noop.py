"""Verifiers that judge nothing: for measuring everything else, and for dying in tests."""

from __future__ import annotations

import os
import signal
import time
from typing import Annotated, ClassVar

from adjudge_verifiers.contract import (
    Budget,
    Example,
    Outcome,
    TaskParameters,
    Verdict,
    Verifier,
)
from pydantic import Field


class NoopParameters(TaskParameters):
    """Parameters of ``noop`` and ``fatal``."""

    seconds: Annotated[float, Field(ge=0, le=60)] = Field(
        default=0.0, description="How long to sleep over each candidate."
    )
    cpu: Annotated[float, Field(ge=0, le=60)] = Field(
        default=0.0, description="How long to compute over each candidate, in seconds."
    )


class Noop(Verifier[NoopParameters, NoopParameters]):
    """Finds every completion that holds "yes" right, and every other one wrong."""

    name = "noop"
    version = "1"
    summary = "Judges nothing, for benchmarks and tests."
    parameters_type = NoopParameters
    budget = Budget(cpu_seconds=10.0, wall_seconds=30.0)
    examples: ClassVar = (
        Example({}, "yes", Outcome.CORRECT),
        Example({}, "no", Outcome.INCORRECT),
    )

    def prepare(self, parameters: NoopParameters) -> NoopParameters:
        """Nothing to prepare."""
        return parameters

    def judge(self, prepared: NoopParameters, completion: str) -> Verdict:
        """Sleep and compute as told, then look for "yes"."""
        if prepared.seconds:
            time.sleep(prepared.seconds)
        if prepared.cpu:
            until = time.process_time() + prepared.cpu
            while time.process_time() < until:
                pass
        if "yes" in completion:
            return Verdict.correct(decided_by="noop")
        return Verdict.incorrect(reason="no_yes")


class Fatal(Noop):
    """As ``noop``, but kills its own process over a completion that holds "die"."""

    name = "fatal"

    def judge(self, prepared: NoopParameters, completion: str) -> Verdict:
        """SIGKILL ourselves, or judge."""
        if "die" in completion:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().judge(prepared, completion)

