"""From the messages of ``adjudge.v1`` to our types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from adjudge.errors import ProtocolError
from adjudge.grouping import AnswerClass, GroupedAnswers, GroupFailure
from adjudge.outcome import Outcome
from adjudge.verdict import TestResult, Usage, Verdict
from adjudge.verifier import VerifierDescription, VerifierExample

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from adjudge.v1 import grouping_pb2, verdict_pb2, verifier_service_pb2

_OUTCOMES = {int(outcome): (outcome, outcome.bears_reward) for outcome in Outcome}
_NO_USAGE = Usage()


def read_verdicts(messages: Iterable[verdict_pb2.Verdict]) -> list[Verdict]:
    """Verdicts in the messages' order. Raises ProtocolError for one that breaks the contract."""
    return [_verdict(message) for message in messages]


def _verdict(message: verdict_pb2.Verdict) -> Verdict:
    outcome, bears_reward = _known(message.outcome)
    has = message.HasField
    reward = message.reward if has("reward") else None
    if (reward is not None) is not bears_reward:
        raise ProtocolError(
            f"the service sent outcome {outcome.name} with reward {reward}; "
            "outcomes that were judged bear one, the others none"
        )
    tests = message.tests
    details_json = message.details_json
    # A frozen class sets field by field, 3 µs a verdict; filling its dict takes 1.
    verdict = Verdict.__new__(Verdict)
    vars(verdict).update(
        outcome=outcome,
        reward=reward,
        reason=message.reason,
        message=message.message,
        answer=message.answer if has("answer") else None,
        decided_by=message.decided_by,
        usage=_usage(message.usage) if has("usage") else _NO_USAGE,
        tests=tuple(map(_test, tests)) if tests else (),
        details=read_object(details_json, "details_json") if details_json else {},
        verifier=message.verifier,
        verifier_version=message.verifier_version,
        from_cache=message.from_cache,
        candidate_id=message.candidate_id,
    )
    return verdict


def _test(message: verdict_pb2.TestResult) -> TestResult:
    return TestResult(
        _known(message.outcome)[0],
        message.message,
        _usage(message.usage) if message.HasField("usage") else _NO_USAGE,
    )


def read_descriptions(
    messages: Iterable[verifier_service_pb2.VerifierDescription],
) -> list[VerifierDescription]:
    """What ListVerifiers says, in its order."""
    return [
        VerifierDescription(
            name=message.name,
            version=message.version,
            summary=message.summary,
            parameters_schema=read_object(
                message.parameters_schema_json or "{}", "parameters_schema_json"
            ),
            examples=tuple(
                VerifierExample(
                    parameters=read_object(example.parameters_json or "{}", "parameters_json"),
                    completion=example.completion,
                    outcome=_known(example.outcome)[0],
                )
                for example in message.examples
            ),
            available=message.available,
            unavailable_reason=message.unavailable_reason,
            pools=tuple(message.pools),
            group_options_schema=read_object(
                message.group_options_schema_json, "group_options_schema_json"
            )
            if message.group_options_schema_json
            else None,
            toolchains={each.language: each.version for each in message.toolchains if each.version},
            missing_toolchains={
                each.language: each.missing for each in message.toolchains if not each.version
            },
        )
        for message in messages
    ]


def read_groups(messages: Iterable[grouping_pb2.GroupedAnswers]) -> list[GroupedAnswers]:
    """What GroupAnswers says, in its order."""
    return [_grouped(message) for message in messages]


def _grouped(message: grouping_pb2.GroupedAnswers) -> GroupedAnswers:
    failure = None
    if message.HasField("failure"):
        told = message.failure
        failure = GroupFailure(_known(told.outcome)[0], told.reason, told.message)
    return GroupedAnswers(
        classes=tuple(
            AnswerClass(each.answer, tuple(each.members), each.share) for each in message.classes
        ),
        without_answer=tuple(message.without_answer),
        majority_class=message.majority_class if message.HasField("majority_class") else None,
        decided=message.decided,
        failure=failure,
        verifier_version=message.verifier_version,
        group_id=message.group_id,
    )


def read_object(text: str, field: str) -> Mapping[str, Any]:
    """One JSON object of the service's. Raises ProtocolError when it is none."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"the service sent {field} that is not JSON ({error})") from error
    if not isinstance(value, dict):
        raise ProtocolError(f"the service sent {field} that is no JSON object")
    return value  # pyright: ignore[reportUnknownVariableType] - JSON keys are text


def _known(number: int) -> tuple[Outcome, bool]:
    """The outcome of this number and whether it bears a reward."""
    try:
        return _OUTCOMES[number]
    except KeyError:
        raise ProtocolError(
            f"the service sent outcome {number}, which adjudge.v1 does not have"
        ) from None


def _usage(message: verdict_pb2.Usage) -> Usage:
    cpu, wall = message.cpu_time, message.wall_time
    return Usage(
        cpu.seconds + cpu.nanos * 1e-9,
        wall.seconds + wall.nanos * 1e-9,
        message.peak_memory_bytes,
    )
