"""Each candidate of a chunk gets exactly one verdict, in order, whatever goes wrong."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.exceptions import ConnectionError as RedisConnectionError
from tests.fixtures.fake_jail import FakeEvaluators, NoSandbox
from tests.plugins.noop import NoopParameters
from tests.unit.worker.chunks import make_job, make_request, verdicts_of

from adjudge.v1 import outcome_pb2 as wire
from adjudge.v1.task_pb2 import Task
from adjudge_verifiers.contract import (
    BadTask,
    CaseResult,
    Example,
    Outcome,
    SandboxedVerifier,
    Verdict,
)
from adjudge_verifiers.registry import load_registry
from adjudge_worker.chunk import ChunkJudge
from adjudge_worker.errors import BadChunk
from adjudge_worker.shelf import Shelf
from adjudge_worker.tasks import digest_of

REGISTRY = load_registry(
    {
        "noop": "tests.plugins.noop:Noop",
        "boxed": "tests.unit.worker.test_chunk:Boxed",
        "absent": "tests.plugins.none:None_",
    }
)
OUTCOME = wire.Outcome


class Boxed(SandboxedVerifier[NoopParameters, str]):
    """A sandboxed verifier that looks at no sandbox."""

    name = "boxed"
    version = "7"
    summary = "Sandboxed, for tests."
    parameters_type = NoopParameters
    examples = (
        Example({}, "right", Outcome.CORRECT),
        Example({}, "wrong", Outcome.INCORRECT),
    )
    prepared = 0

    def prepare(self, parameters):
        type(self).prepared += 1
        if parameters.reference == "broken":
            raise BadTask("reference", "it is broken")
        return parameters.reference

    def judge(self, prepared, completion, sandbox):  # noqa: ARG002 - the contract names them
        if completion == "raise":
            raise ZeroDivisionError
        tests = [CaseResult(Outcome.CORRECT, cpu_seconds=0.25, peak_memory_bytes=n) for n in (3, 5)]
        if completion == "wrong":
            return Verdict.incorrect(reason="word", tests=tests)
        return Verdict.correct(tests=tests)


class FakeTasks:
    """Tasks by digest, from a table."""

    def __init__(self, *tasks):
        self.table = {digest_of(task): task for task in tasks}
        self.failures = 0

    def fetch(self, digests):
        if self.failures:
            self.failures -= 1
            raise RedisConnectionError("away")
        return {digest: self.table[digest] for digest in digests if digest in self.table}


def make_judge(tasks=None, evaluators=None):
    return ChunkJudge(
        REGISTRY,
        evaluators or FakeEvaluators(REGISTRY),
        NoSandbox(),
        tasks or FakeTasks(),
        shelf=Shelf(1 << 20),
    )


def go_on():
    return None


def judged(request, *, stop=go_on, tasks=None, **changes):
    result = make_judge(tasks).judge(make_job(request, **changes), stop)
    verdicts = verdicts_of(result.response)
    assert len(verdicts) == result.items == len(request.candidates)
    assert [verdict.candidate_id for verdict in verdicts] == [
        candidate.id for candidate in request.candidates
    ]
    return verdicts


def names(verdicts):
    return [OUTCOME.Name(verdict.outcome).removeprefix("OUTCOME_") for verdict in verdicts]


@pytest.mark.parametrize("verifier", ["noop", "boxed"])
def test_verdicts_come_in_order(verifier):
    request = make_request(
        ["right", "wrong", "", "x\0y"], tasks=[Task(verifier=verifier, parameters_json="{}")]
    )
    verdicts = judged(request, verifier=verifier)
    assert names(verdicts) == ["CORRECT", "INCORRECT", "CORRECT", "CORRECT"]
    assert [verdict.reward for verdict in verdicts] == [1.0, 0.0, 1.0, 1.0]
    assert {verdict.verifier for verdict in verdicts} == {verifier}


def test_an_empty_chunk_has_an_empty_response():
    assert judged(make_request([])) == []


@pytest.mark.parametrize("verifier", ["noop", "boxed"])
def test_candidates_of_broken_tasks_get_bad_task_between_their_neighbours(verifier):
    tasks = [
        Task(verifier=verifier, parameters_json="{}"),
        Task(verifier=verifier, parameters_json='{"seconds": "long"}'),
        Task(verifier=verifier, parameters_json="{not json"),
        Task(verifier=verifier, parameters_json='{"unknown": 1, "seconds": NaN}'),
        Task(verifier=verifier, parameters_json='{"rewards": {"UNAVAILABLE": 1}}'),
    ]
    request = make_request(
        [(1, "a"), (0, "right"), (2, "b"), (3, "c"), (0, "wrong"), (4, "d"), (9, "e")], tasks=tasks
    )
    verdicts = judged(request, verifier=verifier)
    assert names(verdicts) == [
        "BAD_TASK",
        "CORRECT",
        "BAD_TASK",
        "BAD_TASK",
        "INCORRECT",
        "BAD_TASK",
        "INTERNAL_ERROR",
    ]
    assert verdicts[0].message.startswith("seconds: ")
    assert verdicts[3].message == "seconds: Input should be a finite number (and 1 more)"
    assert verdicts[5].message.startswith("rewards.UNAVAILABLE: ")
    assert verdicts[6].reason == "no_such_task"
    assert not any(verdict.HasField("reward") for verdict in verdicts if verdict.outcome > 10)


def test_a_task_may_be_named_by_digest_alone():
    full = Task(verifier="noop", parameters_json='{"reference": "stored"}')
    request = make_request(
        [(0, "right"), (1, "wrong")],
        tasks=[Task(digest=digest_of(full)), Task(verifier="noop", parameters_json="{}")],
    )
    assert names(judged(request, tasks=FakeTasks(full))) == ["CORRECT", "INCORRECT"]


def test_a_task_that_is_gone_costs_its_candidates_alone():
    request = make_request(
        [(0, "right"), (1, "right")],
        tasks=[Task(digest=b"x" * 32), Task(verifier="noop", parameters_json="{}")],
    )
    verdicts = judged(request)
    assert names(verdicts) == ["INTERNAL_ERROR", "CORRECT"]
    assert verdicts[0].reason == "task_lost"


def test_a_task_of_another_verifier_is_not_judged_by_this_one():
    request = make_request(["right"], tasks=[Task(verifier="boxed", parameters_json="{}")])
    verdicts = judged(request)
    assert names(verdicts) == ["INTERNAL_ERROR"]
    assert verdicts[0].reason == "wrong_verifier"


def test_tasks_are_fetched_again_until_redis_is_back():
    full = Task(verifier="noop", parameters_json="{}")
    tasks = FakeTasks(full)
    tasks.failures = 3
    request = make_request(["right"], tasks=[Task(digest=digest_of(full))])
    assert names(judged(request, tasks=tasks)) == ["CORRECT"]


def test_nobody_waits_for_tasks_beyond_the_deadline():
    tasks = FakeTasks()
    tasks.failures = 1000
    asked = iter([None, None, Outcome.DEADLINE_EXCEEDED])
    request = make_request(["right"], tasks=[Task(digest=b"x" * 32)])
    assert names(judged(request, tasks=tasks, stop=lambda: next(asked))) == ["DEADLINE_EXCEEDED"]


@pytest.mark.parametrize(
    ("verifier", "says"), [("absent", "tests.plugins.none"), ("noob", "Did you mean 'noop'")]
)
def test_an_unavailable_verifier_says_why(verifier, says):
    request = make_request(["x", "y"], tasks=[Task(verifier=verifier, parameters_json="{}")])
    verdicts = judged(request, verifier=verifier)
    assert names(verdicts) == ["UNAVAILABLE"] * 2
    assert says in verdicts[0].message
    assert not verdicts[0].HasField("reward")


@pytest.mark.parametrize("verifier", ["noop", "boxed"])
def test_expired_work_is_never_run(verifier):
    Boxed.prepared = 0
    request = make_request(["right"] * 3, tasks=[Task(verifier=verifier, parameters_json="{}")])
    result = make_judge(evaluators=object()).judge(
        make_job(request, verifier=verifier), lambda: Outcome.DEADLINE_EXCEEDED
    )
    assert names(verdicts_of(result.response)) == ["DEADLINE_EXCEEDED"] * 3
    assert result.stopped
    assert Boxed.prepared == 0


@pytest.mark.parametrize("verifier", ["noop", "boxed"])
def test_a_deadline_in_the_middle_leaves_the_finished_verdicts(verifier):
    request = make_request(["right"] * 4, tasks=[Task(verifier=verifier, parameters_json="{}")])
    asked = iter([None, None, None] + [Outcome.DEADLINE_EXCEEDED] * 9)
    result = make_judge().judge(make_job(request, verifier=verifier), lambda: next(asked))
    assert names(verdicts_of(result.response)) == ["CORRECT"] * 2 + ["DEADLINE_EXCEEDED"] * 2
    assert result.stopped


@pytest.mark.parametrize("verifier", ["noop", "boxed"])
def test_a_blamed_candidate_is_not_run_and_earns_what_its_task_says(verifier):
    tasks = [
        Task(verifier=verifier, parameters_json="{}"),
        Task(verifier=verifier, parameters_json='{"rewards": {"RUNTIME_ERROR": -2.5}}'),
        Task(verifier=verifier, parameters_json="{"),
    ]
    request = make_request([(0, "a"), (1, "b"), (2, "c")], tasks=tasks)
    job = make_job(request, verifier=verifier, blamed=True)
    result = make_judge(evaluators=object()).judge(job, go_on)
    verdicts = verdicts_of(result.response)
    assert names(verdicts) == ["RUNTIME_ERROR", "RUNTIME_ERROR", "BAD_TASK"]
    assert [verdict.reward for verdict in verdicts[:2]] == [0.0, -2.5]
    assert verdicts[0].reason == "killed_worker"


def test_a_sandboxed_task_is_prepared_once_and_its_usage_added_up():
    Boxed.prepared = 0
    request = make_request(
        ["right", "wrong", "raise"], tasks=[Task(verifier="boxed", parameters_json="{}")]
    )
    judge = make_judge()
    for _ in range(2):
        result = judge.judge(make_job(request, verifier="boxed"), go_on)
    verdicts = verdicts_of(result.response)
    assert Boxed.prepared == 1
    assert names(verdicts) == ["CORRECT", "INCORRECT", "INTERNAL_ERROR"]
    assert verdicts[0].usage.cpu_time.nanos == 500_000_000
    assert verdicts[0].usage.peak_memory_bytes == 5
    assert verdicts[0].verifier_version == "7"


def test_a_sandboxed_task_that_cannot_be_prepared_is_bad():
    request = make_request(
        ["right"], tasks=[Task(verifier="boxed", parameters_json='{"reference": "broken"}')]
    )
    verdicts = judged(request, verifier="boxed")
    assert names(verdicts) == ["BAD_TASK"]
    assert "reference" in verdicts[0].message


@pytest.mark.parametrize("chunk", [b"\xff", b"\x1a\x05\x1a\x03\xff\xfe\xfd", b"\x0a\xff\xff"])
def test_what_is_no_request_is_refused_as_a_whole(chunk):
    with pytest.raises(BadChunk):
        make_judge().judge(make_job(chunk), go_on)


def test_a_worker_that_fails_gives_no_reward():
    result = make_judge().give_up(make_job(make_request(["a", "b"])), "worker_raised", "Failed.")
    verdicts = verdicts_of(result.response)
    assert names(verdicts) == ["INTERNAL_ERROR"] * 2
    assert result.stopped


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 4), st.text(max_size=20).filter(lambda text: "\ud800" not in text)
        ),
        max_size=12,
    ),
    st.lists(
        st.sampled_from(["{}", "{", "[]", "null", '{"seconds": -1}', '{"reference": "\\u0000"}']),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["noop", "boxed"]),
)
def test_any_mixture_of_tasks_and_completions_is_answered_in_order(pairs, texts, verifier):
    request = make_request(
        [(index, text.encode("utf-8", "ignore").decode()) for index, text in pairs],
        tasks=[Task(verifier=verifier, parameters_json=text) for text in texts],
    )
    good = {
        position
        for position, text in enumerate(texts)
        if isinstance(value := _loads(text), dict) and value.get("seconds", 0) >= 0
    }
    for (index, text), name in zip(pairs, names(judged(request, verifier=verifier)), strict=True):
        if index >= len(texts):
            assert name == "INTERNAL_ERROR"
        elif index not in good:
            assert name == "BAD_TASK"
        else:
            assert name == ("INCORRECT" if text == "wrong" else name)


def _loads(text):
    try:
        return json.loads(text)
    except ValueError:
        return None
