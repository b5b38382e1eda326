"""A verdict written by hand reads back through protobuf as it was."""

import json
import math

import pytest
from google.protobuf.unknown_fields import UnknownFieldSet
from hypothesis import given
from hypothesis import strategies as st

from adjudge.v1.verifier_service_pb2 import VerifyCandidatesResponse
from adjudge_verifiers.contract import CaseResult, Outcome, Verdict
from adjudge_worker import wire


class Judge:
    name = "judge"
    version = "1.2.3"


def read(verdict, **changes):
    facts = {
        "verifier": Judge(),
        "verifier_name": "judge",
        "candidate_id": "c1",
        "cpu_seconds": 0.25,
        "wall_seconds": 1.5,
        "peak_memory_bytes": 4096,
    } | changes
    response = VerifyCandidatesResponse.FromString(wire.encode_verdict(verdict, **facts))
    assert len(response.verdicts) == 1
    assert len(UnknownFieldSet(response.verdicts[0])) == 0
    return response.verdicts[0]


def test_every_field_comes_back():
    verdict = Verdict(
        Outcome.PARTIAL,
        0.5,
        "some_tests",
        message="Two of four.",
        answer="x = 1",
        decided_by="tests",
        tests=(CaseResult(Outcome.CORRECT, "fine", 0.1, 0.2, 300), CaseResult(Outcome.TIME_LIMIT)),
        details={"passed": 2, "names": ["ä", "b"]},
    )
    found = read(verdict)
    assert (found.candidate_id, found.outcome, found.reward) == ("c1", Outcome.PARTIAL, 0.5)
    assert (found.reason, found.message) == ("some_tests", "Two of four.")
    assert (found.answer, found.decided_by) == ("x = 1", "tests")
    assert (found.verifier, found.verifier_version) == ("judge", "1.2.3")
    assert (found.usage.cpu_time.seconds, found.usage.cpu_time.nanos) == (0, 250_000_000)
    assert (found.usage.wall_time.seconds, found.usage.wall_time.nanos) == (1, 500_000_000)
    assert found.usage.peak_memory_bytes == 4096
    assert [test.outcome for test in found.tests] == [Outcome.CORRECT, Outcome.TIME_LIMIT]
    assert found.tests[0].message == "fine"
    assert found.tests[0].usage.wall_time.nanos == 200_000_000
    assert found.tests[0].usage.peak_memory_bytes == 300
    assert json.loads(found.details_json) == {"passed": 2, "names": ["ä", "b"]}
    assert found.from_cache is False


def test_a_verdict_without_reward_has_none_and_one_of_zero_has_zero():
    unjudged = Verdict.not_judged(Outcome.BAD_TASK, reason="bad_task", message="broken")
    assert not read(unjudged).HasField("reward")
    wrong = read(Verdict.incorrect(reason="values_differ"))
    assert wrong.HasField("reward")
    assert wrong.reward == 0.0


def test_an_empty_answer_is_not_the_same_as_none():
    assert read(Verdict.correct(answer="")).HasField("answer")
    assert not read(Verdict.correct()).HasField("answer")


def test_an_unknown_verifier_has_a_name_and_no_version():
    found = read(Verdict.correct(), verifier=None, verifier_name="nobody")
    assert (found.verifier, found.verifier_version) == ("nobody", "")


@given(st.text(max_size=3000), st.text(max_size=3000), st.text(max_size=300))
def test_any_text_is_cut_and_comes_back(answer, message, reason):
    found = read(Verdict.correct(answer=answer, message=message, reason=reason))
    assert found.answer == answer[:1024]
    assert found.message == message[:1000]
    assert found.reason == reason[:100]


def test_lone_surrogates_are_replaced():
    found = read(Verdict.correct(answer="a\ud800b", details={"x": "\udfff"}))
    assert found.answer == "a?b"
    assert json.loads(found.details_json) == {"x": "?"}


@given(st.integers(0, 10**9), st.integers(0, 999_999_999), st.integers(0, 2**63))
def test_usage_comes_back(seconds, nanos, memory):
    found = read(Verdict.correct(), wall_seconds=seconds + nanos / 1e9, peak_memory_bytes=memory)
    wall = found.usage.wall_time
    assert wall.seconds + wall.nanos / 1e9 == pytest.approx(seconds + nanos / 1e9, abs=1e-6)
    assert 0 <= wall.nanos < 1_000_000_000
    assert found.usage.peak_memory_bytes == memory


def test_a_negative_time_is_none():
    assert read(Verdict.correct(), cpu_seconds=-1e-9).usage.cpu_time.nanos == 0


def test_details_are_strict_json():
    details = {"nan": math.nan, "inf": [math.inf], "set": {1}, 2: "two"}
    told = json.loads(
        read(Verdict.correct(details=details)).details_json, parse_constant=pytest.fail
    )
    assert told == {"nan": None, "inf": [None], "set": "{1}", "2": "two"}


def test_details_that_are_too_long_say_so():
    told = json.loads(read(Verdict.correct(details={"x": "y" * 100_000})).details_json)
    assert told == {"omitted": "100008 bytes of details; limit 65536"}


def test_details_that_are_no_json_at_all_say_so():
    loop = {}
    loop["self"] = loop
    told = json.loads(read(Verdict.correct(details=loop)).details_json)
    assert "omitted" in told


def test_no_verdict_is_longer_than_a_slot_accepts():
    from adjudge_worker.guest.frames import VERDICT_BYTES

    widest = "\U0001f600" * 2000
    verdict = Verdict.correct(
        answer=widest, message=widest, reason=widest, decided_by=widest, details={"x": "ä" * 32_000}
    )
    encoded = wire.encode_verdict(
        verdict,
        verifier=Judge(),
        verifier_name="n" * 64,
        candidate_id=widest[:256],
        cpu_seconds=1e6,
        wall_seconds=1e6,
        peak_memory_bytes=1 << 62,
    )
    assert len(encoded) < VERDICT_BYTES
