"""Flags over environment over file; contradictions are refused with the name of the setting."""

import os

import pytest
from pydantic import ValidationError

from adjudge_worker.__main__ import main
from adjudge_worker.settings import Settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch):
    for name in os.environ:
        if name.startswith("ADJUDGE_WORKER_"):
            monkeypatch.delenv(name)


def test_defaults_need_nothing():
    settings = Settings.read([])
    assert settings.pool == "default"
    assert settings.slots == len(os.sched_getaffinity(0))
    assert settings.signing_key() is None


def test_flags_win_over_environment_and_that_over_the_file(tmp_path, monkeypatch):
    config = tmp_path / "worker.toml"
    config.write_text('pool = "file"\nslots = 7\nstop_seconds = 3.5\n')
    monkeypatch.setenv("ADJUDGE_WORKER_POOL", "environment")
    monkeypatch.setenv("ADJUDGE_WORKER_SLOTS", "5")
    settings = Settings.read(["--config", str(config), "--slots", "3"])
    assert (settings.slots, settings.pool, settings.stop_seconds) == (3, "environment", 3.5)


def test_extra_verifiers_and_paths_reach_the_jail(tmp_path):
    settings = Settings.read(
        ["--extra-verifiers", "a=x.y:Z, b=w:V", "--extra-paths", f"{tmp_path}:{tmp_path}"]
    )
    assert settings.jail.extra_verifiers == {"a": "x.y:Z", "b": "w:V"}
    assert settings.jail.extra_paths == (tmp_path, tmp_path)


@pytest.mark.parametrize(("text", "names"), [("numpy, sympy,", ("numpy", "sympy")), ("", ())])
def test_the_libraries_of_programs_reach_the_jail(text, names):
    assert Settings.read(["--libraries", text]).jail.libraries == names


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        (["--slots", "0"], "slots"),
        (["--pool", "../x"], "pool"),
        (["--extra-verifiers", "noop"], "extra_verifiers"),
        (["--extra-verifiers", "a=x:Y,a=x:Z"], "extra_verifiers"),
        (["--extra-paths", "/does/not/exist"], "extra_paths"),
        (["--libraries", "numpy,../x"], "libraries"),
        (["--stop-seconds", "nan"], "stop_seconds"),
        (["--cgroups", "maybe"], "cgroups"),
    ],
)
def test_a_bad_setting_is_named(flags, named, capsys):
    with pytest.raises(ValidationError, match=named):
        Settings.read(flags)
    assert main(flags) == 2
    assert named in capsys.readouterr().err


def test_an_unreadable_or_short_key_file_ends_the_worker_with_a_message(tmp_path, capsys):
    assert main(["--signing-key-file", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err
    (tmp_path / "short").write_text("short\n")
    assert main(["--signing-key-file", str(tmp_path / "short")]) == 2
    assert "openssl rand" in capsys.readouterr().err


def test_a_secret_in_the_url_is_not_shown():
    assert "hunter2" not in repr(Settings.read(["--redis-url", "redis://:hunter2@localhost"]))


def test_a_password_file_completes_the_url(tmp_path):
    (tmp_path / "password").write_text("p@ss/word\n")
    settings = Settings.read(
        [
            *("--redis-url", "redis://localhost:6379/1", "--redis-user", "worker"),
            *("--redis-password-file", str(tmp_path / "password")),
        ]
    )
    assert settings.redis_address() == "redis://worker:p%40ss%2Fword@localhost:6379/1"
