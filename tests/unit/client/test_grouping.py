"""``group`` of both clients and their fakes."""

from __future__ import annotations

import asyncio
import pickle

import grpc
import pytest
from google.rpc import error_details_pb2
from tests.unit.client.service import Failure

from adjudge import (
    AnswerClass,
    AnswerGroup,
    AsyncClient,
    Client,
    FakeAsyncClient,
    FakeClient,
    GroupedAnswers,
    GroupFailure,
    InvalidArgumentError,
    Options,
    Outcome,
    ProtocolError,
)

FEW = Options(
    patience_seconds=5, max_request_candidates=6, max_request_bytes=1 << 20, concurrent_requests=1
)


class Awaited:
    """An async client's ``group``, in an event loop of its own for each call."""

    def __init__(self, client):
        self.client = client

    def group(self, *arguments, **more):
        async def call():
            return await self.client.group(*arguments, **more)

        return asyncio.run(call())

    def close(self):
        asyncio.run(self.client.close())


@pytest.fixture(params=["Client", "AsyncClient"])
def any_client(request, address):
    client = Client(address, FEW) if request.param == "Client" else None
    client = client or Awaited(AsyncClient(address, FEW))
    yield client
    client.close()


def test_every_field_of_the_answer_is_there(any_client, service):
    groups = [
        AnswerGroup(["a", "b", "a", "a"], id="g", votes_expected=4),
        AnswerGroup(("fail",), id="f"),
        AnswerGroup(["z"]),
    ]
    first, failed, last = any_client.group("echo", groups, {"case": True})
    assert first == GroupedAnswers(
        classes=(AnswerClass("a", (0, 2, 3), 0.75), AnswerClass("b", (1,), 0.25)),
        decided=True,
        verifier_version="1.0.0",
        group_id="g",
    )
    assert first.majority is None
    assert failed.failure == GroupFailure(Outcome.TIME_LIMIT, "cpu_time")
    assert failed.group_id == "f"
    assert (last.majority_class, last.majority) == (0, AnswerClass("z", (0,), 1.0))
    assert last.decided is False
    (request,) = service.requests
    assert (request.verifier, request.options_json) == ("echo", '{"case":true}')
    assert request.request_id
    assert [group.HasField("votes_expected") for group in request.groups] == [True, False, False]


def test_many_completions_are_split_between_groups_and_come_back_in_order(any_client, service):
    groups = [AnswerGroup([f"{number}"] * (number % 4 + 1)) for number in range(40)]
    found = any_client.group("echo", groups)
    assert [each.classes[0].answer for each in found] == [str(number) for number in range(40)]
    sent = [sum(len(group.completions) for group in each.groups) for each in service.requests]
    assert len(sent) > 10
    assert max(sent) <= 6


def test_a_group_above_every_limit_travels_alone(any_client, service):
    large = AnswerGroup(["x" * (1 << 20), *"abcdefgh"])
    found = any_client.group("echo", [AnswerGroup(["a"]), large, AnswerGroup(["b"])])
    assert [len(each.classes) for each in found] == [1, 9, 1]
    assert sorted(len(each.groups) for each in service.requests) == [1, 1, 1]


def test_an_error_of_one_part_names_the_group_as_the_caller_knows_it(any_client, service):
    bad = error_details_pb2.BadRequest()
    bad.field_violations.add(field="groups[1].completions", description="none")
    service.failures = [None, Failure(grpc.StatusCode.INVALID_ARGUMENT, "bad", (bad,))]
    with pytest.raises(InvalidArgumentError) as caught:
        any_client.group("echo", [AnswerGroup(["a", "b", "c"])] * 4)
    assert [each.field for each in caught.value.violations] == ["groups[3].completions"]


def test_an_unreachable_service_is_tried_again_with_the_same_request(any_client, service):
    service.failures = [Failure(grpc.StatusCode.UNAVAILABLE)] * 2
    assert any_client.group("echo", [AnswerGroup(["a"])])[0].majority_class == 0
    assert len({request.request_id for request in service.requests}) == 1
    assert len(service.requests) == 3


def test_an_answer_too_few_breaks_the_contract(any_client, service):
    service.mangle = lambda response: response.groups.pop()
    with pytest.raises(ProtocolError, match="1 answers for 2 groups"):
        any_client.group("echo", [AnswerGroup(["a"])] * 2)


def test_an_unknown_outcome_breaks_the_contract(any_client, service):
    def mangle(response):
        response.groups[0].failure.outcome = 99

    service.mangle = mangle
    with pytest.raises(ProtocolError, match="outcome 99"):
        any_client.group("echo", [AnswerGroup(["a"])])


def test_no_groups_need_no_request(any_client, service):
    assert any_client.group("echo", []) == []
    assert service.requests == []


def test_lone_surrogates_travel_as_replacement_characters(any_client):
    (found,) = any_client.group("echo", [AnswerGroup(["\ud83e\udd80", "x\ud800"])])
    assert [each.answer for each in found.classes] == ["🦀", "x\ufffd"]


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([["a"]], r"groups\[0\]: expected adjudge.AnswerGroup, got list"),
        ([AnswerGroup(["a"]), AnswerGroup("ab")], r"groups\[1\].completions: .* got one text"),
        ([AnswerGroup(["a", None])], r"groups\[0\].completions: expected str, got NoneType"),
    ],
)
def test_what_is_no_group_is_refused_here(any_client, groups, words):
    with pytest.raises(TypeError, match=words):
        any_client.group("echo", groups)


@pytest.mark.parametrize(
    ("verifier", "options"),
    [("No Name", {}), ("echo", {"x": float("nan")}), ("echo", {"x": "\ud800"})],
)
def test_what_is_no_verifier_or_no_json_is_refused_here(any_client, verifier, options):
    with pytest.raises(ValueError, match=r"verifier|parameters"):
        any_client.group(verifier, [AnswerGroup(["a"])], options)


def everyone_agrees(group):
    members = tuple(range(len(group.completions)))
    return GroupedAnswers((AnswerClass(group.completions[0], members, 1.0),), majority_class=0)


@pytest.mark.parametrize("kind", [FakeClient, FakeAsyncClient])
def test_a_fake_says_what_it_was_told(kind):
    made = kind({}, grouped=everyone_agrees)
    made = pickle.loads(pickle.dumps(made))
    fake = Awaited(made) if kind is FakeAsyncClient else made
    (found,) = fake.group("echo", [AnswerGroup(["a", "b"], id="g")])
    assert (found.group_id, found.majority) == ("g", AnswerClass("a", (0, 1), 1.0))
    with pytest.raises(TypeError, match="AnswerGroup"):
        fake.group("echo", ["a"])


@pytest.mark.parametrize("kind", [FakeClient, FakeAsyncClient])
def test_a_fake_that_was_told_nothing_says_so(kind):
    fake = Awaited(kind({})) if kind is FakeAsyncClient else kind({})
    with pytest.raises(ValueError, match="without `grouped`"):
        fake.group("echo", [AnswerGroup(["a"])])
