"""A test verifier whose judgement takes as long as the completion says."""

from __future__ import annotations

import time

from adjudge_verifiers.contract import Budget, Example, Outcome, TaskParameters, Verdict, Verifier


class SleepingParameters(TaskParameters):
    """None but what all share."""


class Sleeping(Verifier[SleepingParameters, None]):
    """Sleeps for the number of milliseconds that the completion is."""

    name = "sleeping"
    version = "1.0.0"
    summary = "Sleeps for as many milliseconds as the completion says."
    parameters_type = SleepingParameters
    budget = Budget(cpu_seconds=1.0, wall_seconds=20.0)
    examples = (
        Example({}, "1", Outcome.CORRECT),
        Example({}, "not a number", Outcome.INVALID_ANSWER),
    )

    def prepare(self, parameters: SleepingParameters) -> None:
        """Nothing to prepare."""

    def judge(self, prepared: None, completion: str) -> Verdict:  # noqa: ARG002 - the contract's name
        """Sleep, then say that the answer is right."""
        if not completion.isdigit():
            return Verdict.fault(Outcome.INVALID_ANSWER, reason="not_a_number")
        time.sleep(int(completion) / 1000)
        return Verdict.correct(answer=completion)
