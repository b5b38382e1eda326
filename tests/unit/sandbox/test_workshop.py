"""A worker's folder of tools and compiled programs goes with the worker, however it ends."""

import os
import signal
import subprocess
import sys
import tempfile
import time

import pytest

from adjudge_worker.jail import workshop
from adjudge_worker.jail.errors import JailError
from adjudge_worker.jail.starter import NAME, build_starter
from adjudge_worker.jail.workshop import our_workshop

HOLDER = "tests.unit.sandbox.workshop_holder"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(workshop, "_held", [])


def test_all_holders_share_one_and_the_last_one_removes_it(tmp_path):
    with our_workshop() as first, our_workshop() as second:
        assert first is second
        assert first.tools.stat().st_mode & 0o777 == 0o755
        assert first.programs.stat().st_mode & 0o777 == 0o700
        (first.programs / "a.program").write_bytes(b"binary")
        assert list(tmp_path.iterdir()) == [first.folder]
    assert list(tmp_path.iterdir()) == []


def test_a_forked_process_removes_nothing():
    with our_workshop() as ours:
        pid = os.fork()
        if pid == 0:
            ours.close()
            os._exit(0)
        os.waitpid(pid, 0)
        assert ours.tools.is_dir()


def start_holder(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-m", HOLDER],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert holder.stdout.readline() == b"held\n"
    return holder


def test_a_killed_holder_leaves_nothing(tmp_path):
    holder = start_holder(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1

    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()

    give_up = time.monotonic() + 5
    while list(tmp_path.iterdir()) and time.monotonic() < give_up:
        time.sleep(0.01)
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_holds_any_more_goes_when_the_next_one_is_made(tmp_path):
    # Given one in use, one that lost its holder long ago, and one that is just being made
    holder = start_holder(tmp_path)
    (in_use,) = tmp_path.iterdir()
    left, young = tmp_path / "adjudge-workshop-left", tmp_path / "adjudge-workshop-young"
    for folder in (left, young):
        (folder / "tools").mkdir(parents=True)
    for folder in (in_use, left):
        os.utime(folder, (0, 0))

    with our_workshop() as ours:
        assert set(tmp_path.iterdir()) == {in_use, young, ours.folder}

    holder.kill()
    holder.wait()
    holder.stdout.close()


def test_no_place_for_temporary_files_says_what_to_do(monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")

    with pytest.raises(JailError, match="Set TMPDIR"), our_workshop():
        pass


def test_without_a_c_compiler_there_is_no_starter(monkeypatch, tmp_path):
    with our_workshop() as ours:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert not build_starter(ours)
        broken = tmp_path / "cc"
        broken.write_text("#!/bin/sh\nexit 1\n")
        broken.chmod(0o755)
        assert not build_starter(ours)
        assert not (ours.tools / NAME).exists()
