"""Verifiers that decide nothing, for measuring everything else, and for dying in tests."""

from __future__ import annotations

import os
import time
from typing import Annotated, ClassVar

from pydantic import Field

from adjudge_verifiers.contract import (
    Budget,
    Example,
    Outcome,
    TaskParameters,
    Verdict,
    Verifier,
)


class NoopParameters(TaskParameters):
    """Parameters of ``noop`` and ``fatal``."""

    reference: str = ""
    seconds: Annotated[float, Field(ge=0, le=60)] = Field(
        default=0.0, description="How long to sleep over each candidate."
    )


class Noop(Verifier[NoopParameters, NoopParameters]):
    """Says correct to everything but the word "wrong"."""

    name = "noop"
    version = "1.0.0"
    summary = "Says correct to everything but the word wrong."
    parameters_type = NoopParameters
    budget = Budget(cpu_seconds=10.0, wall_seconds=30.0)
    examples: ClassVar = (
        Example({"reference": ""}, "right", Outcome.CORRECT),
        Example({"reference": ""}, "wrong", Outcome.INCORRECT),
    )

    def prepare(self, parameters: NoopParameters) -> NoopParameters:
        """Nothing to prepare."""
        return parameters

    def judge(self, prepared: NoopParameters, completion: str) -> Verdict:
        """Sleep as told, then decide."""
        if prepared.seconds:
            time.sleep(prepared.seconds)
        if completion == "wrong":
            return Verdict.incorrect(reason="word")
        return Verdict.correct(answer=completion[:32], decided_by="noop")


class Fatal(Noop):
    """As ``noop``, but ends its own process over the completion "die"."""

    name = "fatal"

    def judge(self, prepared: NoopParameters, completion: str) -> Verdict:
        """End at once, without a word, or decide."""
        if completion == "die":
            os._exit(9)
        return super().judge(prepared, completion)
