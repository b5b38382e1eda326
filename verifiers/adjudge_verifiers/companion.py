"""The companion of a verifier that groups answers: it judges a whole group as one candidate.

So groups travel, wait, are timed and killed like any other candidate. No caller can name it: the
wire's names of verifiers have no slash.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING

from adjudge_verifiers.contract import (
    COMPLETION_LIMIT_CHARACTERS,
    MIB,
    Answer,
    AnyVerifier,
    BadTask,
    Budget,
    GroupsAnswers,
    TaskParameters,
    Verdict,
    Verifier,
)
from adjudge_verifiers.grouping import Grouping, group

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIX = "/groups"
"""Of the companion's name."""
BUDGET_FACTOR = 30
"""A group may use so many times what one judgement may."""
ANSWER_CHARACTERS = 1024
ANSWERS_BYTES = 40 * 1024
"""All answers together, as JSON; a verdict's details are limited to 64 KiB."""

_MOST_CPU_SECONDS, _MOST_WALL_SECONDS = 120.0, 300.0


def companion_of(verifier: AnyVerifier) -> Verifier[TaskParameters, TaskParameters] | None:
    """A new companion; None when the verifier cannot group answers.

    Its parameters are the verifier's options. A completion is the text of a JSON object with
    ``completions`` (a list of texts) and perhaps ``votes_expected``. A group that could be grouped
    gets the verdict CORRECT, whose details are ``answers`` and ``classes`` (lists of positions),
    one each for every class, ``without_answer``, ``majority_class`` (or null) and ``decided``.
    """
    if not isinstance(verifier, GroupsAnswers):
        return None
    grouper = verifier

    class Companion(Verifier[TaskParameters, TaskParameters]):
        name = verifier.name + SUFFIX
        version = verifier.version
        summary = f"Groups answers as {verifier.name!r} tells them apart."
        parameters_type = grouper.options_type
        budget = _group_budget(verifier.budget)
        deterministic = verifier.deterministic
        completion_characters = 128 * MIB

        def prepare(self, parameters: TaskParameters) -> TaskParameters:
            if parameters.rewards:
                raise BadTask("rewards", "a group earns no reward; leave it out")
            return parameters

        def judge(self, prepared: TaskParameters, completion: str) -> Verdict:
            asked = json.loads(completion)
            grouping = group(
                asked["completions"],
                functools.partial(_read, grouper, prepared),
                functools.partial(grouper.same, prepared),
            )
            return _verdict(grouping, asked.get("votes_expected"))

    return Companion()


def _read(
    grouper: GroupsAnswers[TaskParameters], options: TaskParameters, completion: str
) -> Answer | None:
    """The answer of one completion, none of one that no verdict would read either."""
    if len(completion) > COMPLETION_LIMIT_CHARACTERS:
        return None
    return grouper.read_answer(options, completion)


def _group_budget(budget: Budget) -> Budget:
    return Budget(
        cpu_seconds=min(_MOST_CPU_SECONDS, BUDGET_FACTOR * budget.cpu_seconds),
        wall_seconds=min(_MOST_WALL_SECONDS, BUDGET_FACTOR * budget.wall_seconds),
        memory_bytes=budget.memory_bytes,
    )


def _verdict(grouping: Grouping, votes_expected: int | None) -> Verdict:
    return Verdict.correct(
        reason="grouped",
        details={
            "answers": _cut([each.answer for each in grouping.classes]),
            "classes": [each.members for each in grouping.classes],
            "without_answer": grouping.without_answer,
            "majority_class": grouping.majority,
            "decided": votes_expected is not None and grouping.decided(votes_expected),
        },
    )


def _cut(answers: Sequence[str]) -> list[str]:
    """The answers, so short that their JSON keeps within ANSWERS_BYTES."""
    return [_cut_one(answer, ANSWERS_BYTES // len(answers)) for answer in answers]


def _cut_one(answer: str, most_bytes: int) -> str:
    answer = answer[:ANSWER_CHARACTERS]
    while len(json.dumps(answer, ensure_ascii=False).encode(errors="replace")) > most_bytes:
        answer = answer[: len(answer) * 3 // 4]
    return answer
