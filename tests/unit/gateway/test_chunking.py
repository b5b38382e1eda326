"""How batches are cut."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from adjudge.v1.task_pb2 import Task
from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest
from adjudge_gateway.batch import Batch, runs_of
from adjudge_gateway.chunking import chunk_lengths
from adjudge_gateway.settings import ChunkLimits
from adjudge_gateway.tasks import KnownTask, digest_of

LIMITS = ChunkLimits(seconds=0.1, spread_seconds=0.004, items=256, bytes=256 * 1024)


def lengths(items: int, *, each_bytes: int = 100, seconds: float = 1e-3, idle: int = 0):
    ends = list(accumulate([each_bytes] * items))
    return chunk_lengths(ends, item_seconds=seconds, idle_slots=idle, limits=LIMITS)


@given(
    st.lists(st.integers(1, 400_000), min_size=1, max_size=600),
    st.floats(1e-7, 1e3),
    st.integers(0, 64),
)
def test_each_item_is_in_exactly_one_chunk_within_the_limits(sizes, seconds, idle):
    ends = list(accumulate(sizes))

    found = chunk_lengths(ends, item_seconds=seconds, idle_slots=idle, limits=LIMITS)

    assert sum(found) == len(sizes)
    assert min(found) > 0
    start = 0
    for length in found:
        assert length == 1 or (
            length <= LIMITS.items
            and length * seconds <= LIMITS.seconds * 1.001
            and sum(sizes[start : start + length]) <= LIMITS.bytes
        )
        start += length


def test_cheap_items_stay_together():
    assert lengths(64, seconds=20e-6, idle=4) == [64]


def test_a_chunk_takes_a_tenth_of_a_second():
    assert lengths(1_000, seconds=1e-3) == [100] * 10


def test_a_lone_expensive_batch_uses_every_idle_slot():
    assert lengths(16, seconds=5e-3, idle=4) == [4] * 4


def test_items_slower_than_a_chunk_go_alone():
    assert lengths(3, seconds=2.0) == [1] * 3


def test_chunks_of_a_batch_are_about_even():
    assert lengths(257, seconds=1e-6) == [129, 128]


def test_large_items_are_cut_by_bytes():
    assert lengths(6, each_bytes=100_000, seconds=1e-6) == [2, 2, 2]


def known(name: str) -> KnownTask:
    task = Task(verifier=name.rstrip("0123456789"), parameters_json=name)
    digest = digest_of(task.verifier, task.parameters_json)
    return KnownTask.of(task, digest, inline_bytes=4096)


NAMES = ("a1", "a2", "b1", "a3", "c1", "b2")


@given(
    st.lists(st.integers(0, len(NAMES) - 1), min_size=1, max_size=80),
    st.integers(1, 9),
)
def test_every_candidate_finds_its_own_task_in_its_chunk(task_of, length):
    # Given a batch with several verifiers
    message = VerifyCandidatesRequest()
    for position, task in enumerate(task_of):
        message.candidates.add(task_index=task, completion=str(position))
    batch = Batch(message, [known(name) for name in NAMES], list(task_of))

    # When every lane is cut
    runs = []
    for lane in batch.lanes():
        full, rest = divmod(len(lane.positions), length)
        runs += runs_of(lane.positions, [length] * full + [rest] * (rest > 0))
    pieces = batch.cut(runs)

    # Then each position comes once, with its own task, and no chunk has two verifiers
    seen = []
    for piece in pieces:
        chunk = VerifyCandidatesRequest.FromString(piece.chunk)
        assert len({task.verifier for task in chunk.tasks}) == 1
        for candidate, position in zip(chunk.candidates, piece.positions, strict=True):
            assert candidate.completion == str(position)
            name = chunk.tasks[candidate.task_index].parameters_json
            assert name == NAMES[task_of[position]]
            seen.append(position)
        assert {candidate.task_index for candidate in chunk.candidates} == set(
            range(len(chunk.tasks))
        )
    assert sorted(seen) == list(range(len(task_of)))


def test_a_large_task_travels_by_digest():
    task = Task(verifier="a", parameters_json="x" * 5_000)
    digest = digest_of(task.verifier, task.parameters_json)
    large = KnownTask.of(task, digest, inline_bytes=4096)
    message = VerifyCandidatesRequest()
    message.candidates.add(completion="c")

    (piece,) = Batch(message, [large], [0]).cut([range(1)])

    assert VerifyCandidatesRequest.FromString(piece.chunk).tasks[0] == Task(digest=digest)
    assert Task.FromString(large.stored) == task
    assert list(piece.stored_tasks) == [large]
