"""The verifier ``mathematics``: is the final answer what the reference says?"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, ClassVar

from adjudge_verifiers.contract import (
    MIB,
    Answer,
    BadTask,
    Budget,
    Example,
    GroupsAnswers,
    Outcome,
    Verdict,
    Verifier,
)
from adjudge_verifiers.extraction import AnswerPolicy, extract
from adjudge_verifiers.mathematics.errors import BeyondLimits, MathematicsError, Undefined
from adjudge_verifiers.mathematics.parameters import MathematicsOptions, MathematicsParameters
from adjudge_verifiers.mathematics.prose import last_formulas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge_verifiers.extraction import Extraction
    from adjudge_verifiers.mathematics.decision import Decision, Rules
    from adjudge_verifiers.mathematics.ladder import Parsed

_SENTENCE_WORDS = 4
_ONE_FORMULA = 2
"""Dollar signs of a text with one formula."""
_MEMO_CHARACTERS = 1_024
_MEMO_ANSWERS = 256
"""Answers of one group whose verdicts are kept."""
_REFERENCE_POLICY = AnswerPolicy(sources=("boxed", "final_line", "whole"))
_DECORATION = re.compile(r"\\(?:text|textbf|mathrm|mathbf|textit|mbox|bf|rm)\b|[{}$*\s]")
_CHOICE = re.compile(r"(?:option|choice|answer)?[(\[]?([A-J])(?:[)\].:]+(.*))?", re.IGNORECASE)
_NO_CHOICE = frozenset("0123456789+-.|=<>")
"""What no choice begins with."""
_OTHER_CHOICE = re.compile(r"^[A-J]$|[(\[]?[A-J][)\].]|\bor\b")


@dataclasses.dataclass(frozen=True, slots=True)
class PreparedMathematics:
    """References ready to compare with; ``choice`` is the letter when one of them is a choice.

    ``memo``: verdicts by answer and source, so that equal answers of a group are judged once.
    """

    references: tuple[Parsed, ...]
    choice: str
    rules: Rules
    extraction: AnswerPolicy
    memo: dict[tuple[str, str], Verdict] = dataclasses.field(default_factory=dict, compare=False)


class Mathematics(
    Verifier[MathematicsParameters, PreparedMathematics], GroupsAnswers[MathematicsOptions]
):
    """Judges final answers by a ladder of exact rungs; SymPy is the last and never sees text."""

    name = "mathematics"
    version = "1.0.0"
    summary = "Says whether a mathematical answer is equivalent to the reference."
    parameters_type = MathematicsParameters
    options_type = MathematicsOptions
    budget = Budget(cpu_seconds=1.0, wall_seconds=3.0, memory_bytes=512 * MIB)
    examples: ClassVar[Sequence[Example]] = (
        Example({"reference": r"\frac{1}{2}"}, r"So it is \boxed{0.5}.", Outcome.CORRECT),
        Example({"reference": "x^2+2x+1"}, "The answer is $(x+1)^2$.", Outcome.CORRECT),
        Example({"reference": "(-2, 3]"}, r"\boxed{-2 < x \leq 3}", Outcome.CORRECT),
        Example({"reference": "3"}, r"\boxed{3 \text{ or } 4}", Outcome.INCORRECT),
        Example({"reference": "3 km"}, r"\boxed{3\text{ m}}", Outcome.INCORRECT),
        Example({"reference": "1/3"}, "<think>1/3", Outcome.NO_ANSWER),
        Example({"reference": "2"}, r"\boxed{\frac{1}{}", Outcome.INVALID_ANSWER),
        Example({"reference": r"\frac{1}{"}, r"\boxed{1}", Outcome.BAD_TASK),
    )

    def warm(self) -> None:
        """Load the grammar, ball arithmetic and SymPy."""
        from adjudge_verifiers.mathematics import reading, sympy_bridge  # noqa: PLC0415

        reading.read(r"\frac{1}{2}")
        sympy_bridge.warm()

    def prepare(self, parameters: MathematicsParameters) -> PreparedMathematics:
        """Parse the references. Raises BadTask for one that does not parse."""
        from adjudge_verifiers.mathematics.decision import Rules  # noqa: PLC0415

        given = parameters.reference
        texts = [given] if isinstance(given, str) else given
        if not texts:
            raise BadTask("reference", "expected at least one reference, got an empty list")
        references: list[Parsed] = []
        choice = ""
        for index, text in enumerate(texts):
            field = "reference" if isinstance(given, str) else f"reference[{index}]"
            references.append(_read_reference(text, field))
            choice = _choice_of(text) or choice
        rules = Rules(rounding=parameters.rounding == "reference", order=parameters.order)
        return PreparedMathematics(tuple(references), choice, rules, parameters.extraction)

    def judge(self, prepared: PreparedMathematics, completion: str) -> Verdict:
        """Judge one completion against one prepared task."""
        found = extract(completion, prepared.extraction)
        if found.answer is None:
            outcome = Outcome.INVALID_ANSWER if found.reason == "ambiguous" else Outcome.NO_ANSWER
            return Verdict.fault(outcome, reason=found.reason, message=found.message)
        if len(found.answer) > _MEMO_CHARACTERS:
            return _judged(prepared, found)
        verdict = prepared.memo.get((found.answer, found.how))
        if verdict is None:
            verdict = _judged(prepared, found)
            if len(prepared.memo) < _MEMO_ANSWERS:
                prepared.memo[found.answer, found.how] = verdict
        return verdict

    def read_answer(self, options: MathematicsOptions, completion: str) -> Answer | None:
        """What the completion gives as its answer; an unevaluated integral or sum is none."""
        from adjudge_verifiers.mathematics.ladder import is_unevaluated  # noqa: PLC0415
        from adjudge_verifiers.mathematics.reading import read  # noqa: PLC0415
        from adjudge_verifiers.mathematics.scalars import plain_number  # noqa: PLC0415

        found = extract(completion, options.extraction)
        if found.answer is None:
            return None
        choice = _choice_of(found.answer)
        try:
            answer, parsed = (choice, read(choice)) if choice else _read_answer(found)
            number = plain_number(parsed.node) if parsed.other is None else None
        except MathematicsError:
            return None
        if is_unevaluated(parsed) or (found.how == "whole" and _is_prose(answer)):
            return None
        return Answer(parsed.text, (parsed, number))

    def same(self, options: MathematicsOptions, one: Answer, other: Answer) -> bool:
        """Whether the ladder proves two answers equal; decimals are taken as exact.

        SymPy is not asked: one answer that keeps it busy would cost its whole group the vote.
        """
        from adjudge_verifiers.mathematics.decision import Rules  # noqa: PLC0415
        from adjudge_verifiers.mathematics.ladder import compare_readings  # noqa: PLC0415

        (left, number), (right, other_number) = one.value, other.value
        if number is not None and other_number is not None:
            return bool(number == other_number)
        rules = Rules(rounding=False, order=options.order, sympy=False)
        try:
            return compare_readings(left, right, rules).equal is True
        except (BeyondLimits, Undefined):
            return False


def _judged(prepared: PreparedMathematics, found: Extraction) -> Verdict:
    """The verdict on an answer that was found."""
    text = found.answer or ""
    letter = _choice_of(text) if prepared.choice else ""
    if letter:
        right = letter == prepared.choice
        return _verdict(right=right, rung="choice", answer=text, how=found.how)
    try:
        answer, parsed = _read_answer(found)
    except MathematicsError as error:
        return _invalid(error, text)
    verdict = _compare(prepared, parsed, answer, found.how)
    if found.how == "whole" and verdict.reward == 0.0 and _is_prose(answer):
        return Verdict.fault(
            Outcome.NO_ANSWER, reason="no_answer", message="The completion states no answer."
        )
    return verdict


def _is_prose(text: str) -> bool:
    """Words alone, or an empty box: a whole completion like this has no answer in it."""
    return not any(character.isdigit() for character in text) and (
        len(text.split()) >= _SENTENCE_WORDS or "\\boxed" in text or "\\fbox" in text
    )


def _read_reference(text: str, field: str) -> Parsed:
    from adjudge_verifiers.mathematics.reading import read  # noqa: PLC0415

    found = extract(text, _REFERENCE_POLICY)
    answer = found.answer
    if answer is None:
        raise BadTask(field, "expected an answer, got nothing but blanks", reason="bad_reference")
    try:
        parsed = read(answer)
    except MathematicsError as error:
        if found.how == "whole" and answer.count("$") == _ONE_FORMULA:
            inner = answer.split("$")[1].strip()
            if inner and inner != answer.strip("$"):
                return _read_reference(inner, field)
        shown = answer if len(answer) <= 80 else answer[:77] + "…"  # noqa: PLR2004
        raise BadTask(
            field, f"cannot be read as mathematics ({error}): {shown!r}", reason="bad_reference"
        ) from error
    return parsed


def _choice_of(text: str) -> str:
    """The letter of a multiple-choice answer, perhaps with its value; "" when it is none."""
    if len(text) > 400 or text[0] in _NO_CHOICE:  # noqa: PLR2004 - no choice is longer
        return ""
    match = _CHOICE.fullmatch(_DECORATION.sub("", text).rstrip("."))
    if match is None or not match[1].isupper() or _OTHER_CHOICE.search(match[2] or ""):
        return ""
    return match[1]


def _read_answer(found: Extraction) -> tuple[str, Parsed]:
    """The answer and what it reads as. Raises MathematicsError."""
    from adjudge_verifiers.mathematics.reading import read  # noqa: PLC0415

    answer = found.answer or ""
    try:
        return answer, read(answer)
    except MathematicsError as error:
        for formula in _formulas(found, error):
            try:
                return formula, read(formula)
            except MathematicsError:
                continue  # the next place where the answer may stand
        raise


def _formulas(found: Extraction, error: MathematicsError) -> list[str]:
    """Where else an answer may stand in prose; nowhere when its place was marked."""
    answer = found.answer or ""
    if found.how not in ("final_line", "whole") or isinstance(error, BeyondLimits):
        return []
    return [] if "\\boxed" in answer else last_formulas(answer)


def _compare(prepared: PreparedMathematics, parsed: Parsed, answer: str, how: str) -> Verdict:
    from adjudge_verifiers.mathematics.ladder import equivalent  # noqa: PLC0415

    last: Decision | None = None
    for reference in prepared.references:
        try:
            decision = equivalent(reference, parsed, prepared.rules)
        except (BeyondLimits, Undefined) as error:
            return _invalid(error, answer)
        if decision.equal:
            return _verdict(right=True, rung=decision.rung, answer=answer, how=how)
        if last is None or decision.equal is None:
            last = decision
    assert last is not None  # noqa: S101 - there is at least one reference
    if last.equal is None:
        return Verdict.incorrect(
            reason="undecided",
            message="No rung could prove the answer equal to the reference.",
            answer=answer,
            decided_by="undecided",
            details={"extracted_by": how},
        )
    return _verdict(right=False, rung=last.rung, answer=answer, how=how)


def _verdict(*, right: bool, rung: str, answer: str, how: str) -> Verdict:
    more: dict[str, Any] = {"answer": answer, "decided_by": rung, "details": {"extracted_by": how}}
    if right:
        return Verdict.correct(message="The answer is equivalent to the reference.", **more)
    reason = "unevaluated" if rung == "unevaluated" else "values_differ"
    message = (
        "The answer leaves an integral, sum, limit or derivative unevaluated."
        if rung == "unevaluated"
        else "The answer differs from the reference."
    )
    return Verdict.incorrect(reason=reason, message=message, **more)


def _invalid(error: MathematicsError, answer: str) -> Verdict:
    return Verdict.fault(
        Outcome.INVALID_ANSWER,
        reason=error.reason,
        message=f"The answer cannot be read: {error}."[:1000],
        answer=answer[:1024],
        decided_by="grammar",
    )
