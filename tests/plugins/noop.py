"""A verifier that decides nothing: what is left is the cost of the way."""

from adjudge_verifiers.contract import Example, Outcome, TaskParameters, Verdict, Verifier


class NoopParameters(TaskParameters):
    reference: str = ""


class Noop(Verifier[NoopParameters, str]):
    name = "noop"
    version = "1.0.0"
    summary = "Says correct to everything but the word wrong."
    parameters_type = NoopParameters
    examples = (
        Example({"reference": ""}, "right", Outcome.CORRECT),
        Example({"reference": ""}, "wrong", Outcome.INCORRECT),
    )

    def prepare(self, parameters):
        return parameters.reference

    def judge(self, prepared, completion):
        if completion == "wrong":
            return Verdict.incorrect(reason="word")
        return Verdict.correct(answer=completion[:32], decided_by="noop")
