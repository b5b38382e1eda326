"""Tasks by digest: fetched once, believed only with the right digest; caches bounded by bytes."""

import pytest

from adjudge.v1.task_pb2 import Task
from adjudge_worker.lru import ByteLru
from adjudge_worker.queue.seal import Seal
from adjudge_worker.tasks import TaskStore, digest_of

TASK = Task(verifier="noop", parameters_json='{"reference": "ü"}')
DIGEST = digest_of(TASK)


def store(redis_client, digest, value):
    redis_client.set(f"adjudge:task:{digest.hex()}", value)


def test_a_task_is_fetched_once(redis_client):
    store(redis_client, DIGEST, TASK.SerializeToString())
    tasks = TaskStore(redis_client, Seal(), 1 << 20)
    assert tasks.fetch([DIGEST, DIGEST, b"x" * 32]) == {DIGEST: TASK}
    assert 0 < redis_client.ttl(f"adjudge:task:{DIGEST.hex()}") <= 3600
    redis_client.flushall()
    assert tasks.fetch([DIGEST]) == {DIGEST: TASK}


@pytest.mark.parametrize(
    "value",
    [
        Task(verifier="noop", parameters_json="{}").SerializeToString(),
        b"\xff\xff",
        b"",
        Seal(b"x" * 16).close(TASK.SerializeToString(), b"task" + DIGEST),
    ],
    ids=["an easier task", "no protobuf", "nothing", "signed by another"],
)
def test_what_does_not_have_the_digest_is_not_believed(redis_client, value):
    store(redis_client, DIGEST, value)
    for seal in (Seal(), Seal(b"k" * 16)):
        assert TaskStore(redis_client, seal, 1 << 20).fetch([DIGEST]) == {}


def test_a_byte_lru_forgets_what_was_used_longest_ago():
    lru = ByteLru(10)
    lru.put("a", 1, 4)
    lru.put("b", 2, 4)
    assert lru.get("a") == 1
    lru.put("c", 3, 4)
    assert (lru.get("a"), lru.get("b"), lru.get("c")) == (1, None, 3)


def test_a_byte_lru_keeps_one_heavy_value_alone():
    lru = ByteLru(10)
    lru.put("a", 1, 4)
    lru.put("heavy", 2, 100)
    assert (len(lru), lru.get("heavy")) == (1, 2)
    lru.put("b", 3, 4)
    assert (lru.get("heavy"), lru.get("b")) == (None, 3)


def test_a_byte_lru_weighs_a_replaced_value_once():
    lru = ByteLru(10)
    for _ in range(10):
        lru.put("a", 1, 4)
    lru.put("b", 2, 6)
    assert (lru.get("a"), lru.get("b")) == (1, 2)
