"""A verifier that is well declared, and ways to declare one badly."""

from adjudge_verifiers.contract import Budget, Example, Outcome, TaskParameters, Verdict, Verifier


class Parameters(TaskParameters):
    """No parameters of its own."""


class Good(Verifier[Parameters, None]):
    name = "good"
    version = "1.2.3"
    summary = "Everything is right."
    parameters_type = Parameters
    examples = (Example({}, "yes", Outcome.CORRECT),)

    def prepare(self, parameters):
        del parameters

    def judge(self, prepared, completion):
        del prepared, completion
        return Verdict.correct()


class Second(Good):
    name = "second"


class FailsToWarm(Good):
    name = "fails-to-warm"

    def warm(self):
        raise OSError("no table\nto be found")


class ExitsWhenWarmed(Good):
    name = "exits-when-warmed"

    def warm(self):
        raise SystemExit(3)


class FailsToBeMade(Good):
    name = "fails-to-be-made"

    def __init__(self):
        raise RuntimeError("no licence")


class NeedsALibrary(Good):
    name = "needs-a-library"
    requires = ("no_such_library_anywhere",)
    extra = "heavy"


class WithoutJudge(Verifier[Parameters, None]):
    name = "without-judge"

    def prepare(self, parameters):
        del parameters


class WithoutAttributes(Verifier[Parameters, None]):
    def prepare(self, parameters):
        del parameters

    def judge(self, prepared, completion):
        del prepared, completion


class WithoutExamples(Good):
    name = "without-examples"
    examples = ()


class ExampleIsATuple(Good):
    name = "example-is-a-tuple"
    examples = (({}, "yes", Outcome.CORRECT),)


class ExampleIsNoJson(Good):
    name = "example-is-no-json"
    examples = (Example({"x": float("nan")}, "yes", Outcome.CORRECT),)


class BudgetIsANumber(Good):
    name = "budget-is-a-number"
    budget = 3.0


class RequiresIsAText(Good):
    name = "requires-is-a-text"
    requires = "rdkit"


class RequiresASubmodule(Good):
    name = "requires-a-submodule"
    requires = ("rdkit.Chem",)


class BlankSummary(Good):
    name = "blank-summary"
    summary = " "


class ParametersAreNone(Good):
    name = "parameters-are-none"
    parameters_type = Budget


class NotAVerifier:
    name = "not-a-verifier"


def a_function():
    """Not a class at all."""
