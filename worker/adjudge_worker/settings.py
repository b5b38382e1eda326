"""The worker's settings: flags over environment over a TOML file."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from adjudge_worker.jail.languages.python import LIBRARIES
from adjudge_worker.jail.settings import JailSettings
from adjudge_worker.queue.settings import QueueSettings

MIB = 1024 * 1024


_EXTRA_VERIFIER = re.compile(r"(?P<name>[a-z0-9_.:-]{1,64})=(?P<target>[\w.]+:\w+)")


class Settings(QueueSettings):
    """Everything that can be set: what is here and what both ends of the queue share."""

    model_config = SettingsConfigDict(env_prefix="ADJUDGE_WORKER_", cli_prog_name="adjudge worker")

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
    stop_seconds: Annotated[float, Field(ge=0, le=3600)] = Field(
        default=30.0, description="How long chunks under way may take after SIGTERM."
    )
    task_cache_bytes: Annotated[int, Field(ge=MIB)] = Field(
        default=64 * MIB, description="Tasks that one slot keeps, and the same again made ready."
    )
    extra_verifiers: str = Field(
        default="",
        description="Verifiers beside ours and the installed plugins, without packaging them: "
        "name=module:Class, several with commas. They run in the jail like all others.",
    )
    libraries: str = Field(
        default=",".join(LIBRARIES),
        description="Third-party modules that Python programs may import, several with commas; "
        "those that are not installed are left out.",
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

    precompile: bool = Field(
        default=True,
        description="Whether precompiled headers for C++ are made, in the background, at the start "
        "(300 MB in the folder for temporary files).",
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """Raise ValueError for settings that contradict each other or name what is not there."""
        for path in self.extra_folders:
            if not path.is_dir():
                raise ValueError(f"extra_paths: {path} is no folder")
        self.extra_table  # noqa: B018 - raises when malformed
        self.library_names  # noqa: B018 - as above
        return self

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
    def library_names(self) -> tuple[str, ...]:
        """``libraries`` as names. Raises ValueError for what is no name of a module."""
        names = tuple(filter(None, map(str.strip, self.libraries.split(","))))
        for name in names:
            if not name.isidentifier():
                raise ValueError(f"libraries: expected names of modules, got {name!r}")
        return names

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
            precompile=self.precompile,
            extra_verifiers=self.extra_table,
            libraries=self.library_names,
            extra_paths=self.extra_folders,
        )
