"""Verifiers that break one rule each, to show that the conformance suite sees it."""

import itertools

from pydantic import ConfigDict, Field

from adjudge_verifiers.contract import (
    Answer,
    Budget,
    Example,
    GroupsAnswers,
    Outcome,
    TaskParameters,
    Verdict,
    Verifier,
)


class Wanted(TaskParameters):
    """A word, and how often."""

    word: str = "yes"
    times: int = Field(default=1, ge=1, le=3)


class Echo(Verifier[Wanted, str]):
    """Conforms: the completion must be the word."""

    name = "echo"
    version = "1"
    summary = "The completion must be the word."
    parameters_type = Wanted
    examples = (
        Example({}, "yes", Outcome.CORRECT),
        Example({"word": "no"}, "yes", Outcome.INCORRECT),
        Example({"times": 9}, "yes", Outcome.BAD_TASK),
    )

    def prepare(self, parameters):
        return parameters.word

    def judge(self, prepared, completion):
        if completion.strip() == prepared:
            return Verdict.correct()
        return Verdict.incorrect(reason="other_word")


class Fold(TaskParameters):
    """Whether case counts."""

    case: bool = False


class GroupingEcho(Echo, GroupsAnswers[Fold]):
    """Conforms, and groups."""

    options_type = Fold

    def read_answer(self, options, completion):
        text = completion.strip()
        return Answer(text, text if options.case else text.lower()) if text else None


class Raises(Echo):
    breaks = "odd_completion"

    def judge(self, prepared, completion):
        if "\0" in completion:
            raise ValueError(completion)
        return super().judge(prepared, completion)


class Exits(Echo):
    breaks = "odd_completion"

    def judge(self, prepared, completion):
        if not completion:
            raise SystemExit
        return super().judge(prepared, completion)


class ForgetsToReturn(Echo):
    breaks = "odd_completion"

    def judge(self, prepared, completion):
        return super().judge(prepared, completion) if "yes" in completion else None


class BlamesTheTask(Echo):
    breaks = "odd_completion"

    def judge(self, prepared, completion):
        if not completion.isascii():
            return Verdict.not_judged(Outcome.BAD_TASK, reason="bad_text", message="Not ASCII.")
        return super().judge(prepared, completion)


class PaysForNothing(Echo):
    breaks = "empty_completion"

    def judge(self, prepared, completion):
        return super().judge(prepared, completion) if completion.strip() else Verdict.correct()


class ThrowsDice(Echo):
    breaks = "deterministic"
    throws = itertools.count()

    def judge(self, prepared, completion):
        verdict = super().judge(prepared, completion)
        return Verdict(
            verdict.outcome, verdict.reward, verdict.reason, details={"throw": next(self.throws)}
        )


class Remembers(Echo):
    breaks = "order"
    deterministic = False

    def prepare(self, parameters):
        return [parameters.word]

    def judge(self, prepared, completion):
        prepared.append(completion)
        return super().judge(prepared[-2] if len(prepared) > 5 else prepared[0], completion)


class TellsNan(Echo):
    breaks = "details"

    def judge(self, prepared, completion):
        score = {"score": float("inf")}
        if completion.strip() == prepared:
            return Verdict.correct(details=score)
        return Verdict.incorrect(reason="other_word", details=score)


class ReasonIsASentence(Echo):
    breaks = "reason"

    def judge(self, prepared, completion):
        if completion.strip() == prepared:
            return Verdict.correct()
        return Verdict.incorrect(reason="Another word!")


class AnswerIsANumber(Echo):
    breaks = "text"

    def judge(self, prepared, completion):
        if completion.strip() == prepared:
            return Verdict.correct(answer=1)
        return Verdict.incorrect(reason="other_word")


class AnswerIsHalfACharacter(Echo):
    breaks = "text"

    def judge(self, prepared, completion):
        if completion.strip() == prepared:
            return Verdict.correct(answer="\ud800")
        return Verdict.incorrect(reason="other_word")


class WrongExample(Echo):
    breaks = "example"
    examples = (*Echo.examples, Example({}, "no", Outcome.CORRECT))


class OnlyRightExamples(Echo):
    breaks = "examples"
    examples = (Example({}, "yes", Outcome.CORRECT),)


class OnlyWrongExamples(Echo):
    breaks = "examples"
    examples = (Example({}, "no", Outcome.INCORRECT),)


class Slow(Echo):
    breaks = "example_time"
    budget = Budget(cpu_seconds=0.001)

    def judge(self, prepared, completion):
        sum(range(200_000))
        return super().judge(prepared, completion)


class CannotWarm(Echo):
    breaks = "warm"

    def warm(self):
        raise OSError("no table")


class Undeclared(Echo):
    breaks = "declaration"
    summary = ""


class LaxParameters(Wanted):
    model_config = ConfigDict(extra="ignore")


class AcceptsUnknownFields(Echo):
    breaks = "unknown_field"
    parameters_type = LaxParameters


class NanParameters(TaskParameters):
    model_config = ConfigDict(allow_inf_nan=True)
    tolerance: float = 0.5


class AcceptsNan(Echo):
    breaks = "nan"
    parameters_type = NanParameters
    examples = (
        Example({}, "yes", Outcome.CORRECT),
        Example({"tolerance": 0.1}, "no", Outcome.INCORRECT),
    )

    def prepare(self, parameters):
        del parameters
        return "yes"


class UnsoundSchema(Wanted):
    model_config = ConfigDict(json_schema_extra={"propertyNames": {"pattern": "("}})


class PublishesAnUnsoundSchema(Echo):
    breaks = "schema"
    parameters_type = UnsoundSchema


class RaisesOverAnAnswer(GroupingEcho):
    breaks = "read_answer"

    def read_answer(self, options, completion):
        if "\0" in completion:
            raise ValueError(completion)
        return super().read_answer(options, completion)


class FindsAnswersInNothing(GroupingEcho):
    breaks = "read_answer"

    def read_answer(self, options, completion):
        del options
        return Answer(completion, completion)


class ReturnsText(GroupingEcho):
    breaks = "read_answer"

    def read_answer(self, options, completion):
        answer = super().read_answer(options, completion)
        return answer and answer.text


class ComparesOneWay(GroupingEcho):
    breaks = "symmetric"

    def same(self, options, one, other):
        del options
        return len(one.text) <= len(other.text)


class DiffersFromItself(GroupingEcho):
    breaks = "reflexive"

    def same(self, options, one, other):
        return super().same(options, one, other) and one.text != "yes"


class RaisesOverTwoAnswers(GroupingEcho):
    breaks = "same"

    def same(self, options, one, other):
        if len(one.text) != len(other.text):
            raise ValueError(one.text)
        return super().same(options, one, other)


class Demanding(TaskParameters):
    case: bool


class DemandsOptions(GroupingEcho):
    breaks = "options_default"
    options_type = Demanding


class UndeclaredOptions(GroupingEcho):
    breaks = "declaration"
    options_type = None


class PublishesUnsoundOptions(GroupingEcho):
    breaks = "options_schema"
    options_type = type("Odd", (UnsoundSchema, Fold), {})


BROKEN = [
    each for each in list(globals().values()) if isinstance(each, type) and hasattr(each, "breaks")
]
