"""The verdicts of the verifier ``mathematics``: outcome, reason and words for every decision."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from adjudge_verifiers.contract import Outcome, Verdict

if TYPE_CHECKING:
    from adjudge_verifiers.mathematics.differences import Difference
    from adjudge_verifiers.mathematics.errors import MathematicsError

_SHOWN_ANSWER = 1_024
_SHOWN_MESSAGE = 1_000
_MESSAGES = {
    "unevaluated": "The answer leaves an integral, sum, limit or derivative unevaluated.",
    "undecided": "No rung could prove the answer equal to the reference.",
    "values_differ": "The answer differs from the reference.",
}


def right(rung: str, answer: str, how: str) -> Verdict:
    """The answer is what the reference says; ``how`` it was extracted."""
    message = "The answer is equivalent to the reference."
    details = {"extracted_by": how}
    return Verdict(Outcome.CORRECT, 1.0, "correct", message, answer, rung, (), details)


def wrong(rung: str, answer: str, how: str, difference: Difference | None = None) -> Verdict:
    """The answer is not, or could not be shown to be, what the reference says."""
    reason = rung if rung in _MESSAGES else "values_differ"
    details: dict[str, Any] = {"extracted_by": how}
    message = _MESSAGES[reason]
    if difference is not None:
        details["difference"] = dataclasses.asdict(difference)
        message = f"{message[:-1]}: {difference.message}."
    return Verdict.incorrect(
        reason=reason, message=message, answer=answer, decided_by=rung, details=details
    )


def wrong_form(verdict: Verdict, form: str, missing: str) -> Verdict:
    """The verdict on a right answer that is not written as the task asks."""
    return Verdict.incorrect(
        reason="form",
        message=f"The answer is right, but not in the form {form!r}: {missing}."[:_SHOWN_MESSAGE],
        answer=verdict.answer,
        decided_by=verdict.decided_by,
        details=verdict.details,
    )


def chosen(letter: str, wanted: frozenset[str], answer: str, how: str) -> Verdict:
    """The verdict on an answer to a question with a table of choices; ``letter`` "" for none."""
    details = {"extracted_by": how, "choice": letter}
    more: dict[str, Any] = {"answer": answer, "decided_by": "choice", "details": details}
    if letter in wanted:
        return Verdict.correct(message="The answer is the right choice.", **more)
    if letter:
        return Verdict.incorrect(
            reason="values_differ", message=f"The answer is choice {letter}, a wrong one.", **more
        )
    return Verdict.incorrect(
        reason="no_choice",
        message="The answer is none of the choices, several, or contradicts its own letter.",
        **more,
    )


def invalid(error: MathematicsError, answer: str) -> Verdict:
    """The answer cannot be read, or has no value."""
    return Verdict.fault(
        Outcome.INVALID_ANSWER,
        reason=error.reason,
        message=f"The answer cannot be read: {error}."[:_SHOWN_MESSAGE],
        answer=answer[:_SHOWN_ANSWER],
        decided_by="grammar",
    )
