"""Where settings come from."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from adjudge_gateway.__main__ import main
from adjudge_gateway.settings import Settings


def test_flags_are_above_environment_above_file(tmp_path, monkeypatch):
    path = tmp_path / "gateway.toml"
    path.write_text("max_batch = 1\nchunk_items = 2\nstream_items = 3\n")
    monkeypatch.setenv("ADJUDGE_GATEWAY_CHUNK_ITEMS", "20")
    monkeypatch.setenv("ADJUDGE_GATEWAY_STREAM_ITEMS", "30")

    found = Settings.read(["--config", str(path), "--stream-items", "300"])

    assert (found.max_batch, found.chunk_items, found.stream_items) == (1, 20, 300)


def test_the_file_may_be_named_in_the_environment(tmp_path, monkeypatch):
    path = tmp_path / "gateway.toml"
    path.write_text("max_batch = 7\n")
    monkeypatch.setenv("ADJUDGE_GATEWAY_CONFIG", str(path))

    assert Settings.read([]).max_batch == 7


def test_a_switch_needs_no_value():
    assert Settings.read(["--die-with-parent"]).die_with_parent
    assert not Settings.read([]).die_with_parent


def test_settings_do_not_change():
    with pytest.raises(ValidationError):
        Settings().max_batch = 3  # type: ignore[misc]


def test_every_setting_is_described():
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        (["--max-batch", "0"], "max_batch"),
        (["--listen", "nowhere"], "HOST:PORT"),
        (["--listen", "127.0.0.1:70000"], "HOST:PORT"),
        (["--tls-key", "key.pem"], "tls_certificate"),
        (["--tls-client-ca", "ca.pem"], "tls_client_ca"),
        (["--chunk-seconds", "nan"], "chunk_seconds"),
        (["--tenant-items", "10"], "max_batch"),
        (["--redis-memory-share", "1.5"], "redis_memory_share"),
        (["--config", "/nowhere/at-all.toml"], "at-all.toml"),
    ],
)
def test_a_bad_setting_is_named(flags, named, capsys):
    assert main(flags) == 2
    assert named in capsys.readouterr().err


def test_a_misspelt_name_in_the_file_is_refused(tmp_path, capsys):
    path = tmp_path / "gateway.toml"
    path.write_text("max_batches = 1\n")

    assert main(["--config", str(path)]) == 2
    assert "max_batches" in capsys.readouterr().err


def test_a_password_is_never_shown():
    settings = Settings(redis_url="redis://:hunter2@localhost:6379/0")

    assert "hunter2" not in repr(settings)
    assert settings.redis_address() == "redis://:hunter2@localhost:6379/0"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://old:gone@redis:6379/0", "redis://ad%40judge:p%3Ass%2F@redis:6379/0"),
        ("unix:///run/redis.sock?db=1", "unix://ad%40judge:p%3Ass%2F@/run/redis.sock?db=1"),
    ],
)
def test_user_and_password_file_go_into_the_address(tmp_path, url, address):
    path = tmp_path / "password"
    path.write_text("p:ss/\n")

    settings = Settings(redis_url=url, redis_user="ad@judge", redis_password_file=path)

    assert settings.redis_address() == address


def test_the_signing_key_is_read_from_its_file(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(b"secret\n")

    assert Settings(signing_key_file=path).signing_key() == b"secret"
    assert Settings().signing_key() is None
