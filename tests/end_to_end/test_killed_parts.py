"""What the death of a part costs: time, and nobody a verdict."""

from __future__ import annotations

import subprocess
import threading
import time

import pytest
from tests.fixtures.processes import alive, children, descendants, kill, wait_until
from tests.fixtures.service import start_service

from adjudge import Candidate, Client, Outcome, Task

pytestmark = [pytest.mark.redis, pytest.mark.jail]

SLEEPING = Task("sleeping", {})


def verify_in_background(address, candidates, *, deadline_seconds=90.0):
    """Start a call; returns the thread and the list that its verdicts will fill."""
    verdicts = []

    def call():
        with Client(address) as client:
            verdicts.extend(client.verify(candidates, deadline_seconds=deadline_seconds))

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    return thread, verdicts


def test_a_worker_killed_in_mid_chunk_costs_nobody_a_verdict():
    # Given two slots at work on 64 items of 50 ms
    with start_service(slots=2) as service:
        candidates = [Candidate("50", SLEEPING) for _ in range(64)]
        thread, verdicts = verify_in_background(service.address, candidates)
        time.sleep(0.8)
        # When one slot is killed
        slot = children(service.pid("worker"))[0]
        below = descendants(slot)
        killed_at = time.monotonic()
        kill(slot)
        # Then every item is answered within 5 s of the death plus the work itself
        thread.join(60)
        assert [verdict.outcome for verdict in verdicts] == [Outcome.CORRECT] * 64
        assert time.monotonic() - killed_at < 5 + 64 * 0.05
        # And nothing of the dead slot is left
        assert wait_until(lambda: not any(map(alive, below)), 5)


def test_a_whole_worker_killed_comes_back_when_another_is_started():
    # Given one slot at work
    with start_service(slots=1) as service:
        candidates = [Candidate("50", SLEEPING) for _ in range(16)]
        thread, verdicts = verify_in_background(service.address, candidates)
        time.sleep(0.3)
        # When the slot is killed, the supervisor starts another
        kill(children(service.pid("worker"))[0])
        thread.join(60)
        # Then everything is answered
        assert [verdict.outcome for verdict in verdicts] == [Outcome.CORRECT] * 16


def test_a_gateway_killed_in_mid_batch_is_survived_by_a_retry():
    # Given a service on a fixed port, at work
    with start_service(slots=1) as service:
        address = service.address
    with start_service(slots=1, listen=address) as service:
        candidates = [Candidate("40", SLEEPING) for _ in range(50)]
        thread, verdicts = verify_in_background(address, candidates)
        time.sleep(0.7)
        # When the gateway is killed and another comes up in its place
        kill(service.pid("gateway"))
        service.restart("gateway")
        thread.join(60)
        # Then the client's retry with the same request id gets one verdict for each
        assert [verdict.outcome for verdict in verdicts] == [Outcome.CORRECT] * 50


def test_a_redis_restart_in_mid_batch_loses_no_verdict():
    # Given a service at work
    with start_service(slots=2) as service:
        candidates = [Candidate("40", SLEEPING) for _ in range(80)]
        thread, verdicts = verify_in_background(service.address, candidates)
        time.sleep(0.7)
        # When its Redis crashes, forgets everything and comes back
        service.redis.kill()
        time.sleep(0.5)
        service.redis.start()
        thread.join(90)
        # Then every candidate is answered all the same
        assert [verdict.outcome for verdict in verdicts] == [Outcome.CORRECT] * 80
        # And the next batch is served
        with Client(service.address) as client:
            assert client.verify([Candidate("1", SLEEPING)], deadline_seconds=30)[0].reward == 1.0


def test_nothing_is_left_when_the_service_stops():
    with start_service(slots=1) as service:
        folder = service.folder
        pids = [pid for name in ("gateway", "worker") for pid in descendants(service.pid(name))]
        pids += [service.pid("gateway"), service.pid("worker"), service.redis.pid]
        assert len(pids) > 4
    assert wait_until(lambda: not any(map(alive, pids)), 5)
    assert not folder.exists()
    left = subprocess.run(["mount"], check=True, capture_output=True, text=True).stdout
    assert str(folder) not in left
