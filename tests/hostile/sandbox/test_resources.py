# ruff: noqa: E501 - whole programs, one line each
"""Bombs: processes, threads, memory, files, descriptors. Each ends as its candidate's own fault."""

import pytest

from adjudge_verifiers.sandbox import MIB, RunStatus

pytestmark = [pytest.mark.jail, pytest.mark.timeout(60)]

LIMITS = {
    "cpu_seconds": 0.5,
    "wall_seconds": 1.0,
    "memory_bytes": 200 * MIB,
    "output_bytes": MIB,
}

BOMBS = {
    "forks for ever": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
    "forks and dies": "import os\nwhile True:\n    try:\n        if os.fork(): os._exit(1)\n    except OSError: pass",
    "forks sleepers": (
        "import os, time\n"
        "for _ in range(1000):\n    try:\n        if os.fork() == 0: time.sleep(1000)\n    except OSError: break\n"
        "raise SystemExit(1)"
    ),
    "leaves daemons": (
        "import os, time\n"
        "for _ in range(5):\n"
        "    if os.fork() == 0:\n        os.setsid()\n        if os.fork(): os._exit(0)\n"
        "        for fd in range(3): os.close(fd)\n        time.sleep(1000)\n"
        "raise SystemExit(1)"
    ),
    "leaves zombies": (
        "import os\nfor _ in range(50):\n    if os.fork() == 0: os._exit(0)\nraise SystemExit(1)"
    ),
    "starts threads without end": (
        "import threading, time\n"
        "for _ in range(100000): threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()"
    ),
    "takes memory in every process": (
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n    x = bytearray(50 * 2**20)"
    ),
    "fills the scratch": "f = open('x', 'wb')\nwhile True: f.write(bytes(10**6)); f.flush()",
    "fills the scratch with many files": (
        "n = 0\nwhile True: n += 1; open(f'f{n}', 'wb').write(bytes(10**6))"
    ),
    "fills shared memory": "n = 0\nwhile True: n += 1; open(f'/dev/shm/f{n}', 'wb').write(bytes(10**6))",
    "uses up inodes": "n = 0\nwhile True: n += 1; open(f'f{n}', 'w').close()",
    "nests folders": "import os\nwhile True: os.mkdir('d'); os.chdir('d')",
    "uses up descriptors": "import os\nwhile True: os.dup(0)",
    "fills pipes": "import os\nwhile True:\n    r, w = os.pipe(); os.set_blocking(w, False)\n    os.write(w, bytes(65536))",
    "a huge argument": "import os; os.execv('/bin/true', ['x' * 10**7])",
    "a huge environment": "import os\nos.environ['x'] = 'x' * 10**7; os.execv('/bin/true', ['x'])",
    "writes a sparse file": "import os; os.truncate(os.open('x', os.O_CREAT | os.O_RDWR), 2**40)",
    "locks memory": "import ctypes; raise SystemExit(ctypes.CDLL(None).mlockall(3) and 1)",
    "deepens the C stack": "import json; json.loads('[' * 10**6); raise SystemExit(1)",
    "a huge integer": "x = 1 << 10**11",
    "sends itself files": (
        "import array, os, socket\na, b = socket.socketpair()\n"
        "while True: a.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [0] * 50))])"
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_its_candidates_own_fault(runs, name):
    for run in runs.program(BOMBS[name], b"", b"", **LIMITS):
        assert run.status is not RunStatus.EXITED or run.exit_code != 0, run
        assert run.wall_seconds < 5


def test_survivors_of_one_run_are_gone_in_the_next(runs):
    source = (
        "import os, sys, time\n"
        "if input() == 'leave':\n"
        "    for _ in range(3):\n"
        "        if os.fork() == 0:\n            os.setsid()\n            while True: time.sleep(0.01); print('late', flush=True)\n"
        "else:\n    time.sleep(0.1)\n"
        "found = []\n"
        "for pid in range(2, 300):\n"
        "    try: os.kill(pid, 0)\n"
        "    except OSError: continue\n"
        "    found.append(pid)\n"
        "print(len(found))"
    )

    first, second = runs.program(source, b"leave", b"look")

    assert first.status is RunStatus.EXITED
    assert second.stdout == b"1\n"


def test_a_daemon_that_holds_the_output_does_not_delay_the_run(runs):
    source = "import os, time\nif os.fork() == 0:\n    os.setsid(); time.sleep(1000)\nprint('done')"

    (run,) = runs.program(source)

    assert (run.status, run.stdout) == (RunStatus.EXITED, b"done\n")
    assert run.wall_seconds < 2
