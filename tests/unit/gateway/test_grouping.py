"""GroupAnswers over a real channel, with a worker that groups completions by their first letter."""

from __future__ import annotations

import asyncio
import json

import grpc
import pytest
from google.rpc import error_details_pb2
from tests.unit.gateway.rig import FakeWorker, Refused, catalogue, request, rig, until

from adjudge.v1.grouping_pb2 import AnswerGroup
from adjudge.v1.outcome_pb2 import (
    OUTCOME_BAD_TASK,
    OUTCOME_CORRECT,
    OUTCOME_INTERNAL_ERROR,
    OUTCOME_TIME_LIMIT,
)
from adjudge.v1.verdict_pb2 import Verdict
from adjudge.v1.verifier_service_pb2 import (
    GroupAnswersRequest,
    GroupAnswersResponse,
    VerifyCandidatesRequest,
    VerifyCandidatesResponse,
)
from adjudge_gateway import grouping
from adjudge_gateway.errors import InvalidRequest
from adjudge_gateway.grouping import COMPANION, GROUP_COMPLETIONS, OPTIONS_CHARACTERS, Groups
from adjudge_verifiers.companion import SUFFIX
from adjudge_worker.queue import FakeDispatcher, Result


class GroupingWorker(FakeWorker):
    """Answers as a companion does, but for what ``details`` says instead."""

    details: str | None = None

    def work(self, job):
        chunk = VerifyCandidatesRequest.FromString(job.chunk)
        assert chunk.tasks[0].verifier == job.verifier == "echo/groups"
        response = VerifyCandidatesResponse()
        for candidate in chunk.candidates:
            asked = json.loads(candidate.completion)
            self.judged[candidate.completion] += 1
            response.verdicts.append(self._group(asked, chunk.tasks[0].parameters_json))
        items = len(chunk.candidates)
        self.dispatcher.finish(Result(job.id, response.SerializeToString(), "fake", 0.01, items))

    def _group(self, asked, options):
        if "slow" in asked["completions"]:
            return Verdict(
                outcome=OUTCOME_TIME_LIMIT, reward=0, reason="cpu_time", message="Too slow."
            )
        if json.loads(options).get("bad"):
            return Verdict(outcome=OUTCOME_BAD_TASK, reason="bad_parameters", message="bad: no")
        classes = {}
        for position, completion in enumerate(asked["completions"]):
            classes.setdefault(completion[:1], []).append(position)
        details = {
            "without_answer": classes.pop("", []),
            "answers": list(classes),
            "classes": list(classes.values()),
            "majority_class": 0 if len(classes) == 1 else None,
            "decided": asked.get("votes_expected") == len(asked["completions"]),
        }
        told = json.dumps(details) if self.details is None else self.details
        return Verdict(outcome=OUTCOME_CORRECT, reward=1, details_json=told, verifier_version="7")


def grouped(*groups, **fields):
    """A request with these groups."""
    message = GroupAnswersRequest(**{"verifier": "echo", **fields})
    for group in groups:
        message.groups.append(
            group if isinstance(group, AnswerGroup) else AnswerGroup(completions=group)
        )
    return message


def answers(message, *, details=None, **settings):
    """The answers of a gateway to one request."""

    async def scenario():
        dispatcher = FakeDispatcher("g", catalogue=(catalogue("echo"),))
        worker = GroupingWorker(dispatcher)
        worker.details = details
        async with rig(dispatcher, worker=worker, **settings) as it:
            answer = await it.raw(message.SerializeToString(), "GroupAnswers")
            return list(GroupAnswersResponse.FromString(answer).groups)

    return asyncio.run(scenario())


def refusal(message, *, max_batch=8_192):
    """What is said of each broken field."""
    data = message if isinstance(message, bytes) else message.SerializeToString()
    with pytest.raises(InvalidRequest) as caught:
        Groups(data, max_batch=max_batch)
    return {each.field: each.description for each in caught.value.violations}


def test_both_ends_call_the_companion_by_the_same_name():
    assert COMPANION == SUFFIX


def test_groups_are_answered_in_order_with_every_field():
    first, second = answers(
        grouped(
            AnswerGroup(id="a", completions=["x1", "", "y", "x2"], votes_expected=4),
            AnswerGroup(completions=["z"]),
        )
    )
    assert (first.group_id, second.group_id) == ("a", "")
    assert [(each.answer, list(each.members), each.share) for each in first.classes] == [
        ("x", [0, 3], 0.5),
        ("y", [2], 0.25),
    ]
    assert list(first.without_answer) == [1]
    assert not first.HasField("majority_class")
    assert second.HasField("majority_class")
    assert second.majority_class == 0
    assert (first.decided, second.decided) == (True, False)
    assert {first.verifier_version, second.verifier_version} == {"7"}
    assert not first.HasField("failure")


def test_many_groups_spread_over_chunks_keep_their_order():
    groups = [[f"{chr(97 + number % 26)}{number}"] for number in range(500)]
    found = answers(grouped(*groups), chunk_items=7)
    assert [each.classes[0].answer for each in found] == [group[0][0] for group in groups]


def test_a_group_that_cannot_be_grouped_says_why_and_costs_no_other():
    one, failed, other = answers(grouped(["x"], AnswerGroup(id="s", completions=["slow"]), ["y"]))
    assert failed.failure.outcome == OUTCOME_TIME_LIMIT
    assert (failed.failure.reason, failed.failure.message) == ("cpu_time", "Too slow.")
    assert (failed.group_id, len(failed.classes)) == ("s", 0)
    assert (one.classes[0].answer, other.classes[0].answer) == ("x", "y")


def test_options_reach_the_worker():
    (found,) = answers(grouped(["x"], options_json='{"bad": true}'))
    assert found.failure.outcome == OUTCOME_BAD_TASK


@pytest.mark.parametrize(
    "details",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"omitted": "64 KiB"}',
        "[" * 100_000,
        '{"answers":["x"],"classes":[[0]],"without_answer":[],"majority_class":0,"decided":true}',
        '{"answers":["x"],"classes":[[0,1,2]],"without_answer":[1],"majority_class":0,"decided":true}',
        '{"answers":["x"],"classes":[[0,1,7]],"without_answer":[],"majority_class":0,"decided":true}',
        '{"answers":["x"],"classes":[[0,1,2]],"without_answer":[],"majority_class":1,"decided":true}',
        '{"answers":[],"classes":[[0,1,2]],"without_answer":[],"majority_class":0,"decided":true}',
        '{"answers":[3],"classes":[[0,1,2]],"without_answer":[],"majority_class":0,"decided":true}',
        '{"answers":["\\ud800"],"classes":[[0,1,2]],"without_answer":[],"majority_class":0,"decided":true}',
        '{"answers":["x"],"classes":[[0,1,-2]],"without_answer":[],"majority_class":0,"decided":true}',
        '{"answers":["x"],"classes":[[0,1,1e99]],"without_answer":[],"majority_class":0,"decided":1}',
    ],
)
def test_classes_that_are_no_partition_are_our_failure_and_never_passed_on(details):
    (found,) = answers(grouped(["x", "x", "y"]), details=details)
    assert found.failure.outcome == OUTCOME_INTERNAL_ERROR
    assert found.failure.reason == "malformed_classes"
    assert not found.classes


def test_a_repeated_request_is_answered_without_new_work():
    async def scenario():
        dispatcher = FakeDispatcher("g", catalogue=(catalogue("echo"),))
        async with rig(dispatcher, worker=GroupingWorker(dispatcher)) as it:
            data = grouped(["x"], request_id="r").SerializeToString()
            assert await it.raw(data, "GroupAnswers") == await it.raw(data, "GroupAnswers")
            assert sum(it.worker.judged.values()) == 1
            other = grouped(["y"], request_id="r").SerializeToString()
            with pytest.raises(Refused) as caught:
                await it.raw(other, "GroupAnswers")
            assert caught.value.code is grpc.StatusCode.INVALID_ARGUMENT

    asyncio.run(scenario())


def test_a_cancelled_call_withdraws_its_groups():
    async def scenario():
        dispatcher = FakeDispatcher("g", catalogue=(catalogue("echo"),))
        async with rig(dispatcher, worker=GroupingWorker(dispatcher)) as it:
            data = grouped(["hold"]).SerializeToString()
            call = asyncio.create_task(it.raw(data, "GroupAnswers"))
            await until(lambda: it.worker.jobs)
            call.cancel()
            await until(lambda: dispatcher.cancelled(it.worker.jobs[0].id))

    asyncio.run(scenario())


def test_the_tenants_quota_and_deadline_hold_for_groups():
    async def scenario():
        dispatcher = FakeDispatcher("g", catalogue=(catalogue("echo"),))
        settings = {"max_batch": 2, "tenant_items": 2, "total_items": 2}
        async with rig(dispatcher, worker=GroupingWorker(dispatcher), **settings) as it:
            held = grouped(["hold"], ["hold"]).SerializeToString()
            call = asyncio.create_task(it.raw(held, "GroupAnswers"))
            await until(lambda: it.worker.jobs)
            with pytest.raises(Refused) as caught:
                await it.raw(grouped(["x"]).SerializeToString(), "GroupAnswers")
            assert caught.value.code is grpc.StatusCode.RESOURCE_EXHAUSTED
            it.worker.release.set()
            await call
            jobs = len(it.worker.jobs)
            await it.raw(grouped(["x"]).SerializeToString(), "GroupAnswers", timeout=5)
            assert it.worker.jobs[jobs].deadline_unix_ms > 0

    asyncio.run(scenario())


def test_groups_go_to_the_pool_that_has_the_verifier():
    async def scenario():
        pools = (catalogue("other"), catalogue("echo", pool="second"))
        dispatcher = FakeDispatcher("g", catalogue=pools)
        worker = GroupingWorker(dispatcher, "default", "second")
        async with rig(dispatcher, *pools, worker=worker) as it:
            await it.raw(grouped(["x"]).SerializeToString(), "GroupAnswers")
            assert [job.pool for job in it.worker.jobs] == ["second"]

    asyncio.run(scenario())


def test_no_caller_can_name_a_companion():
    async def scenario():
        async with rig() as it:
            with pytest.raises(Refused) as caught:
                await it.verify(request("x", verifier="echo" + COMPANION))
            assert caught.value.code is grpc.StatusCode.INVALID_ARGUMENT

    asyncio.run(scenario())


def test_all_broken_fields_are_named_at_once():
    long = "x" * 257
    message = grouped(
        AnswerGroup(id=long, completions=["a"]),
        AnswerGroup(id="twice"),
        AnswerGroup(id="twice", completions=["a", "b"], votes_expected=1),
        AnswerGroup(completions=["a"] * (GROUP_COMPLETIONS + 1)),
        request_id="r" * 129,
        verifier="No Name",
        options_json="[]",
    )
    assert set(refusal(message)) == {
        "request_id",
        "verifier",
        "options_json",
        "groups[0].id",
        "groups[1].completions",
        "groups[2].id",
        "groups[2].votes_expected",
        "groups[3].completions",
    }


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("[]", "one JSON object"),
        ("null", "one JSON object"),
        ("not json", "one JSON object"),
        ("{", "one JSON object"),
        ("[" * 60_000, "one JSON object"),
        ("9" * 60_000, "one JSON object"),
        (" " * (OPTIONS_CHARACTERS + 1), "at most 65,536 characters"),
    ],
)
def test_options_that_are_no_json_object_are_refused(options, words):
    assert words in refusal(grouped(["x"], options_json=options))["options_json"]


@pytest.mark.parametrize("options", ["", "{}", ' {"a": [1]} ', '{"a": NaN}'])
def test_what_else_options_may_be_is_for_the_verifier_to_say(options):
    data = grouped(["x"], options_json=options).SerializeToString()
    assert Groups(data, max_batch=1).batch().tasks[0].verifier == "echo" + COMPANION


def test_no_groups_are_refused():
    assert refusal(grouped()) == {"groups": "expected at least one, got none"}
    assert "verifier" in refusal(b"")


def test_too_many_completions_are_refused_with_both_numbers():
    message = grouped(["a"] * 60, ["b"] * 41)
    assert "at most 100" in refusal(message, max_batch=100)["groups"]
    assert "got 101" in refusal(message, max_batch=100)["groups"]


def test_a_group_of_too_many_characters_is_refused(monkeypatch):
    monkeypatch.setattr(grouping, "GROUP_CHARACTERS", 10)
    found = refusal(grouped(["x" * 6, "é" * 5], ["x" * 10]))
    assert found == {"groups[0].completions": "at most 10 characters in all, got 11"}


def test_a_flood_of_tiny_completions_is_refused_before_it_is_parsed():
    # Given 2 MiB of empty completions in one group
    inside = b"\x12\x00" * (1 << 20)
    flood = b"\x12\x04echo\x22" + b"\x80\x80\x80\x01" + inside
    assert GroupAnswersRequest.FromString(flood).groups[0].completions[0] == ""
    assert "over 403 fields" in refusal(flood, max_batch=100)["groups"]


def test_as_many_completions_as_are_allowed_are_let_in_whatever_else_they_bring():
    groups = [
        AnswerGroup(id=f"{number:0200}", completions=["x" * 300], votes_expected=9)
        for number in range(4_096)
    ]
    data = grouped(*groups).SerializeToString()
    assert len(data) > 1 << 20
    assert len(Groups(data, max_batch=4_096).batch()) == 4_096


def test_bytes_that_are_no_text_name_their_group():
    good = AnswerGroup(completions=["fine"]).SerializeToString()
    bad = b"\x12\x02\xff\xfe"
    data = b"".join(bytes([0x22, len(part)]) + part for part in (good, bad))
    found = refusal(b"\x12\x04echo" + data)
    assert list(found) == ["groups[1].completions"]
    assert "UTF-8" in found["groups[1].completions"]


def test_the_status_names_the_field_in_its_details():
    async def scenario():
        async with rig() as it:
            with pytest.raises(Refused) as caught:
                await it.raw(grouped([]).SerializeToString(), "GroupAnswers")
            (detail,) = caught.value.details
            assert isinstance(detail, error_details_pb2.BadRequest)
            assert detail.field_violations[0].field == "groups[0].completions"

    asyncio.run(scenario())
