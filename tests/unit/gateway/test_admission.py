"""What is not let in, and what the refusal says."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from tests.unit.gateway.rig import request

from adjudge.v1.task_pb2 import Task
from adjudge.v1.verifier_service_pb2 import StreamVerdictsRequest, VerifyCandidatesRequest
from adjudge_gateway.admission import Admission
from adjudge_gateway.errors import InvalidRequest, QueueLost, UnknownDigests
from adjudge_gateway.tasks import TaskShelf, digest_of
from adjudge_worker.queue import FakeDispatcher

if TYPE_CHECKING:
    from adjudge_gateway.batch import Batch

DIGEST = digest_of("echo", "{}")


def admission(dispatcher: FakeDispatcher | None = None, *, max_batch: int = 100) -> Admission:
    shelf = TaskShelf(dispatcher or FakeDispatcher(), limit_bytes=1 << 20, inline_bytes=4096)
    return Admission(shelf, max_batch=max_batch)


def admit(message: VerifyCandidatesRequest | bytes, door: Admission | None = None) -> Batch:
    data = message if isinstance(message, bytes) else message.SerializeToString()
    return asyncio.run((door or admission()).batch(data))


def refusal(message: VerifyCandidatesRequest | bytes, **more: int) -> dict[str, str]:
    """Descriptions by field."""
    with pytest.raises(InvalidRequest) as caught:
        admit(message, admission(**more))
    return {violation.field: violation.description for violation in caught.value.violations}


def test_an_empty_batch_is_refused():
    assert refusal(request()) == {"candidates": "expected at least one, got none"}


def test_a_batch_without_tasks_is_refused():
    message = request("a")
    message.ClearField("tasks")

    assert refusal(message) == {"tasks": "expected at least one, got none"}


def test_empty_bytes_are_refused_for_both_fields():
    assert set(refusal(b"")) == {"tasks", "candidates"}


def test_a_batch_over_the_limit_is_told_the_limit_and_what_came():
    refused = refusal(request(*"abcd"), max_batch=3)

    assert refused["candidates"] == "at most 3 in one request, got 4; split the batch"


def test_too_many_tasks_are_refused():
    tasks = [Task(verifier="echo", parameters_json=str(n)) for n in range(4)]

    assert "at most 3" in refusal(request("a", tasks=tasks), max_batch=3)["tasks"]


def test_a_flood_of_tiny_entries_is_refused_before_it_is_parsed():
    # Given 2 MiB of empty candidates, which would become a million objects
    flood = b"\x1a\x00" * (1 << 20)

    assert "over 201 fields" in refusal(flood)["candidates"]


def test_a_task_index_out_of_range_names_the_candidate():
    message = request(*"abcde")
    message.candidates[3].task_index = 7

    assert refusal(message) == {"candidates[3].task_index": "expected 0 to 0, got 7"}


@pytest.mark.parametrize("name", ["Echo", "a b", "x" * 65, "é", "a/b", "a\0", "a\n"])
def test_a_bad_verifier_name_is_refused(name):
    assert set(refusal(request("a", verifier=name))) == {"tasks[0].verifier"}


def test_parameters_without_a_verifier_are_refused():
    refused = refusal(request("a", tasks=[Task(parameters_json="{}")]))

    assert set(refused) == {"tasks[0].verifier"}


def test_a_task_that_is_neither_full_nor_a_digest_is_refused():
    refused = refusal(request("a", tasks=[Task()]))

    assert refused == {"tasks[0]": "expected a task in full or its digest, got neither"}


@pytest.mark.parametrize("length", [1, 31, 33, 64])
def test_a_digest_of_wrong_length_is_refused(length):
    refused = refusal(request("a", tasks=[Task(digest=bytes(length))]))

    assert refused == {"tasks[0].digest": f"expected 32 bytes, got {length}"}


def test_a_digest_that_does_not_match_is_refused_and_told_the_right_one():
    task = Task(verifier="echo", parameters_json="{}", digest=bytes(32))

    assert DIGEST.hex() in refusal(request("a", tasks=[task]))["tasks[0].digest"]


def test_a_digest_that_matches_is_let_in():
    task = Task(verifier="echo", parameters_json="{}", digest=DIGEST)

    assert admit(request("a", tasks=[task])).tasks[0].digest == DIGEST


def test_duplicate_ids_are_refused_and_point_at_the_first():
    message = request(*"abcd")
    for position in (0, 2, 3):
        message.candidates[position].id = "same"

    refused = refusal(message)

    assert set(refused) == {"candidates[2].id", "candidates[3].id"}
    assert "candidates[0].id" in refused["candidates[2].id"]


def test_many_candidates_without_an_id_are_no_duplicates():
    message = request(*"abc")
    message.candidates[1].id = "only"

    assert len(admit(message)) == 3


def test_names_may_have_256_characters_and_no_more():
    message = request(*"abcd")
    message.candidates[0].id = "é" * 256
    message.candidates[1].id = "x" * 257
    message.candidates[2].group = "x" * 256
    message.candidates[3].group = "x" * 257

    assert refusal(message) == {
        "candidates[1].id": "at most 256 characters, got 257",
        "candidates[3].group": "at most 256 characters, got 257",
    }


def test_a_request_id_may_have_128_characters_and_no_more():
    assert admit(request("a", request_id="r" * 128)).request_id == "r" * 128
    assert set(refusal(request("a", request_id="r" * 129))) == {"request_id"}


def test_all_broken_fields_are_named_at_once():
    message = request(*"ab", verifier="BAD", request_id="r" * 200)
    message.candidates[1].task_index = 9

    assert set(refusal(message)) == {
        "request_id",
        "tasks[0].verifier",
        "candidates[1].task_index",
    }


def broken(message: VerifyCandidatesRequest) -> bytes:
    """The message with every Q turned into a byte that no UTF-8 has."""
    return message.SerializeToString().replace(b"Q", b"\xff")


def test_a_completion_that_is_no_utf_8_names_its_candidate():
    refused = refusal(broken(request("fine", "fine", "xxQ", "fine")))

    assert set(refused) == {"candidates[2].completion"}
    assert "0xff at byte 2" in refused["candidates[2].completion"]


def test_other_strings_that_are_no_utf_8_are_named_too():
    named = request("a")
    named.candidates[0].id = "Q"

    assert set(refusal(broken(named))) == {"candidates[0].id"}
    assert set(refusal(broken(request("a", request_id="Q")))) == {"request_id"}
    task = Task(verifier="echo", parameters_json="Q")
    assert set(refusal(broken(request("a", tasks=[task])))) == {"tasks[0].parameters_json"}


def test_an_encoded_surrogate_is_no_utf_8():
    data = request("QQQ").SerializeToString().replace(b"QQQ", b"\xed\xa0\x80")

    assert set(refusal(data)) == {"candidates[0].completion"}


@pytest.mark.parametrize(
    "data", [b"\xff", b"\x0a\x05a", b"\x1a\xff\xff\xff\xff\x0f", b"\x0b" * 500]
)
def test_bytes_that_are_no_protobuf_are_refused(data):
    (field,) = refusal(data)

    assert field in {"body", "request_id", "candidates[0]"}


def test_a_message_cut_short_is_refused():
    data = request("a" * 50).SerializeToString()

    assert refusal(data[:-3])


def test_nul_bytes_and_strange_text_are_let_in():
    message = request("\0", "\ud7ff\U0010ffff", "", "\u202e")

    assert len(admit(message)) == 4


def test_fields_that_we_do_not_know_are_left_out():
    data = request("a").SerializeToString() + b"\xf2\x06\x03abc"

    batch = admit(data)

    assert batch.cut([range(1)])[0].chunk == admit(request("a")).cut([range(1)])[0].chunk


def test_unknown_digests_are_all_listed():
    tasks = [Task(digest=bytes([n]) * 32) for n in range(3)]
    tasks.insert(1, Task(verifier="echo"))

    with pytest.raises(UnknownDigests) as caught:
        admit(request("a", tasks=tasks))

    assert caught.value.indices == [0, 2, 3]


def test_a_task_seen_before_may_be_named_by_digest():
    door = admission()
    admit(request("a"), door)

    batch = admit(request("a", tasks=[Task(digest=DIGEST)]), door)

    assert batch.tasks[0].verifier == "echo"


def test_a_task_that_another_gateway_stored_may_be_named_by_digest():
    dispatcher = FakeDispatcher()
    dispatcher.tasks[DIGEST] = Task(verifier="echo", parameters_json="{}").SerializeToString()

    batch = admit(request("a", tasks=[Task(digest=DIGEST)]), admission(dispatcher))

    assert batch.tasks[0].verifier == "echo"


@pytest.mark.parametrize(
    "stored", [Task(verifier="echo", parameters_json="other").SerializeToString(), b"\xff\xff"]
)
def test_a_stored_task_that_is_not_what_its_digest_says_is_not_believed(stored):
    dispatcher = FakeDispatcher()
    dispatcher.tasks[DIGEST] = stored

    with pytest.raises(UnknownDigests):
        admit(request("a", tasks=[Task(digest=DIGEST)]), admission(dispatcher))


def test_a_digest_cannot_be_looked_up_while_redis_is_away():
    dispatcher = FakeDispatcher()
    dispatcher.down = True

    with pytest.raises(QueueLost, match="request_id"):
        admit(request("a", tasks=[Task(digest=DIGEST)]), admission(dispatcher))


def test_content_is_the_same_in_full_and_by_digest():
    door = admission()
    full = admit(request("a", request_id="r"), door)
    named = admit(request("a", request_id="r", tasks=[Task(digest=DIGEST)]), door)

    assert full.content == named.content
    assert full.content != admit(request("b", request_id="r"), door).content


def test_a_stream_message_is_checked_alike():
    message = StreamVerdictsRequest(tasks=[Task(verifier="echo")])
    message.candidates.add(task_index=1)

    with pytest.raises(InvalidRequest, match=r"candidates\[0\].task_index"):
        asyncio.run(admission().stream_message(message.SerializeToString()))
    message.candidates[0].task_index = 0
    message.candidates[0].completion = "Q"
    with pytest.raises(InvalidRequest, match=r"candidates\[0\].completion"):
        asyncio.run(admission().stream_message(message.SerializeToString().replace(b"Q", b"\xff")))
