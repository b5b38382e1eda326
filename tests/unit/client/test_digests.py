"""Long tasks travel once; what the service has forgotten is sent again."""

from __future__ import annotations

import hashlib

import grpc
import pytest

from adjudge import Candidate, FailedPreconditionError, Task
from adjudge.digests import MAX_KNOWN, KnownTasks

LONG = Task("echo", {"reference": "42", "tests": "x" * 5000})
OTHER = Task("echo", {"reference": "43", "tests": "y" * 5000})
SHORT = Task("echo", {"reference": "42"})


def test_a_digest_is_what_the_contract_says():
    text = b"echo\0" + SHORT.parameters_json.encode()
    assert SHORT.digest == hashlib.sha256(text).digest()


def test_a_task_is_sent_once_in_a_request(client, service):
    client.verify([Candidate("42", LONG), Candidate("43", OTHER), Candidate("44", LONG)])
    (request,) = service.requests
    assert len(request.tasks) == 2
    assert [each.task_index for each in request.candidates] == [0, 1, 0]


def test_equal_tasks_are_one_even_when_made_apart(client, service):
    client.verify([Candidate("42", Task("echo", {"b": 1, "reference": "42"})) for _ in range(3)])
    assert len(service.requests[0].tasks) == 1


def test_a_long_task_goes_by_digest_once_it_is_known(client, service):
    client.verify([Candidate("42", LONG)])
    client.verify([Candidate("42", LONG), Candidate("42", SHORT)])
    by_digest, in_full = service.requests[1].tasks
    assert (by_digest.verifier, by_digest.parameters_json) == ("", "")
    assert by_digest.digest == LONG.digest
    assert in_full.parameters_json == SHORT.parameters_json


def test_a_forgotten_task_is_sent_again_in_full(client, service):
    client.verify([Candidate("42", LONG), Candidate("43", OTHER)])
    del service.known[LONG.digest]
    verdicts = client.verify([Candidate("42", LONG), Candidate("43", OTHER)])
    assert [verdict.reward for verdict in verdicts] == [1.0, 1.0]
    _, refused, healed = service.requests
    assert refused.request_id == healed.request_id
    assert [bool(task.verifier) for task in healed.tasks] == [True, False]


def test_a_stream_whose_task_was_forgotten_goes_on_in_full(client, service):
    candidates = [Candidate("42", LONG) for _ in range(600)]
    service.forgetful = True
    answers = list(client.stream(candidates))
    assert sorted(position for position, _ in answers) == list(range(600))


def test_a_service_that_never_learns_is_given_up(client, service):
    client.verify([Candidate("42", LONG)])
    service.known.clear()
    asked = len(service.requests)

    class Refuser:
        def abort(self, context):
            service._tasks(
                [type("Task", (), {"verifier": "", "parameters_json": "", "digest": b""})], context
            )

    service.failures = [Refuser()] * 10
    with pytest.raises(FailedPreconditionError):
        client.verify([Candidate("42", LONG)])
    assert len(service.requests) - asked <= 4


def test_a_precondition_of_another_kind_is_raised(client, service):
    from tests.unit.client.service import Failure

    service.failures = [Failure(grpc.StatusCode.FAILED_PRECONDITION, "other")]
    with pytest.raises(FailedPreconditionError, match="other"):
        client.verify([Candidate("42", LONG)])
    assert len(service.requests) == 1


def test_what_is_known_is_bounded_and_forgets_the_oldest():
    known = KnownTasks(0)
    known.learn(number.to_bytes(32, "big") for number in range(MAX_KNOWN))
    assert (0).to_bytes(32, "big") in known  # asked for, so fresh again
    known.learn([b"new"])
    assert (1).to_bytes(32, "big") not in known
    assert (0).to_bytes(32, "big") in known
