"""How much may wait, and what those hear for whom there is no room."""

from __future__ import annotations

import math

import pytest

from adjudge_gateway.board import Board
from adjudge_gateway.errors import Overloaded
from adjudge_gateway.quota import Quota, Throughput
from adjudge_gateway.settings import Settings
from adjudge_worker.queue import FakeDispatcher


def quota(**settings: int) -> Quota:
    limits = {"max_batch": 10, "tenant_items": 100, "total_items": 150, "max_message_bytes": 10}
    limits |= {"tenant_bytes": 1_000, "total_bytes": 1_500} | settings
    return Quota(Settings(**limits), Board(FakeDispatcher(), default_pool="default"))


def test_a_tenant_is_stopped_at_its_cap_and_others_go_on():
    room = quota()
    room.reserve("a", 95, 1)

    with pytest.raises(Overloaded, match=r"this tenant's backlog is full: 95 .* at most 100"):
        room.reserve("a", 6, 1)
    room.reserve("b", 6, 1)
    room.reserve("a", 5, 1)


def test_all_tenants_together_are_stopped_at_the_total():
    room = quota()
    room.reserve("a", 90, 1)
    room.reserve("b", 55, 1)

    with pytest.raises(Overloaded) as caught:
        room.reserve("c", 6, 1)
    assert caught.value.reason == "total_items"


def test_bytes_are_capped_too():
    room = quota()
    room.reserve("a", 1, 990)

    with pytest.raises(Overloaded) as caught:
        room.reserve("a", 1, 11)
    assert caught.value.reason == "tenant_bytes"


def test_room_given_back_can_be_had_again():
    room = quota()
    for _ in range(5):
        room.reserve("a", 100, 1_000)
        room.release("a", 100, 1_000)

    assert (room.total.items, room.total.bytes) == (0, 0)
    assert not room._tenants


def test_a_refused_request_takes_no_room():
    room = quota()
    room.reserve("a", 95, 10)
    with pytest.raises(Overloaded):
        room.reserve("a", 50, 10)

    room.release("a", 95, 10)

    assert (room.total.items, room.total.bytes) == (0, 0)


def test_one_request_is_let_in_when_nothing_else_waits():
    quota().reserve("a", 10, 10**9)


def test_new_work_stops_while_redis_is_nearly_full():
    room = quota()
    room._board.memory_share = 0.71

    with pytest.raises(Overloaded, match="71%") as caught:
        room.reserve("a", 1, 1)
    assert caught.value.reason == "redis_memory"


def test_the_delay_is_what_the_throughput_needs_to_make_room(monkeypatch):
    # Given 10 candidates a second for a while
    now = 1_000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    room = quota()
    for _ in range(60):
        now += 1.0
        room.reserve("a", 10, 1)
        room.release("a", 10, 1)
    room.reserve("a", 100, 1)

    # When 50 too many come
    with pytest.raises(Overloaded) as caught:
        room.reserve("a", 50, 1)

    # Then they are asked to come back in 5 s
    assert caught.value.retry_seconds == pytest.approx(5.0, rel=0.1)


def test_without_any_throughput_the_delay_is_the_longest():
    room = quota()
    room.reserve("a", 100, 1)

    with pytest.raises(Overloaded) as caught:
        room.reserve("a", 1, 1)
    assert caught.value.retry_seconds == 60.0


@pytest.mark.parametrize("seconds", [1, 5, 100])
def test_throughput_is_right_from_the_start_on(seconds):
    rate = Throughput(0.0)
    for second in range(seconds):
        rate.add(20, second + 0.5)

    assert math.isclose(rate.per_second(seconds), 20, rel_tol=0.05)
