"""Bad input through the whole service: a clear answer, and no neighbour disturbed."""

from __future__ import annotations

import json

import grpc
import pytest

from adjudge import Candidate, Outcome, Task, tasks
from adjudge.errors import DeadlineExceededError, InvalidArgumentError, StatusError
from adjudge.v1 import task_pb2
from adjudge.v1 import verifier_service_pb2 as pb
from adjudge.v1 import verifier_service_pb2_grpc as stubs

pytestmark = [pytest.mark.redis, pytest.mark.jail]

GOOD = Candidate("\\boxed{2}", Task("mathematics", {"reference": "2"}))


def verdict_of(client, completion, task):
    """The verdict of one candidate between two honest ones, which must not notice."""
    before, verdict, after = client.verify(
        [GOOD, Candidate(completion, task), GOOD], deadline_seconds=60
    )
    assert (before.outcome, after.outcome) == (Outcome.CORRECT, Outcome.CORRECT)
    return verdict


@pytest.mark.parametrize(
    ("task", "field"),
    [
        (Task("mathematics", {}), "reference"),
        (Task("mathematics", {"reference": 3.5}), "reference"),
        (
            Task("mathematics", {"reference": "1", "budget": {"cpu_seconds": -1}}),
            "budget.cpu_seconds",
        ),
        (
            Task("mathematics", {"reference": "1", "budget": {"cpu_seconds": 1e9}}),
            "budget.cpu_seconds",
        ),
        (
            Task("mathematics", {"reference": "1", "budget": {"memory_bytes": 1}}),
            "budget.memory_bytes",
        ),
        (Task("mathematics", {"reference": "1", "no_such_option": 1}), "no_such_option"),
        (Task("mathematics", {"reference": "\\frac{1"}), "reference"),
        (Task("mathematics", {"reference": "1", "rewards": {"BAD_TASK": 1}}), "rewards.BAD_TASK"),
        (Task("mathematics", {"reference": "1", "rewards": {"CORRECT": 1e300}}), "rewards.CORRECT"),
        (Task("molecules", {"kind": "exact", "reference": "C(("}), "reference"),
        (Task("molecules", {"kind": "no_such_kind"}), "kind"),
        (Task("programs", {"language": "python", "tests": []}), "tests"),
        (
            Task("programs", {"language": "cobol", "tests": [{"stdin": "", "expected": ""}]}),
            "language",
        ),
    ],
)
def test_a_broken_task_says_which_field_and_costs_no_neighbour(client, task, field):
    verdict = verdict_of(client, "\\boxed{1}", task)
    assert verdict.outcome is Outcome.BAD_TASK
    assert verdict.reward is None
    assert field in verdict.message


@pytest.mark.parametrize(
    "text",
    ['{"reference": NaN}', "[]", "not json", '{"reference": "1"', "{}", '{"reference": 1e999}'],
)
def test_parameters_that_are_no_json_object_are_a_bad_task(service, text):
    request = pb.VerifyCandidatesRequest()
    request.tasks.add(verifier="mathematics", parameters_json=text)
    request.candidates.add(completion="\\boxed{1}")
    with grpc.insecure_channel(service.address) as channel:
        response = stubs.VerifierServiceStub(channel).VerifyCandidates(request, timeout=30)
    assert response.verdicts[0].outcome == Outcome.BAD_TASK
    assert not response.verdicts[0].HasField("reward")


def test_an_unknown_verifier_is_unavailable_and_the_known_ones_are_named(client):
    verdict = verdict_of(client, "x", Task("mathematic", {"reference": "1"}))
    assert verdict.outcome is Outcome.UNAVAILABLE
    assert verdict.reward is None
    assert "mathematics" in verdict.message


@pytest.mark.parametrize(
    "completion",
    [
        "",
        "\0",
        "\\boxed{\0}",
        "\ud800 \\boxed{2}",
        "x" * 1_200_000,
        "\\boxed{" * 50_000,
        "🦀" * 5_000,
    ],
    ids=["empty", "NUL", "NUL in a box", "lone surrogate", "too long", "boxes", "crabs"],
)
@pytest.mark.parametrize(
    "task",
    [
        Task("mathematics", {"reference": "2"}),
        Task("molecules", {"kind": "valid"}),
        Task("programs", {"language": "python", "tests": [{"stdin": "", "expected": "2"}]}),
    ],
    ids=lambda task: task.verifier,
)
def test_odd_text_is_the_candidates_own_outcome(client, completion, task):
    verdict = verdict_of(client, completion, task)
    assert verdict.outcome in {
        Outcome.CORRECT,  # the surrogate stands beside a right box
        Outcome.INCORRECT,
        Outcome.NO_ANSWER,
        Outcome.INVALID_ANSWER,
        Outcome.COMPILE_ERROR,
    }
    assert verdict.reward == (1.0 if verdict.outcome is Outcome.CORRECT else 0.0)


def test_nothing_between_client_and_worker_accepts_a_wrong_batch(service):
    with grpc.insecure_channel(service.address) as channel:
        stub = stubs.VerifierServiceStub(channel)
        task = task_pb2.Task(verifier="noop", parameters_json="{}")
        wrong = {
            "candidates": pb.VerifyCandidatesRequest(tasks=[task]),
            "candidates[1].task_index": pb.VerifyCandidatesRequest(
                tasks=[task], candidates=[{"completion": "a"}, {"completion": "b", "task_index": 7}]
            ),
            "candidates[1].id": pb.VerifyCandidatesRequest(
                tasks=[task], candidates=[{"id": "a"}, {"id": "a"}]
            ),
            "tasks[0].verifier": pb.VerifyCandidatesRequest(
                tasks=[{"verifier": "No Such Name", "parameters_json": "{}"}], candidates=[{}]
            ),
            "tasks[0].digest": pb.VerifyCandidatesRequest(
                tasks=[{"digest": b"short"}], candidates=[{}]
            ),
        }
        for field, request in wrong.items():
            with pytest.raises(grpc.RpcError) as caught:
                stub.VerifyCandidates(request, timeout=30)
            assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT, field
            assert field in caught.value.details()


def test_an_unknown_digest_is_a_failed_precondition_that_names_the_task(service):
    with grpc.insecure_channel(service.address) as channel:
        request = pb.VerifyCandidatesRequest(tasks=[{"digest": b"\7" * 32}], candidates=[{}])
        with pytest.raises(grpc.RpcError) as caught:
            stubs.VerifierServiceStub(channel).VerifyCandidates(request, timeout=30)
        assert caught.value.code() is grpc.StatusCode.FAILED_PRECONDITION
        assert "tasks[0]" in caught.value.details()


def test_bytes_that_are_no_utf_8_name_their_candidate(service):
    good = task_pb2.Candidate(completion="fine").SerializeToString()
    bad = b"\x1a\x02\xff\xfe"  # field 3, two bytes that are no UTF-8
    task = task_pb2.Task(verifier="noop", parameters_json="{}").SerializeToString()
    message = b"".join(
        bytes([tag, len(part)]) + part for tag, part in ((0x12, task), (0x1A, good), (0x1A, bad))
    )
    with grpc.insecure_channel(service.address) as channel:
        call = channel.unary_unary("/adjudge.v1.VerifierService/VerifyCandidates")
        with pytest.raises(grpc.RpcError) as caught:
            call(message, timeout=30)
        assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert "candidates[1].completion" in caught.value.details()


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_deadline_that_is_no_time_is_refused_at_once(client, seconds):
    with pytest.raises(ValueError, match="deadline"):
        client.verify([GOOD], deadline_seconds=seconds)


def test_a_deadline_that_passes_is_its_own_error(client):
    slow = [Candidate("400", Task("sleeping", {})) for _ in range(20)]
    with pytest.raises(DeadlineExceededError):
        client.verify(slow, deadline_seconds=0.3)
    # and the slots are free again soon after
    assert client.verify([GOOD], deadline_seconds=10)[0].reward == 1.0


def test_every_error_of_a_call_is_one_of_ours(client):
    with pytest.raises((InvalidArgumentError, StatusError, ValueError)):
        client.verify([Candidate("a", tasks.mathematics("1"), id="x" * 1000)], deadline_seconds=10)


def test_list_verifiers_tells_schemas_and_examples(client):
    listed = {verifier.name: verifier for verifier in client.verifiers(deadline_seconds=30)}
    assert {"mathematics", "molecules", "programs"} <= set(listed)
    for name in ("mathematics", "molecules", "programs"):
        assert listed[name].available, listed[name].unavailable_reason
        schema = listed[name].parameters_schema
        schema = json.loads(schema) if isinstance(schema, str) else schema
        assert schema["type"] == "object"
        assert listed[name].examples


def test_a_dict_argument_keeps_its_order_all_the_way(client):
    tests = [{"arguments": [{"zeta": 1, "alpha": 2}], "expected": "zeta"}]
    task = Task("programs", {"language": "python", "entry_point": "first", "tests": tests})
    source = "```python\ndef first(d):\n    return next(iter(d))\n```"
    assert (
        client.verify([Candidate(source, task)], deadline_seconds=30)[0].outcome is Outcome.CORRECT
    )
