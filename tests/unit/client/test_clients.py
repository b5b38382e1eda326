"""What the sync and the async client promise, against a real gRPC service and against the fakes.

Each test is written once, against the sync verbs; ``_Awaited`` gives them to async clients.
"""

from __future__ import annotations

import asyncio
import math

import pytest

from adjudge import (
    AsyncClient,
    Candidate,
    Client,
    ClientClosedError,
    FakeAsyncClient,
    FakeClient,
    InvalidArgumentError,
    Options,
    Outcome,
    Task,
    TestResult,
    UnavailableError,
    Usage,
    Verdict,
    VerifierDescription,
    VerifierExample,
)

TASK = Task("echo", {"reference": "42"})
ECHO = VerifierDescription(
    name="echo",
    version="1.0.0",
    summary="Says whether the completion is the reference.",
    parameters_schema={"type": "object"},
    examples=(VerifierExample({"reference": "42"}, "42", Outcome.CORRECT),),
    pools=("default",),
    group_options_schema={"type": "object", "title": "options"},
    toolchains={"c": "gcc 12.2.0"},
    missing_toolchains={"go": "needs go"},
)


def echo(candidate):
    """The verdict that the service of these tests gives."""
    completion = candidate.completion.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if completion == "unjudged":
        return Verdict(
            Outcome.INTERNAL_ERROR, None, "worker_lost", verifier="echo", verifier_version="1.0.0"
        )
    right = completion == candidate.task.parameters["reference"]
    outcome = Outcome.CORRECT if right else Outcome.INCORRECT
    return Verdict(
        outcome,
        1.0 if right else 0.0,
        "correct" if right else "values_differ",
        answer=completion,
        usage=Usage(cpu_seconds=1.5, peak_memory_bytes=7),
        tests=(TestResult(outcome, "seen"),),
        details={"length": len(completion)},
        verifier="echo",
        verifier_version="1.0.0",
    )


class _Awaited:
    """An async client behind sync verbs: every call in an event loop of its own."""

    def __init__(self, client):
        self.client = client

    def verify(self, candidates, **more):
        return asyncio.run(self.client.verify(candidates, **more))

    def verify_one(self, candidate, **more):
        return asyncio.run(self.client.verify_one(candidate, **more))

    def stream(self, candidates, **more):
        async def collect():
            return [answer async for answer in self.client.stream(candidates, **more)]

        return asyncio.run(collect())

    def verifiers(self, **more):
        return asyncio.run(self.client.verifiers(**more))

    def close(self):
        asyncio.run(self.client.close())


@pytest.fixture(params=["Client", "AsyncClient", "FakeClient", "FakeAsyncClient"])
def any_client(request):
    if request.param in {"Client", "AsyncClient"}:
        address = request.getfixturevalue("address")
        kind = Client if request.param == "Client" else AsyncClient
        client = kind(address, Options(patience_seconds=5))
    else:
        kind = FakeClient if request.param == "FakeClient" else FakeAsyncClient
        client = kind(echo, descriptions=[ECHO])
    client = _Awaited(client) if "Async" in request.param else client
    yield client
    client.close()


def test_verdicts_come_in_order_with_every_field(any_client):
    candidates = [
        Candidate("42", TASK, id="a"),
        Candidate("41", Task("echo", {"reference": "42"}), group="g"),
        Candidate("x", Task("echo", {"reference": "x"})),
        Candidate("unjudged", TASK, id="d"),
    ]
    verdicts = any_client.verify(candidates)
    expected = [echo(candidate) for candidate in candidates]
    assert [verdict.candidate_id for verdict in verdicts] == ["a", "", "", "d"]
    for verdict, wanted, candidate in zip(verdicts, expected, candidates, strict=True):
        assert verdict == Verdict(
            **{
                name: getattr(wanted, name)
                for name in Verdict.__dataclass_fields__
                if name != "candidate_id"
            },
            candidate_id=candidate.id,
        )


def test_what_was_not_judged_bears_no_reward(any_client):
    (verdict,) = any_client.verify([Candidate("unjudged", TASK)])
    assert verdict.reward is None
    assert not verdict.outcome.bears_reward


def test_no_candidates_have_no_verdicts(any_client):
    assert any_client.verify([]) == []
    assert list(any_client.stream([])) == []


def test_a_generator_of_candidates_will_do(any_client):
    verdicts = any_client.verify(Candidate(text, TASK) for text in ("42", "43"))
    assert [verdict.reward for verdict in verdicts] == [1.0, 0.0]


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\ud83d\ude00", "\0", "", "é🙂" * 1000])
def test_any_text_at_all_is_a_completion(any_client, text):
    verdicts = any_client.verify([Candidate("42", TASK), Candidate(text, TASK)])
    assert [verdict.reward for verdict in verdicts] == [1.0, 0.0]
    assert any_client.verify_one(Candidate(text, TASK)).answer == echo(Candidate(text, TASK)).answer
    assert [verdict.reward for _, verdict in any_client.stream([Candidate(text, TASK)])] == [0.0]


def test_one_candidate_has_one_verdict_with_its_id(any_client):
    verdict = any_client.verify_one(Candidate("42", TASK, id="x"))
    assert (verdict.reward, verdict.candidate_id) == (1.0, "x")


def test_a_stream_answers_each_position_once(any_client):
    candidates = [Candidate(str(number), TASK, id=f"c{number}") for number in range(300)]
    answers = list(any_client.stream(iter(candidates)))
    assert sorted(position for position, _ in answers) == list(range(300))
    for position, verdict in answers:
        assert verdict.candidate_id == f"c{position}"
        assert verdict.reward == float(position == 42)


def test_what_the_candidates_raise_the_stream_raises_after_its_verdicts(any_client):
    def broken():
        yield Candidate("42", TASK)
        raise LookupError("no more rows")

    with pytest.raises(LookupError, match="no more rows"):
        list(any_client.stream(broken()))


def test_the_verifiers_are_described(any_client):
    assert any_client.verifiers() == [ECHO]


@pytest.mark.parametrize("seconds", [0, -1, math.nan, math.inf, -math.inf])
def test_a_deadline_that_is_no_time_ahead_is_a_value_error(any_client, seconds):
    for call in (
        lambda: any_client.verify([Candidate("42", TASK)], deadline_seconds=seconds),
        lambda: any_client.verify([], deadline_seconds=seconds),
        lambda: any_client.verify_one(Candidate("42", TASK), deadline_seconds=seconds),
        lambda: list(any_client.stream([], deadline_seconds=seconds)),
        lambda: any_client.verifiers(deadline_seconds=seconds),
    ):
        with pytest.raises(ValueError, match="deadline_seconds: expected a finite number"):
            call()


def test_what_is_no_candidate_is_named(any_client):
    with pytest.raises(TypeError, match=r"candidates\[1\]: expected adjudge.Candidate, got str"):
        any_client.verify([Candidate("42", TASK), "42"])
    with pytest.raises(TypeError, match=r"candidates\[0\].task: expected adjudge.Task, got dict"):
        any_client.verify([Candidate("42", {"reference": "42"})])
    with pytest.raises(TypeError, match=r"expected adjudge.Candidate, got int"):
        list(any_client.stream([1]))


def test_ids_must_differ_within_a_batch(any_client):
    with pytest.raises(ValueError, match=r"candidates\[2\].id: .*'a' is also candidates\[0\]"):
        any_client.verify(
            [Candidate("1", TASK, id="a"), Candidate("2", TASK), Candidate("3", TASK, id="a")]
        )


def test_a_closed_client_says_so_and_closes_twice(any_client):
    any_client.close()
    any_client.close()
    for call in (
        lambda: any_client.verify([Candidate("42", TASK)]),
        lambda: any_client.verify_one(Candidate("42", TASK)),
        lambda: list(any_client.stream([Candidate("42", TASK)])),
        any_client.verifiers,
    ):
        with pytest.raises(ClientClosedError):
            call()


def test_a_fake_answers_from_a_table_and_remembers():
    fake = FakeClient({"42": Verdict(Outcome.CORRECT, 1.0)})
    assert fake.verify_one(Candidate("42", TASK)).reward == 1.0
    assert [candidate.completion for candidate in fake.batches[0]] == ["42"]
    with pytest.raises(KeyError, match="no completion '43'"):
        fake.verify([Candidate("43", TASK)])


def test_a_fake_fails_as_it_is_told():
    def fail(_candidate):
        raise UnavailableError("gone")

    with pytest.raises(UnavailableError):
        FakeClient(fail).verify([Candidate("42", TASK)])


def test_a_fake_is_a_client_to_a_type_checker():
    assert isinstance(FakeClient({}), Client)
    assert isinstance(FakeAsyncClient({}), AsyncClient)


def test_an_error_of_the_service_is_typed_and_names_the_field(client):
    with pytest.raises(InvalidArgumentError) as caught:
        client.verify([Candidate("42", TASK, id="x" * 257)])
    assert caught.value.violations[0].field == "candidates[0].id"
    assert "candidates[0].id: too long" in str(caught.value)
