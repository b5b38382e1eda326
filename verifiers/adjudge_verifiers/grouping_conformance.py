"""The rules for verifiers that group answers: the part of the conformance suite about them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from adjudge_verifiers import judging
from adjudge_verifiers.contract import Answer, BadTask
from adjudge_verifiers.schema import parameters_schema, schema_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from adjudge_verifiers.contract import GroupsAnswers, TaskParameters, Verifier

_SHOWN_CHARACTERS = 60


def grouping_problems(
    verifier: GroupsAnswers[Any],
    companion: Verifier[TaskParameters, Any],
    completions: Sequence[str],
) -> Iterator[tuple[str, str]]:
    """Broken rules and what was seen, for the verifier's default options."""
    for fault in schema_faults(parameters_schema(verifier.options_type)):
        yield "options_schema", fault
    try:
        options = judging.read_parameters(companion, "{}")
    except BadTask as error:
        yield "options_default", f"every option needs a default: {error}"
        return
    answers = []
    for completion in completions:
        try:
            answer = verifier.read_answer(options, completion)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises is the finding
            yield "read_answer", f"{_shown(completion)}: raised {error!r}, which costs its group"
            continue
        if answer is None:
            continue
        if not isinstance(answer, Answer) or not isinstance(answer.text, str):
            yield "read_answer", f"{_shown(completion)}: returned {answer!r:.80}, no Answer"
            continue
        if not completion.strip():
            yield "read_answer", f"{_shown(completion)}: has an answer"
        answers.append(answer)
    yield from _relation(verifier, options, answers)


def _relation(
    verifier: GroupsAnswers[Any], options: Any, answers: Sequence[Answer]
) -> Iterator[tuple[str, str]]:
    """``same`` is reflexive and symmetric; with equal texts go equal answers."""
    for one, other in itertools.combinations_with_replacement(answers, 2):
        where = f"{_shown(one.text)} and {_shown(other.text)}"
        try:
            there, back = verifier.same(options, one, other), verifier.same(options, other, one)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises is the finding
            yield "same", f"{where}: raised {error!r}, which costs their group"
            continue
        if there is not back:
            yield "symmetric", f"{where}: {there!r} one way, {back!r} the other"
        elif one.text == other.text and there is not True:
            yield "reflexive", f"{where}: equal texts are {there!r}"


def _shown(text: str) -> str:
    return repr(text[:_SHOWN_CHARACTERS])
