"""One client in many threads, event loops and processes."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

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


def in_a_fork(ask):
    """What ``ask()`` gives in a forked child: True when it gives True within 20 s."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python's own, of forks beside threads
        pid = os.fork()
    if pid == 0:
        status = 1
        try:
            signal.alarm(20)  # a child that hangs ends by itself
            status = 0 if ask() else 1
        finally:
            os._exit(status)
    return os.waitpid(pid, 0)[1] == 0


def test_a_client_works_in_a_fork_after_use(client):
    assert client.verify([RIGHT])[0].reward == 1.0
    for _ in range(3):
        assert in_a_fork(lambda: client.verify([RIGHT])[0].reward == 1.0)
        assert in_a_fork(lambda: client.verify_one(RIGHT).reward == 1.0)
        assert client.verify([RIGHT])[0].reward == 1.0


def test_a_client_works_in_the_fork_of_a_fork(client):
    client.verify([RIGHT])
    assert in_a_fork(
        lambda: (
            client.verify([RIGHT])[0].reward == 1.0
            and in_a_fork(lambda: client.verify([RIGHT])[0].reward == 1.0)
        )
    )


def test_an_async_client_works_in_a_fork_after_use(address):
    client = AsyncClient(address, Options(patience_seconds=5))
    asyncio.run(client.verify([RIGHT]))
    assert in_a_fork(lambda: asyncio.run(client.verify([RIGHT]))[0].reward == 1.0)
    assert asyncio.run(client.verify([RIGHT]))[0].reward == 1.0
    asyncio.run(client.close())


def test_closing_in_a_fork_leaves_the_parent_alone(client):
    client.verify([RIGHT])
    assert in_a_fork(lambda: client.close() is None)
    assert client.verify([RIGHT])[0].reward == 1.0


def test_a_lock_held_by_a_thread_of_the_parent_does_not_hang_the_fork(client):
    client.verify_one(RIGHT)
    batcher = client._process().batcher
    with batcher._lock:
        assert in_a_fork(lambda: client.verify_one(RIGHT).reward == 1.0)


def ask_in_pool(client):
    return client.verify([RIGHT])[0].reward


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_client_travels_to_a_process_pool(client, method, monkeypatch):
    client.verify([RIGHT])
    if method == "spawn":
        subprocess_path = os.pathsep.join(path for path in sys.path if path)
        monkeypatch.setenv("PYTHONPATH", subprocess_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python's own, of forks beside threads
        with multiprocessing.get_context(method).Pool(2) as pool:
            assert pool.map(ask_in_pool, [client] * 4) == [1.0] * 4


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
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
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
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    ) as process:
        process.stdout.readline()
        until = time.monotonic() + 10
        while not service.requests and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) != 0
    assert service.cancelled.wait(5)
