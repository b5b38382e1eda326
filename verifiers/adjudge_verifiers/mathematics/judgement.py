"""The verdict on an answer that was found: read, compared, put into words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from adjudge_verifiers.contract import Outcome, Verdict
from adjudge_verifiers.extraction import extract
from adjudge_verifiers.mathematics import verdicts
from adjudge_verifiers.mathematics.comparing.ladder import equivalent
from adjudge_verifiers.mathematics.comparing.principal import with_principal_roots
from adjudge_verifiers.mathematics.errors import BeyondLimits, MathematicsError, Undefined
from adjudge_verifiers.mathematics.letters import answered_choice, spoken_choice
from adjudge_verifiers.mathematics.reading.prose import last_formulas, last_statement
from adjudge_verifiers.mathematics.reading.text import read

if TYPE_CHECKING:
    from adjudge_verifiers.extraction import Extraction
    from adjudge_verifiers.mathematics.choices import Choices
    from adjudge_verifiers.mathematics.comparing.ladder import Parsed
    from adjudge_verifiers.mathematics.decision import Decision
    from adjudge_verifiers.mathematics.task import PreparedMathematics

_SENTENCE_WORDS = 4
_MEMO_CHARACTERS = 1_024
_MEMO_ANSWERS = 256
"""Answers of one group whose verdicts are kept."""
_PROSE_WORD = re.compile(r"(?<![\\A-Za-z])(?:[A-Za-z]{4}|(?:are|get|has|the|was|you)\b)")


def judge(prepared: PreparedMathematics, completion: str) -> Verdict:
    """Judge one completion; equal answers to one task are judged once."""
    found = extract(completion, prepared.extraction)
    answer = found.answer
    if answer is None:
        outcome = Outcome.INVALID_ANSWER if found.reason == "ambiguous" else Outcome.NO_ANSWER
        return Verdict.fault(outcome, reason=found.reason, message=found.message)
    if len(answer) > _MEMO_CHARACTERS:
        return _judged(prepared, found)
    key = answer, found.how
    verdict = prepared.memo.get(key)
    if verdict is None:
        verdict = _judged(prepared, found)
        if len(prepared.memo) < _MEMO_ANSWERS:
            prepared.memo[key] = verdict
    return verdict


def _judged(prepared: PreparedMathematics, found: Extraction) -> Verdict:
    """The verdict on an answer that was found."""
    text = found.answer or ""
    if prepared.choices is not None:
        return _chosen(prepared, prepared.choices, found)
    if prepared.choice and (letter := answered_choice(text) or _spoken(found)):
        make = verdicts.right if letter == prepared.choice else verdicts.wrong
        return make("choice", text, found.how)
    try:
        answer, parsed = read_answer(found)
    except MathematicsError as error:
        return verdicts.invalid(error, text)
    verdict = _compare(prepared, parsed, answer, found.how)
    if found.how == "whole" and verdict.reward == 0.0 and "\\boxed" not in answer:
        verdict = _in_prose(prepared, answer) or verdict
    if prepared.required_form is not None and verdict.outcome is Outcome.CORRECT:
        return _in_form(prepared, verdict, parsed)
    if found.how == "whole" and verdict.reward == 0.0 and is_prose(answer):
        return _no_answer()
    return verdict


def _spoken(found: Extraction) -> str:
    """The letter that a text without marks chooses in its last sentence; "" for none."""
    return spoken_choice(found.answer or "") if found.how == "whole" else ""


def _in_prose(prepared: PreparedMathematics, text: str) -> Verdict | None:
    """The verdict on the last formula of prose that was read as something else; None: no better."""
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
    if not letter and found.how == "whole" and is_prose(text):
        return _no_answer()
    return verdicts.chosen(letter, prepared.wanted, text[:1024], found.how)


def _no_answer() -> Verdict:
    return Verdict.fault(
        Outcome.NO_ANSWER, reason="no_answer", message="The completion states no answer."
    )


def is_prose(text: str) -> bool:
    """Words alone, or an empty box: a whole completion like this has no answer in it."""
    return not any(character.isdigit() for character in text) and (
        len(text.split()) >= _SENTENCE_WORDS or "\\boxed" in text or "\\fbox" in text
    )


def read_answer(found: Extraction) -> tuple[str, Parsed]:
    """The answer and what it reads as. Raises MathematicsError."""
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
    last: Decision | None = None
    if prepared.principal_roots:
        parsed = with_principal_roots(parsed)
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
