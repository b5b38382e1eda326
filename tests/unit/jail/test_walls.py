"""Where there is no wall every attempt gets through: a probe that cannot fail proves nothing."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import adjudge_worker

PROGRAM = Path(adjudge_worker.__file__).parent / "guest" / "walls.py"


def run(brief):
    done = subprocess.run(
        [sys.executable, "-I", str(PROGRAM)],
        input=json.dumps(brief),
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "ADJUDGE_TEST_SECRET": "1"},
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What gets through outside every wall."""
    folder = tmp_path_factory.mktemp("probe")
    (folder / "bait").touch()
    sleeper = subprocess.Popen(["sleep", "60"])
    with socket.create_server(("127.0.0.1", 0)) as loopback, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(f"\0adjudge-test-{os.getpid()}")
        unix.listen()
        brief = {
            "attack": "walls",
            "port": loopback.getsockname()[1],
            "socket": f"adjudge-test-{os.getpid()}",
            "pids": [sleeper.pid],
            "folders": [str(folder)],
            "hidden": [str(folder / "bait")],
            "secrets": ["ADJUDGE_TEST_SECRET"],
        }
        try:
            yield json.loads(run(brief))
        finally:
            sleeper.kill()
            sleeper.wait()
    assert [path.name for path in folder.iterdir()] == ["bait"]


def test_the_network_is_reached_where_there_is_no_wall(found):
    assert "SOCK_STREAM to the slot on loopback" in found["network"]
    assert "SOCK_STREAM to the slot's unix socket" in found["network"]


def test_processes_are_seen_and_signalled_where_there_is_no_wall(found):
    assert any("can be seen" in breach for breach in found["processes"])
    assert any("can be signalled" in breach for breach in found["processes"])


def test_memory_of_others_is_read_where_there_is_no_wall(found):
    assert any(breach.endswith("/environ can be read") for breach in found["memory of others"])


def test_files_are_made_and_seen_where_there_is_no_wall(found):
    assert any("a file can be made in" in breach for breach in found["files"])
    assert any("bait can be seen" in breach for breach in found["files"])


def test_secrets_are_seen_where_there_is_no_wall(found):
    assert found["secrets"] == ["environment variable ADJUDGE_TEST_SECRET"]


def test_privileges_are_seen_where_there_is_no_wall(found):
    assert "programs can give privileges" in found["privileges"]
    assert "system calls are not filtered" in found["privileges"]
    assert ("user or group is root" in found["privileges"]) is (os.getuid() == 0)


def test_namespaces_are_made_where_there_is_no_wall(found):
    assert "a new user namespace can be made" in found["namespaces"]


@pytest.mark.parametrize(
    ("brief", "got"),
    [
        ({"attack": "memory", "memory_bytes": 1 << 20}, 1 << 21),
        ({"attack": "processes", "processes": 4}, 9),
    ],
)
def test_sizes_grow_over_the_limit_where_there_is_no_wall(brief, got):
    assert json.loads(run(brief)) == got


def test_a_file_grows_over_the_limit_where_there_is_no_wall(tmp_path):
    from adjudge_worker.guest import walls

    assert walls.file_bytes(str(tmp_path), 1 << 20) > 1 << 20


def test_output_grows_over_the_limit_where_there_is_no_wall():
    assert len(run({"attack": "output", "output_bytes": 1 << 20})) > 1 << 20


def test_a_script_sees_and_writes_and_connects_where_there_is_no_wall():
    with socket.create_server(("127.0.0.1", 0)) as loopback:
        told = subprocess.run(
            ["bash", str(PROGRAM.with_suffix(".sh"))],
            input=f"{loopback.getsockname()[1]}\n",
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout.splitlines()

    assert f"process {os.getpid()} can be seen" in told
    assert f"/proc/{os.getpid()}/environ can be opened" in told
    assert "/proc/self/oom_score_adj can be written" in told
    assert "connected to the slot on loopback" in told
