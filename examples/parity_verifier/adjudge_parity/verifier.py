"""The verifier ``parity``."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from adjudge_verifiers.contract import Budget, Example, Outcome, TaskParameters, Verdict, Verifier
from adjudge_verifiers.extraction import AnswerPolicy, extract

_POLICY = AnswerPolicy(sources=("tags",), several="strict")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,100}")


class ParityParameters(TaskParameters):
    """What a task asks for."""

    want: Literal["even", "odd"] = Field(description="Which kind of number is right.")


class Parity(Verifier[ParityParameters, int]):
    """Says whether the number in the `<answer>` tags is even or odd, as asked."""

    name = "parity"
    version = "1.0.0"
    summary = "Says whether the answer is an even or an odd whole number, as asked."
    parameters_type = ParityParameters
    budget = Budget(cpu_seconds=0.5, wall_seconds=2.0)
    examples = (
        Example({"want": "even"}, "<answer>4</answer>", Outcome.CORRECT),
        Example({"want": "even"}, "<answer>7</answer>", Outcome.INCORRECT),
        Example({"want": "odd"}, "<answer>seven</answer>", Outcome.INVALID_ANSWER),
        Example({"want": "odd"}, "It is seven.", Outcome.NO_ANSWER),
    )

    def prepare(self, parameters: ParityParameters) -> int:
        """The remainder by two that is right."""
        return 0 if parameters.want == "even" else 1

    def judge(self, prepared: int, completion: str) -> Verdict:
        """Extract, check the form, decide."""
        found = extract(completion, _POLICY)
        if found.answer is None:
            fault = Outcome.INVALID_ANSWER if found.reason == "ambiguous" else Outcome.NO_ANSWER
            return Verdict.fault(fault, reason=found.reason, message=found.message)
        if not _WHOLE_NUMBER.fullmatch(found.answer):
            message = "Expected a whole number of at most 100 digits."
            return Verdict.fault(
                Outcome.INVALID_ANSWER, reason="no_number", message=message, answer=found.answer
            )
        if int(found.answer) % 2 == prepared:
            return Verdict.correct(answer=found.answer, decided_by="remainder")
        return Verdict.incorrect(reason="other_parity", answer=found.answer, decided_by="remainder")
