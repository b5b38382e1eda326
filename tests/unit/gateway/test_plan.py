"""The stored plan of a request."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge_gateway.plan import MalformedPlan, Plan, derived_job_id, request_key
from adjudge_worker.queue.codec import JOB_ID

LANES = st.lists(st.lists(st.integers(1, 0xFFFF), min_size=1, max_size=50), max_size=5)


@given(st.binary(min_size=32, max_size=32), LANES)
def test_a_plan_is_read_back(content, lanes):
    assert Plan.decode(Plan(content, lanes).encode()) == Plan(content, lanes)


def test_even_chunks_take_few_bytes():
    assert len(Plan(bytes(32), [[1] * 8_192]).encode()) < 50


@given(st.binary(max_size=100))
def test_any_bytes_are_a_plan_or_refused(data):
    try:
        plan = Plan.decode(data)
    except MalformedPlan:
        return
    assert len(plan.content) == 32


@pytest.mark.parametrize(
    ("sizes", "fits"), [([5, 2], True), ([2, 5], False), ([7], False), ([5, 2, 0], False)]
)
def test_a_plan_fits_lanes_of_its_sizes_only(sizes, fits):
    assert Plan(bytes(32), [[4, 1], [2]]).fits(sizes) is fits


def test_job_ids_are_alike_for_the_same_request_and_no_other():
    key = request_key("tenant", "request")

    ids = {
        derived_job_id(key, bytes(32), 0, 0),
        derived_job_id(key, bytes(32), 0, 1),
        derived_job_id(key, bytes(32), 1, 0),
        derived_job_id(key, b"x" * 32, 0, 0),
        derived_job_id(request_key("other", "request"), bytes(32), 0, 0),
    }

    assert len(ids) == 5
    assert all(JOB_ID.fullmatch(job_id) for job_id in ids)
    assert derived_job_id(key, bytes(32), 0, 0) in ids
