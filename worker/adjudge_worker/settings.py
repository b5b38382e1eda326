"""The worker's settings: flags over environment over a TOML file."""

from __future__ import annotations

import argparse
import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from adjudge_worker.jail.settings import JailSettings
from adjudge_worker.queue.address import redis_address

if TYPE_CHECKING:
    from collections.abc import Sequence

MIB = 1024 * 1024

ENVIRONMENT_PREFIX = "ADJUDGE_WORKER_"

_EXTRA_VERIFIER = re.compile(r"(?P<name>[a-z0-9_.:-]{1,64})=(?P<target>[\w.]+:\w+)")


class Settings(BaseSettings):
    """Everything that can be set. Flags are the names with dashes, environment variables the
    upper-case names behind ``ADJUDGE_WORKER_``.
    """

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        frozen=True,
        extra="forbid",
        cli_prog_name="adjudge worker",
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
        description="File with the key that signs what lies in Redis (HMAC-SHA-256); the gateways "
        "need the same.",
    )
    pool: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9_-]{0,63}$")] = Field(
        default="default", description="Worker pool; its queue is adjudge-<pool>."
    )
    slots: Annotated[int, Field(ge=1, le=1024)] = Field(
        default_factory=lambda: len(os.sched_getaffinity(0)),
        description="Chunks judged at the same time, each in a process and a jail of its own; "
        "by default one for each processor.",
    )
    ready_file: Path | None = Field(
        default=None, description='Written when every slot takes work, as {"slots": N}.'
    )
    die_with_parent: bool = Field(
        default=False, description="Stop (SIGTERM) when the parent process dies."
    )
    stop_seconds: Annotated[float, Field(ge=0, le=3600)] = Field(
        default=30.0, description="How long chunks under way may take after SIGTERM."
    )
    log_level: str = Field(
        default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG … ERROR."
    )
    task_cache_bytes: Annotated[int, Field(ge=MIB)] = Field(
        default=64 * MIB, description="Tasks that one slot keeps, and the same again made ready."
    )
    extra_verifiers: str = Field(
        default="",
        description="Verifiers beside ours and the installed plugins, without packaging them: "
        "name=module:Class, several with commas. They run in the jail like all others.",
    )
    extra_paths: str = Field(
        default="",
        description="Folders with their modules, several with colons; readable in the jail.",
    )
    nsjail: Path | None = Field(
        default=None, description="The nsjail binary; by default it is looked for."
    )
    jail_memory_bytes: Annotated[int, Field(ge=256 * MIB)] = Field(
        default=JailSettings().memory_bytes, description="Memory of everything in one slot's jail."
    )
    jail_processes: Annotated[int, Field(ge=32)] = Field(
        default=JailSettings().processes, description="Processes and threads in one slot's jail."
    )
    scratch_bytes: Annotated[int, Field(ge=MIB)] = Field(
        default=JailSettings().scratch_bytes, description="Size of one jail's /tmp."
    )
    cgroups: Literal["auto", "never"] = Field(
        default="auto", description="Whether jails may use control groups where they can be made."
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """Raise ValueError for settings that contradict each other or name what is not there."""
        for path in self.extra_folders:
            if not path.is_dir():
                raise ValueError(f"extra_paths: {path} is no folder")
        self.extra_table  # noqa: B018 - raises when malformed
        return self

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

    @property
    def extra_table(self) -> dict[str, str]:
        """``extra_verifiers`` as name → "module:Class". Raises ValueError when malformed."""
        table: dict[str, str] = {}
        for entry in filter(None, map(str.strip, self.extra_verifiers.split(","))):
            match = _EXTRA_VERIFIER.fullmatch(entry)
            if match is None:
                raise ValueError(f"extra_verifiers: expected name=module:Class, got {entry!r}")
            if match["name"] in table:
                raise ValueError(f"extra_verifiers: {match['name']!r} is there twice")
            table[match["name"]] = match["target"]
        return table

    @property
    def extra_folders(self) -> tuple[Path, ...]:
        """``extra_paths`` as absolute paths."""
        return tuple(
            Path(entry).resolve() for entry in filter(None, self.extra_paths.split(os.pathsep))
        )

    @property
    def jail(self) -> JailSettings:
        """How each slot's jail is built."""
        return JailSettings(
            nsjail=self.nsjail,
            memory_bytes=self.jail_memory_bytes,
            processes=self.jail_processes,
            scratch_bytes=self.scratch_bytes,
            cgroups=self.cgroups,
            extra_verifiers=self.extra_table,
            extra_paths=self.extra_folders,
        )

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


def read_settings(argv: Sequence[str]) -> Settings:
    """Settings from flags, environment and the file named by ``--config``.

    Raises ValidationError (pydantic) for values out of range, OSError or TOMLDecodeError for an
    unreadable file, SystemExit for ``--help`` and unknown flags.
    """
    finder = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    finder.add_argument("--config", default=os.environ.get(f"{ENVIRONMENT_PREFIX}CONFIG"))
    path = finder.parse_known_args(argv)[0].config
    from_file: dict[str, Any] = tomllib.loads(Path(path).read_text("utf-8")) if path else {}
    return Settings(_cli_parse_args=list(argv), **from_file)
