"""Control groups are used where this user may make them, and below our own."""

import os

import pytest

from adjudge_worker.jail import cgroup
from adjudge_worker.jail.cgroup import ControlGroups


@pytest.fixture
def tree(tmp_path):
    for name in ("memory", "pids", "unified"):
        (tmp_path / name / "ours").mkdir(parents=True)
    (tmp_path / "unified" / "ours" / "cgroup.subtree_control").write_text("cpu memory pids\n")
    return tmp_path


def mounts(tree, options="rw"):
    return (
        f"cgroup {tree}/memory cgroup {options},memory 0 0\n"
        f"cgroup {tree}/pids cgroup {options},pids 0 0\n"
        f"cgroup2 {tree}/unified cgroup2 {options} 0 0\n"
    )


def test_version_1_needs_both_controllers_below_our_own_group(tree):
    found = cgroup._version_1("9:memory:/ours\n8:pids:/ours\n0::/ours\n", mounts(tree))
    assert found == ControlGroups(1, (f"{tree}/memory", f"{tree}/pids"), ("ours", "ours"))
    assert cgroup._version_1("9:memory:/ours\n0::/ours\n", mounts(tree)) is None


def test_version_2_needs_both_controllers_delegated(tree):
    found = cgroup._version_2("0::/ours\n", mounts(tree))
    assert found == ControlGroups(2, (f"{tree}/unified/ours",) * 2, ("", ""))
    (tree / "unified" / "ours" / "cgroup.subtree_control").write_text("cpu\n")
    assert cgroup._version_2("0::/ours\n", mounts(tree)) is None


def test_a_read_only_hierarchy_is_no_use(tree):
    memberships = "9:memory:/ours\n8:pids:/ours\n0::/ours\n"
    assert cgroup._version_1(memberships, mounts(tree, "ro")) is None
    assert cgroup._version_2(memberships, mounts(tree, "ro")) is None


def test_a_group_of_a_dead_jail_is_swept_and_that_of_a_living_one_is_not(tree, monkeypatch):
    monkeypatch.setattr(cgroup, "_FRESH_SECONDS", -1.0)
    groups = ControlGroups(1, (f"{tree}/memory", f"{tree}/pids"), ("ours", "ours"))
    dead, living = tree / "memory" / "ours" / "NSJAIL.0", tree / "pids" / "ours"
    living /= f"NSJAIL.{os.getpid()}"
    dead.mkdir()
    living.mkdir()
    cgroup.sweep(groups)
    assert not dead.exists()
    assert living.exists()


def test_a_fresh_group_is_left_alone(tree):
    groups = ControlGroups(1, (f"{tree}/memory", f"{tree}/pids"), ("ours", "ours"))
    fresh = tree / "memory" / "ours" / "NSJAIL.0"
    fresh.mkdir()
    cgroup.sweep(groups)
    assert fresh.exists()
