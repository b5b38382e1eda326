"""GroupAnswers: a group goes to its verifier's companion as one candidate, its verdict has classes.

See `adjudge_verifiers.companion` for the other end.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from adjudge.v1.grouping_pb2 import AnswerGroup, GroupedAnswers, GroupFailure
from adjudge.v1.outcome_pb2 import OUTCOME_CORRECT, OUTCOME_INTERNAL_ERROR
from adjudge.v1.task_pb2 import Task
from adjudge.v1.verifier_service_pb2 import (
    GroupAnswersRequest,
    GroupAnswersResponse,
    VerifyCandidatesRequest,
    VerifyCandidatesResponse,
)
from adjudge_gateway.admission import (
    REQUEST_ID_CHARACTERS,
    VERIFIER_NAME,
    check_lengths,
    check_unique,
    parse,
)
from adjudge_gateway.batch import Batch
from adjudge_gateway.errors import InvalidRequest, Violation
from adjudge_gateway.tasks import KnownTask, digest_of
from adjudge_gateway.wire import GROUPS_SHAPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.v1.verdict_pb2 import Verdict

COMPANION: Final = "/groups"
"""What a companion is called after its verifier; no caller can name a verifier so."""
GROUP_COMPLETIONS: Final = 1_024
GROUP_CHARACTERS: Final = 16 * 1024 * 1024
OPTIONS_CHARACTERS: Final = 65_536


class Groups:
    """One request: its batch, and its answer from the batch's."""

    def __init__(self, data: bytes, *, max_batch: int) -> None:
        """Parse a GroupAnswersRequest and check it. Raises InvalidRequest."""
        self._request = parse(
            data,
            GroupAnswersRequest,
            GROUPS_SHAPE,
            max_batch=max_batch,
            field="groups",
            inside=GroupAnswersRequest.GROUPS_FIELD_NUMBER,
            per_item=4,  # a completion; with it perhaps a group, its id and its votes_expected
        )
        violations = list(_violations(self._request, max_batch))
        if violations:
            raise InvalidRequest(violations)

    def batch(self) -> Batch:
        """A candidate for each group."""
        request = self._request
        verifier, options = request.verifier + COMPANION, request.options_json or "{}"
        digest = digest_of(verifier, options)
        task = KnownTask.of(
            Task(verifier=verifier, parameters_json=options),
            digest,
            inline_bytes=8 * OPTIONS_CHARACTERS,
        )
        message = VerifyCandidatesRequest()
        for group in request.groups:
            message.candidates.add(completion=_completion(group))
        return Batch(message, [task], [0] * len(request.groups), request_id=request.request_id)

    def answer(self, data: bytes) -> bytes:
        """Serialised GroupAnswersResponse, from the batch's VerifyCandidatesResponse."""
        verdicts = VerifyCandidatesResponse.FromString(data).verdicts
        groups = zip(self._request.groups, verdicts, strict=True)
        response = GroupAnswersResponse(groups=[_grouped(group, found) for group, found in groups])
        return response.SerializeToString()


def _violations(request: GroupAnswersRequest, max_batch: int) -> Iterator[Violation]:
    if len(request.request_id) > REQUEST_ID_CHARACTERS:
        yield _too_many("request_id", len(request.request_id), REQUEST_ID_CHARACTERS, "characters")
    if not VERIFIER_NAME.fullmatch(request.verifier):
        yield Violation(
            "verifier",
            f"expected 1 to 64 characters of [a-z0-9_.:-], got {request.verifier[:100]!a}",
        )
    if complaint := _options_complaint(request.options_json):
        yield Violation("options_json", complaint)
    if not request.groups:
        yield Violation("groups", "expected at least one, got none")
    for at, group in enumerate(request.groups):
        yield from _group_violations(f"groups[{at}]", group)
    total = sum(len(group.completions) for group in request.groups)
    if total > max_batch:
        yield _too_many("groups", total, max_batch, "completions in one request")
    ids = [group.id for group in request.groups]
    yield from check_lengths("groups", "id", ids)
    yield from check_unique("groups", ids)


def _group_violations(field: str, group: AnswerGroup) -> Iterator[Violation]:
    count = len(group.completions)
    if not count:
        yield Violation(f"{field}.completions", "expected at least one, got none")
    if count > GROUP_COMPLETIONS:
        yield _too_many(f"{field}.completions", count, GROUP_COMPLETIONS, "in one group")
    characters = sum(map(len, group.completions))
    if characters > GROUP_CHARACTERS:
        yield _too_many(f"{field}.completions", characters, GROUP_CHARACTERS, "characters in all")
    if group.HasField("votes_expected") and group.votes_expected < count:
        yield Violation(
            f"{field}.votes_expected",
            f"expected at least the number of completions, {count}, got {group.votes_expected}",
        )


def _options_complaint(text: str) -> str:
    if len(text) > OPTIONS_CHARACTERS:
        return f"at most {OPTIONS_CHARACTERS:,} characters, got {len(text):,}"
    try:
        options = json.loads(text or "{}")
    except (ValueError, RecursionError) as error:
        return f"expected the text of one JSON object ({error})"
    return "" if isinstance(options, dict) else "expected the text of one JSON object"


def _too_many(field: str, came: int, most: int, what: str) -> Violation:
    return Violation(field, f"at most {most:,} {what}, got {came:,}")


def _completion(group: AnswerGroup) -> str:
    """The group as its verifier's companion reads it."""
    asked: dict[str, Any] = {"completions": list(group.completions)}
    if group.HasField("votes_expected"):
        asked["votes_expected"] = group.votes_expected
    return json.dumps(asked, ensure_ascii=False, separators=(",", ":"))


def _grouped(group: AnswerGroup, verdict: Verdict) -> GroupedAnswers:
    if verdict.outcome != OUTCOME_CORRECT:
        return _failed(group, verdict.outcome, verdict.reason, verdict.message)
    try:
        grouped = _read_classes(json.loads(verdict.details_json), votes=len(group.completions))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        message = f"The worker's classes are malformed ({type(error).__name__})."
        return _failed(group, OUTCOME_INTERNAL_ERROR, "malformed_classes", message)
    grouped.group_id, grouped.verifier_version = group.id, verdict.verifier_version
    return grouped


def _read_classes(details: dict[str, Any], *, votes: int) -> GroupedAnswers:
    """Raises ValueError, TypeError or KeyError for what is no partition of so many votes."""
    grouped = GroupedAnswers(
        without_answer=details["without_answer"],
        majority_class=details["majority_class"],
        decided=details["decided"],
    )
    for answer, members in zip(details["answers"], details["classes"], strict=True):
        grouped.classes.add(answer=answer, members=members, share=len(members) / votes)
    placed = chain(grouped.without_answer, *(each.members for each in grouped.classes))
    if sorted(placed) != list(range(votes)):
        raise ValueError("not every completion is in one place")
    if grouped.HasField("majority_class") and grouped.majority_class >= len(grouped.classes):
        raise ValueError("the majority is no class")
    return grouped


def _failed(group: AnswerGroup, outcome: int, reason: str, message: str) -> GroupedAnswers:
    failure = GroupFailure(outcome=outcome, reason=reason, message=message)  # type: ignore[arg-type] # any enum value
    return GroupedAnswers(group_id=group.id, failure=failure)
