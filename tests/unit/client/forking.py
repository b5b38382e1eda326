"""Programs that fork, each in a fresh interpreter: ``python -m … CASE ADDRESS``.

They stand apart from pytest's process, whose in-process gRPC servers poll all the time: a fork
beside a thread that is inside gRPC is what gRPC cannot do.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import warnings

from adjudge import AsyncClient, Candidate, Client, Task

RIGHT = Candidate("42", Task("echo", {"reference": "42"}))


def in_a_fork(ask):
    """True when ``ask()`` is true in a forked child within 20 s."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            signal.alarm(20)  # a child that hangs ends by itself
            status = 0 if ask() else 1
        finally:
            os._exit(status)
    return os.waitpid(pid, 0)[1] == 0


def right(client):
    return client.verify([RIGHT])[0].reward == client.verify_one(RIGHT).reward == 1.0


def after_use(client):
    assert right(client)
    for _ in range(5):
        assert in_a_fork(lambda: right(client))
        assert right(client)


def of_a_fork(client):
    assert right(client)
    assert in_a_fork(lambda: right(client) and in_a_fork(lambda: right(client)))
    assert right(client)


def closing(client):
    assert right(client)
    assert in_a_fork(lambda: client.close() is None)
    assert right(client)


def with_a_lock_held(client):
    assert right(client)
    process = client._process()
    with process.batcher._lock, process.connection.known._lock:
        assert in_a_fork(lambda: right(client))


def of_an_async_client(client):
    client = AsyncClient(client.address)

    async def ask():
        first, *_ = await client.verify([RIGHT])
        second = await client.verify_one(RIGHT)
        return first.reward == second.reward == 1.0

    assert asyncio.run(ask())
    for _ in range(3):
        assert in_a_fork(lambda: asyncio.run(ask()))
        assert asyncio.run(ask())


def ask_in_pool(client):
    return right(client)


def into_a_pool(client):
    assert right(client)
    for method in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(2) as pool:
            assert pool.map(ask_in_pool, [client] * 4) == [True] * 4


CASES = [after_use, of_a_fork, closing, with_a_lock_held, of_an_async_client, into_a_pool]

if __name__ == "__main__":
    warnings.simplefilter("ignore", DeprecationWarning)  # Python's own, of forks beside threads
    case = next(case for case in CASES if case.__name__ == sys.argv[1])
    with Client(sys.argv[2]) as client:
        case(client)
