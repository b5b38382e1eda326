"""What both ends of the queue can be told: where Redis is, what signs, when to end."""

from __future__ import annotations

import argparse
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from adjudge_worker.queue.address import redis_address

if TYPE_CHECKING:
    from collections.abc import Sequence


class QueueSettings(BaseSettings):
    """Settings that gateways and workers share: flags over environment over a TOML file.

    Flags are the names with dashes, environment variables the upper-case names behind the prefix
    of the program.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        cli_kebab_case=True,
        cli_implicit_flags=True,
        cli_hide_none_type=True,
        cli_avoid_json=True,
    )

    config: Path | None = Field(default=None, description="TOML file with any of these settings.")
    redis_url: SecretStr = Field(
        default=SecretStr("redis://127.0.0.1:6379/0"),
        description="Redis with the queue: redis://, rediss:// or unix://.",
    )
    redis_user: str | None = Field(default=None, description="User for Redis, if not in the URL.")
    redis_password_file: Path | None = Field(
        default=None, description="File with the password for Redis, if not in the URL."
    )
    signing_key_file: Path | None = Field(
        default=None,
        description="File with the key that signs what lies in Redis (HMAC-SHA-256); gateways and "
        "workers need the same.",
    )
    die_with_parent: bool = Field(
        default=False, description="Stop (SIGTERM) when the parent process dies."
    )
    log_level: str = Field(
        default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG … ERROR."
    )

    @classmethod
    def read(cls, argv: Sequence[str]) -> Self:
        """Settings from flags, environment and the file named by ``--config``.

        Raises ValidationError (pydantic) for values out of range, OSError or TOMLDecodeError for an
        unreadable file, SystemExit for ``--help`` and unknown flags.
        """
        finder = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
        prefix = cls.model_config.get("env_prefix", "")
        finder.add_argument("--config", default=os.environ.get(f"{prefix}CONFIG"))
        path = finder.parse_known_args(argv)[0].config
        from_file: dict[str, Any] = tomllib.loads(Path(path).read_text("utf-8")) if path else {}
        return cls(_cli_parse_args=list(argv), **from_file)

    def redis_address(self) -> str:
        """The URL of Redis with user and password in it. Raises OSError."""
        return redis_address(
            self.redis_url.get_secret_value(), self.redis_user, self.redis_password_file
        )

    def signing_key(self) -> bytes | None:
        """The key that signs what lies in Redis, if there is one. Raises OSError."""
        if self.signing_key_file is None:
            return None
        return self.signing_key_file.read_bytes().strip()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment over what is handed in (the TOML file); pydantic puts flags above both."""
        return env_settings, init_settings
