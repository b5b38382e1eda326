"""One client in many threads, event loops and processes."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.unit.client import forking

from adjudge import (
    AsyncClient,
    Candidate,
    Client,
    FakeAsyncClient,
    FakeClient,
    Options,
    Outcome,
    Task,
    Verdict,
)

TASK = Task("echo", {"reference": "42"})
RIGHT = Candidate("42", TASK)
REPOSITORY = Path(__file__).resolve().parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


@pytest.fixture(scope="module")
def apart():
    """The address of a service in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.unit.client.service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env=ENVIRONMENT,
    ) as process:
        yield process.stdout.readline().strip()
        process.stdin.close()
        process.wait(10)


@pytest.mark.parametrize("case", forking.CASES, ids=lambda case: case.__name__)
def test_a_client_survives_a_fork(apart, case):
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.client.forking", case.__name__, apart],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
        cwd=REPOSITORY,
        env=ENVIRONMENT,
    )
    assert done.returncode == 0, done.stdout


def test_a_client_is_pickled_as_address_and_options(address):
    client = Client(address, Options(tenant="t", token="secret"))
    client.verify([RIGHT])
    copy = pickle.loads(pickle.dumps(client))
    assert (copy.address, copy.options) == (client.address, client.options)
    assert copy.verify([RIGHT])[0].reward == 1.0
    client.close()
    copy.close()


def always_right(_candidate):
    return Verdict(Outcome.CORRECT, 1.0)


def test_a_fake_is_pickled_too():
    assert pickle.loads(pickle.dumps(FakeClient(always_right))).verify([RIGHT])[0].reward == 1.0
    copy = pickle.loads(pickle.dumps(FakeAsyncClient({"42": Verdict(Outcome.CORRECT, 1.0)})))
    assert asyncio.run(copy.verify_one(RIGHT)).reward == 1.0


def test_a_verdict_is_pickled(client):
    verdict = client.verify_one(RIGHT)
    assert pickle.loads(pickle.dumps(verdict)) == verdict


def test_many_threads_share_a_client(client):
    candidates = [[Candidate(str(number), TASK)] for number in range(100)]
    with ThreadPoolExecutor(16) as pool:
        verdicts = list(pool.map(client.verify, candidates))
    assert [each[0].answer for each in verdicts] == [str(number) for number in range(100)]


def test_one_client_serves_an_event_loop_for_every_batch(address, recwarn):
    client = AsyncClient(address)
    for _ in range(5):
        assert asyncio.run(client.verify([RIGHT]))[0].reward == 1.0
        assert asyncio.run(client.verify_one(RIGHT)).reward == 1.0
    asyncio.run(client.close())
    assert not recwarn.list


def test_one_client_serves_several_loops_at_once(address):
    client = AsyncClient(address)

    async def ask():
        return sum(
            verdict.reward
            for verdict in await asyncio.gather(*(client.verify_one(RIGHT) for _ in range(20)))
        )

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: asyncio.run(ask()), range(8))) == [20.0] * 8
    asyncio.run(client.close())


def test_a_loop_that_is_left_in_the_middle_of_a_call_harms_nobody(address, service):
    client = AsyncClient(address)

    async def leave():
        client_task = asyncio.ensure_future(client.verify([Candidate("sleep", TASK)]))
        await asyncio.sleep(0.1)
        del client_task  # asyncio.run cancels what is left

    asyncio.run(leave())
    assert asyncio.run(client.verify([RIGHT]))[0].reward == 1.0
    assert service.cancelled.wait(5)
    asyncio.run(client.close())


def test_closing_in_one_thread_ends_a_call_in_another(address):
    from adjudge import AdjudgeError

    client = Client(address)
    errors = []

    def ask():
        try:
            client.verify([Candidate("sleep", TASK)])
        except AdjudgeError as error:
            errors.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.2)
    client.close()
    thread.join(10)
    assert not thread.is_alive()
    assert len(errors) == 1


def test_a_process_that_forgets_to_close_ends_quietly(address):
    program = (
        "import sys; from adjudge import Client, Candidate, Task\n"
        "client = Client(sys.argv[1])\n"
        "print(client.verify([Candidate('42', Task('echo', {'reference': '42'}))])[0].reward)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, address],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        env=ENVIRONMENT,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("1.0\n", "", 0)


def test_ctrl_c_ends_a_call_and_cancels_it(address, service):
    program = (
        "import sys; from adjudge import Client, Candidate, Task\n"
        "print('ready', flush=True)\n"
        "Client(sys.argv[1]).verify([Candidate('sleep', Task('echo', {'reference': '42'}))])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, address],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
    ) as process:
        process.stdout.readline()
        until = time.monotonic() + 10
        while not service.requests and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) != 0
    assert service.cancelled.wait(5)
