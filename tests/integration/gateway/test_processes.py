"""Gateways as processes: what their death, a worker's death or Redis's absence costs."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import grpc
import pytest
import redis
from tests.integration.gateway.stage import ROOT, kill, slots_of, stage, wait_for

from adjudge.embedded.redis_server import RedisServer
from adjudge.v1.outcome_pb2 import OUTCOME_CORRECT, OUTCOME_RUNTIME_ERROR, OUTCOME_UNAVAILABLE
from adjudge.v1.verifier_service_pb2 import (
    ListVerifiersRequest,
    VerifyCandidatesRequest,
    VerifyCandidatesResponse,
)
from adjudge.v1.verifier_service_pb2_grpc import VerifierServiceStub
from adjudge_gateway.health_probe import main as probe

pytestmark = pytest.mark.redis


@pytest.fixture(scope="module")
def running(tmp_path_factory, _redis_server):
    """A Redis of their own, a gateway and two slots for the tests that break nothing."""
    folder = tmp_path_factory.mktemp("running")
    with RedisServer() as server, stage(folder, server.url) as it:
        _, address = it.gateway()
        it.worker(slots=2)
        yield it, address


@pytest.fixture
def address(running):
    """Where the shared gateway serves."""
    return running[1]


@pytest.fixture
def client(running):
    """A client of the shared gateway's Redis."""
    with redis.Redis.from_url(running[0].redis_url) as connection:
        yield connection


def batch(verifier: str, *completions: str, **fields: str) -> VerifyCandidatesRequest:
    message = VerifyCandidatesRequest(**fields)
    message.tasks.add(verifier=verifier, parameters_json="{}")
    for completion in completions:
        message.candidates.add(completion=completion)
    return message


def verify(address: str, message: VerifyCandidatesRequest, timeout: float = 40.0):
    """Verdicts from one gateway. Raises grpc.RpcError."""
    options = [("grpc.max_receive_message_length", -1)]
    with grpc.insecure_channel(address, options) as channel:
        return list(
            VerifierServiceStub(channel).VerifyCandidates(message, timeout=timeout).verdicts
        )


class Background(threading.Thread):
    """A call under way."""

    def __init__(self, address: str, message: VerifyCandidatesRequest) -> None:
        super().__init__()
        self.verdicts: list = []
        self.error: grpc.RpcError | None = None
        self._call = address, message
        self.start()

    def run(self) -> None:
        try:
            self.verdicts = verify(*self._call)
        except grpc.RpcError as error:
            self.error = error

    def outcomes(self) -> list[int]:
        self.join(60)
        assert self.error is None, self.error
        return [verdict.outcome for verdict in self.verdicts]


def running_jobs(client: redis.Redis) -> int:
    return len(list(client.scan_iter("adjudge:lease:*")))


def test_a_mixed_batch_is_answered_in_order(address):
    # Given three verifiers, one of them unknown, and a large task
    message = VerifyCandidatesRequest(request_id="mixed")
    message.tasks.add(verifier="noop", parameters_json='{"reference": "%s"}' % ("x" * 9_000))
    message.tasks.add(verifier="sleeping", parameters_json="{}")
    message.tasks.add(verifier="unheard-of", parameters_json="{}")
    for number in range(300):
        message.candidates.add(task_index=number % 3, completion=str(number % 5), id=str(number))

    verdicts = verify(address, message)

    assert [verdict.candidate_id for verdict in verdicts] == [str(n) for n in range(300)]
    wanted = [OUTCOME_CORRECT, OUTCOME_CORRECT, OUTCOME_UNAVAILABLE]
    assert [verdict.outcome for verdict in verdicts] == wanted * 100
    assert "noop" in verdicts[2].message
    with grpc.insecure_channel(address) as channel:
        listed = VerifierServiceStub(channel).ListVerifiers(ListVerifiersRequest(), timeout=5)
    assert {"noop", "sleeping", "mathematics"} <= {each.name for each in listed.verifiers}
    assert probe([address]) == 0


def test_nothing_but_what_expires_is_left_in_redis(address, client):
    verify(address, batch("noop", *["a"] * 2_000, request_id="r"))
    verify(address, batch("noop", *["a"] * 2_000))
    wait_for(lambda: not running_jobs(client))
    for key in client.scan_iter("*"):
        lasting = key in {b"rq:queues", b"rq:workers", b"rq:workers:adjudge-default"}
        assert lasting or client.ttl(key) > 0, key
    assert not list(client.scan_iter("rq:job:*"))


def test_a_terminated_gateway_finishes_its_calls_and_ends_with_0(tmp_path, redis_url):
    with stage(tmp_path, redis_url) as it:
        gateway, address = it.gateway()
        it.worker()
        call = Background(address, batch("sleeping", *["30"] * 60))
        wait_for(lambda: running_jobs(redis.Redis.from_url(redis_url)))
        gateway.send_signal(signal.SIGTERM)
        assert call.outcomes() == [OUTCOME_CORRECT] * 60
        assert gateway.wait(10) == 0
        assert "counters: " in it.log(gateway)
        assert probe([address]) == 1


def test_a_gateway_terminated_twice_ends_at_once(tmp_path, redis_url):
    with stage(tmp_path, redis_url) as it:
        gateway, address = it.gateway()
        it.worker()
        call = Background(address, batch("sleeping", *["200"] * 60))
        wait_for(lambda: running_jobs(redis.Redis.from_url(redis_url)))
        gateway.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        gateway.send_signal(signal.SIGTERM)
        assert gateway.wait(5) == 1
        call.join(10)
        assert call.error is not None


def test_a_killed_gateway_costs_a_retry_and_no_finished_work(tmp_path, redis_url, redis_client):
    with stage(tmp_path, redis_url) as it:
        first, address = it.gateway()
        it.worker(slots=2)
        message = batch("sleeping", *["20"] * 100, request_id="r")
        began = time.monotonic()
        call = Background(address, message)
        wait_for(lambda: len(list(redis_client.scan_iter("adjudge:kept:*"))) >= 5)
        kill(first.pid)
        call.join(10)
        assert call.error is not None
        assert call.error.code() is grpc.StatusCode.UNAVAILABLE
        finished = len(list(redis_client.scan_iter("adjudge:kept:*")))

        _, second = it.gateway()
        verdicts = verify(second, message)

        assert [verdict.outcome for verdict in verdicts] == [OUTCOME_CORRECT] * 100
        assert finished >= 5
        assert time.monotonic() - began < 30


def test_a_slot_killed_in_mid_chunk_costs_nobody_a_verdict(tmp_path, redis_url, redis_client):
    with stage(tmp_path, redis_url) as it:
        _, address = it.gateway()
        worker = it.worker(slots=2)
        call = Background(address, batch("sleeping", *["25"] * 80))
        wait_for(lambda: running_jobs(redis_client) == 2)
        killed_at = time.monotonic()
        kill(slots_of(worker)[0])
        assert call.outcomes() == [OUTCOME_CORRECT] * 80
        assert time.monotonic() - killed_at < 5 + 80 * 0.025


def test_only_the_candidate_that_kills_slots_is_blamed(tmp_path, redis_url):
    with stage(tmp_path, redis_url) as it:
        _, address = it.gateway("--initial-item-seconds", "0.001")
        it.worker(slots=2)
        completions = ["right"] * 16
        completions[5] = "die"
        outcomes = [v.outcome for v in verify(address, batch("fatal", *completions), 60)]
        assert outcomes[5] == OUTCOME_RUNTIME_ERROR
        assert outcomes[:5] + outcomes[6:] == [OUTCOME_CORRECT] * 15


def test_a_redis_that_forgets_everything_costs_no_verdict(tmp_path, redis_server):
    with stage(tmp_path, redis_server.url) as it:
        gateway, address = it.gateway()
        it.worker(slots=2)
        call = Background(address, batch("sleeping", *["20"] * 100, request_id="r"))
        wait_for(lambda: running_jobs(redis.Redis.from_url(redis_server.url)))
        redis_server.kill()
        time.sleep(0.5)
        redis_server.start()
        assert call.outcomes() == [OUTCOME_CORRECT] * 100
        assert verify(address, batch("noop", "a", "b"))
        assert gateway.poll() is None


def test_a_gateway_without_redis_says_so_and_serves_when_it_comes(tmp_path, redis_server):
    redis_server.kill()
    with stage(tmp_path, redis_server.url) as it:
        gateway, ready = it.start("adjudge_gateway", "--listen", "127.0.0.1:0")
        wait_for(lambda: "Redis cannot be reached" in it.log(gateway))
        assert gateway.poll() is None
        assert not ready.exists()
        redis_server.start()
        wait_for(ready.exists)
        gateway.terminate()
        assert gateway.wait(10) == 0


def test_an_address_in_use_is_a_clear_error(running, address):
    it = running[0]
    second, _ = it.start("adjudge_gateway", "--listen", address)
    assert second.wait(10) == 1
    assert f"cannot listen on {address}" in it.log(second)
    assert "Traceback" not in it.log(second)


def test_a_cancelled_call_stops_the_work(address, client):
    with grpc.insecure_channel(address) as channel:
        call = VerifierServiceStub(channel).VerifyCandidates.future(
            batch("sleeping", *["100"] * 500), timeout=60
        )
        wait_for(lambda: running_jobs(client))
        call.cancel()
        wait_for(lambda: not list(client.scan_iter("rq:job:*")), 5)
        wait_for(lambda: not running_jobs(client), 5)


def test_a_gateway_dies_with_its_parent(tmp_path, redis_url):
    ready = tmp_path / "ready"
    flags = ["--redis-url", redis_url, "--listen", "127.0.0.1:0", "--die-with-parent",
             "--ready-file", str(ready)]  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, "adjudge_gateway", *flags],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as parent:  # fmt: skip
        pid = int(parent.stdout.readline())
        wait_for(ready.exists)
        parent.kill()
    wait_for(lambda: not _runs(pid), 10)


_PARENT = (
    "import subprocess, sys; "
    "child = subprocess.Popen([sys.executable, '-m', *sys.argv[1:]]); "
    "print(child.pid, flush=True); child.wait()"
)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_responses_that_come_back_parse_as_one_message(address):
    verify(address, batch("noop", *["warm"] * 500))
    with grpc.insecure_channel(address, [("grpc.max_receive_message_length", -1)]) as channel:
        raw = channel.unary_unary("/adjudge.v1.VerifierService/VerifyCandidates")(
            batch("noop", *map(str, range(8_192))).SerializeToString(), timeout=40
        )
    verdicts = VerifyCandidatesResponse.FromString(raw).verdicts
    assert [verdict.answer for verdict in verdicts] == [str(n) for n in range(8_192)]
