"""The verifier ``mathematics``: is the final answer what the reference says?"""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING, ClassVar

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
from adjudge_verifiers.mathematics import verdicts
from adjudge_verifiers.mathematics.errors import BeyondLimits, MathematicsError, Undefined
from adjudge_verifiers.mathematics.parameters import MathematicsOptions, MathematicsParameters
from adjudge_verifiers.mathematics.prose import last_formulas, last_statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adjudge_verifiers.extraction import Extraction
    from adjudge_verifiers.mathematics.choices import Choices
    from adjudge_verifiers.mathematics.decision import Decision, Order, Rules, Units
    from adjudge_verifiers.mathematics.ladder import Parsed
    from adjudge_verifiers.mathematics.parameters import RequiredForm, Tolerance

_SENTENCE_WORDS = 4
_ONE_FORMULA = 2
"""Dollar signs of a text with one formula."""
_MEMO_CHARACTERS = 1_024
_MEMO_ANSWERS = 256
"""Answers of one group whose verdicts are kept."""
_REFERENCE_POLICY = AnswerPolicy(sources=("boxed", "final_line", "whole"))
_DECORATION = re.compile(r"\\(?:text|textbf|mathrm|mathbf|textit|mbox|bf|rm)\b|[{}$*\s]")
_CHOICE = re.compile(r"(?:option|choice|answer)?[(\[]?([A-J])(?:[)\].:]+(.*))?", re.IGNORECASE)
_BRACKETED_LETTER = re.compile(r"\([a-j]\)\.?")
_PROSE_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{4}")
_NO_CHOICE = frozenset("0123456789+-.|=<>")
"""What no choice begins with."""
_OTHER_CHOICE = re.compile(r"^[A-J]$|[(\[]?[A-J][)\].]|\bor\b")


@dataclasses.dataclass(frozen=True, slots=True)
class PreparedMathematics:
    """References ready to compare with; ``choice`` is the letter when one of them is a choice.

    ``choices`` and ``wanted``: the table of choices and the letters of the right ones.
    ``memo``: verdicts by answer and source, so that equal answers of a group are judged once.
    """

    references: tuple[Parsed, ...]
    choice: str
    rules: Rules
    extraction: AnswerPolicy
    choices: Choices | None = None
    wanted: frozenset[str] = frozenset()
    required_form: RequiredForm | None = None
    explain: bool = False
    principal_roots: bool = False
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
        Example(
            {"reference": "1/2", "required_form": "lowest_terms"},
            r"\boxed{2/4}",
            Outcome.INCORRECT,
        ),
        Example(
            {"reference": "B", "choices": {"A": "11", "B": "12"}},
            "The answer is (B) 12.",
            Outcome.CORRECT,
        ),
        Example({"reference": "1/3"}, "<think>1/3", Outcome.NO_ANSWER),
        Example({"reference": "2"}, r"\boxed{\frac{1}{}", Outcome.INVALID_ANSWER),
        Example({"reference": r"\frac{1}{"}, r"\boxed{1}", Outcome.BAD_TASK),
    )

    def warm(self) -> None:
        """Load the grammar, ball arithmetic, SymPy and what only some options need."""
        from adjudge_verifiers.mathematics import (  # noqa: F401, PLC0415
            choices,
            differences,
            forms,
            principal,
            reading,
            sympy_bridge,
        )

        reading.read(r"\frac{1}{2}")
        sympy_bridge.warm()

    def prepare(self, parameters: MathematicsParameters) -> PreparedMathematics:
        """Parse the references. Raises BadTask for one that does not parse."""
        given = parameters.reference
        texts = [given] if isinstance(given, str) else given
        if not texts:
            raise BadTask("reference", "expected at least one reference, got an empty list")
        fields = ["reference"] if isinstance(given, str) else []
        fields = fields or [f"reference[{index}]" for index in range(len(texts))]
        rules = _rules(
            parameters.rounding, parameters.order, parameters.units, parameters.tolerance
        )
        if parameters.choices is not None:
            return _prepare_choices(parameters, rules, dict(zip(fields, texts, strict=True)))
        principal = parameters.odd_roots == "principal"
        references: list[Parsed] = []
        choice = ""
        for field, text in zip(fields, texts, strict=True):
            reference = _read_reference(text, field)
            references.append(_with_principal_roots(reference) if principal else reference)
            choice = _choice_of(text) or choice
        return PreparedMathematics(
            tuple(references),
            choice,
            rules,
            parameters.extraction,
            required_form=parameters.required_form,
            explain=parameters.explain,
            principal_roots=principal,
        )

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
        if options.odd_roots == "principal":
            parsed = _with_principal_roots(parsed)
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
        rules = Rules(rounding=False, order=options.order, units=options.units, sympy=False)
        try:
            return compare_readings(left, right, rules).equal is True
        except (BeyondLimits, Undefined):
            return False


@functools.lru_cache(maxsize=64)
def _rules(rounding: str, order: Order, units: Units, allowed: Tolerance | None) -> Rules:
    from adjudge_verifiers.mathematics.decision import Rules  # noqa: PLC0415
    from adjudge_verifiers.mathematics.tolerance import exactly  # noqa: PLC0415

    return Rules(
        rounding=rounding == "reference",
        order=order,
        units=units,
        tolerance=None
        if allowed is None
        else (exactly(allowed.relative), exactly(allowed.absolute)),
    )


def _prepare_choices(
    parameters: MathematicsParameters, rules: Rules, texts: dict[str, str]
) -> PreparedMathematics:
    """A task with a table of choices. Raises BadTask for a reference that is none of them."""
    from adjudge_verifiers.mathematics.choices import prepare_choices  # noqa: PLC0415

    assert parameters.choices is not None  # noqa: S101 - the caller's promise
    if parameters.required_form is not None:
        raise BadTask("required_form", "a choice has no form: leave out choices or required_form")
    choices = prepare_choices(parameters.choices, rules)
    wanted = set()
    for field, text in texts.items():
        letter = choices.meant(extract(text, _REFERENCE_POLICY).answer or "")
        if not letter:
            raise BadTask(
                field,
                f"expected a letter of choices ({', '.join(parameters.choices)}) or what one of "
                f"them says, got {text[:80]!r}",
                reason="bad_reference",
            )
        wanted.add(letter)
    return PreparedMathematics(
        (), "", rules, parameters.extraction, choices=choices, wanted=frozenset(wanted)
    )


def _judged(prepared: PreparedMathematics, found: Extraction) -> Verdict:
    """The verdict on an answer that was found."""
    text = found.answer or ""
    if prepared.choices is not None:
        return _chosen(prepared, prepared.choices, found)
    letter = _choice_of(text.upper() if _BRACKETED_LETTER.fullmatch(text) else text)
    letter = letter if prepared.choice else ""
    if letter:
        make = verdicts.right if letter == prepared.choice else verdicts.wrong
        return make("choice", text, found.how)
    try:
        answer, parsed = _read_answer(found)
    except MathematicsError as error:
        return verdicts.invalid(error, text)
    verdict = _compare(prepared, parsed, answer, found.how)
    if found.how == "whole" and verdict.reward == 0.0 and "\\boxed" not in answer:
        verdict = _in_prose(prepared, answer) or verdict
    if prepared.required_form is not None and verdict.outcome is Outcome.CORRECT:
        return _in_form(prepared, verdict, parsed)
    if found.how == "whole" and verdict.reward == 0.0 and _is_prose(answer):
        return _no_answer()
    return verdict


def _in_prose(prepared: PreparedMathematics, text: str) -> Verdict | None:
    """The verdict on the last formula of prose that was read as something else; None: no better."""
    from adjudge_verifiers.mathematics.reading import read  # noqa: PLC0415

    formulas = last_formulas(text) if _PROSE_WORD.search(text) else []
    try:
        verdict = _compare(prepared, read(formulas[0]), formulas[0], "whole") if formulas else None
    except MathematicsError:
        return None
    return verdict if verdict and verdict.outcome is Outcome.CORRECT else None


def _chosen(prepared: PreparedMathematics, choices: Choices, found: Extraction) -> Verdict:
    """The verdict on an answer to a question with a table of choices."""
    text = found.answer or ""
    letter = choices.meant(text)
    if not letter and found.how in ("final_line", "whole"):
        letter = next((one for part in last_formulas(text) if (one := choices.meant(part))), "")
    if not letter and found.how == "whole" and _is_prose(text):
        return _no_answer()
    return verdicts.chosen(letter, prepared.wanted, text[:1024], found.how)


def _no_answer() -> Verdict:
    return Verdict.fault(
        Outcome.NO_ANSWER, reason="no_answer", message="The completion states no answer."
    )


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
    if found.how == "whole" and "\\boxed" not in answer and (step := last_statement(answer)):
        answer = step
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
    if prepared.principal_roots:
        parsed = _with_principal_roots(parsed)
    for reference in prepared.references:
        try:
            decision = equivalent(reference, parsed, prepared.rules)
        except (BeyondLimits, Undefined) as error:
            return verdicts.invalid(error, answer)
        if decision.equal:
            return verdicts.right(decision.rung, answer, how)
        if last is None or decision.equal is None:
            last = decision
    assert last is not None  # noqa: S101 - there is at least one reference
    difference = None
    if prepared.explain and last.equal is False:
        from adjudge_verifiers.mathematics.differences import find_difference  # noqa: PLC0415

        difference = find_difference(prepared.references[0], parsed, prepared.rules)
    rung = last.rung if last.equal is False else "undecided"
    return verdicts.wrong(rung, answer, how, difference)


def _in_form(prepared: PreparedMathematics, verdict: Verdict, parsed: Parsed) -> Verdict:
    """The verdict on a right answer, unless it lacks the form that the task requires."""
    from adjudge_verifiers.mathematics.forms import lacks_form  # noqa: PLC0415

    assert prepared.required_form is not None  # noqa: S101 - the caller's promise
    missing = lacks_form(parsed, prepared.required_form)
    if not missing:
        return verdict
    return verdicts.wrong_form(verdict, prepared.required_form, missing)


def _with_principal_roots(parsed: Parsed) -> Parsed:
    from adjudge_verifiers.mathematics.principal import with_principal_roots  # noqa: PLC0415

    return with_principal_roots(parsed)
