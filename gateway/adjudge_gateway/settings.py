"""The gateway's settings: flags over environment over a TOML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_settings import SettingsConfigDict

from adjudge_worker.queue.settings import QueueSettings

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


PositiveInt = Annotated[int, Field(gt=0)]
PositiveFloat = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class ChunkLimits(BaseModel):
    """How large a chunk may be."""

    model_config = ConfigDict(frozen=True)

    seconds: float
    spread_seconds: float
    items: int
    bytes: int


class Settings(QueueSettings):
    """Everything that can be set: what is here and what both ends of the queue share."""

    model_config = SettingsConfigDict(
        env_prefix="ADJUDGE_GATEWAY_", cli_prog_name="adjudge gateway"
    )

    listen: str = Field(
        default="127.0.0.1:50051", description="HOST:PORT to serve on; port 0 picks a free one."
    )
    ready_file: Path | None = Field(
        default=None, description='Written when serving, as {"address": "HOST:PORT"}.'
    )

    tls_certificate: Path | None = Field(
        default=None, description="PEM file with the server's certificate chain; turns TLS on."
    )
    tls_key: Path | None = Field(default=None, description="PEM file with the private key.")
    tls_client_ca: Path | None = Field(
        default=None,
        description="PEM file with the authority of client certificates; clients must show one.",
    )
    tokens_file: Path | None = Field(
        default=None,
        description="File with lines `tenant token`; calls then need `authorization: Bearer …`.",
    )

    max_batch: PositiveInt = Field(default=8_192, description="Most candidates in one request.")
    max_message_bytes: Annotated[int, Field(gt=0, lt=2**31)] = Field(
        default=64 * MIB, description="Largest request."
    )
    tenant_items: PositiveInt = Field(
        default=131_072, description="Most candidates of one tenant that wait or run."
    )
    tenant_bytes: PositiveInt = Field(
        default=GIB, description="Most bytes of one tenant that wait or run."
    )
    total_items: PositiveInt = Field(
        default=524_288, description="Most candidates of all tenants that wait or run."
    )
    total_bytes: PositiveInt = Field(
        default=2 * GIB, description="Most bytes of all tenants that wait or run."
    )
    redis_memory_share: Annotated[float, Field(gt=0, le=1)] = Field(
        default=0.7, description="Share of Redis's maxmemory above which new work is refused."
    )

    default_pool: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9_-]{0,63}$")] = Field(
        default="default", description="Pool that gets work for verifiers that no worker knows."
    )
    chunk_seconds: PositiveFloat = Field(
        default=0.1, description="Estimated work in one chunk, in seconds."
    )
    chunk_spread_seconds: PositiveFloat = Field(
        default=0.004,
        description="Smallest chunk, in seconds of work, when a batch is spread over idle slots.",
    )
    chunk_items: Annotated[int, Field(gt=0, le=65_535)] = Field(
        default=256, description="Most candidates in one chunk."
    )
    chunk_bytes: PositiveInt = Field(
        default=256 * KIB, description="Most bytes of candidates in one chunk."
    )
    initial_item_seconds: PositiveFloat = Field(
        default=0.01, description="Assumed cost of an item of a verifier not seen yet."
    )
    slot_window: PositiveInt = Field(
        default=2, description="Chunks on the Redis queue for each live worker slot, plus 2."
    )
    inline_task_bytes: PositiveInt = Field(
        default=4 * KIB, description="Larger tasks travel to the workers by digest."
    )
    task_cache_bytes: PositiveInt = Field(
        default=256 * MIB, description="Tasks remembered for requests that name them by digest."
    )
    answer_cache_bytes: PositiveInt = Field(
        default=64 * MIB, description="Recent answers remembered for repeated request ids."
    )
    answer_cache_seconds: PositiveFloat = Field(
        default=60.0, description="How long a recent answer is remembered."
    )
    linger_seconds: PositiveFloat = Field(
        default=0.001,
        description="How long a small call waits for others to share a chunk with, while some are "
        "under way; five times as long when these are many.",
    )
    stream_items: PositiveInt = Field(
        default=4_096, description="Most unanswered candidates of one stream; then it is paused."
    )
    look_seconds: PositiveFloat = Field(
        default=0.5, description="Time between two looks for lost jobs."
    )
    no_workers_seconds: PositiveFloat = Field(
        default=120.0, description="How long work waits for a first worker before it is refused."
    )
    redis_patience_seconds: PositiveFloat = Field(
        default=15.0, description="How long work under way outlives an outage of Redis."
    )
    drain_seconds: PositiveFloat = Field(
        default=30.0, description="How long calls under way may take after SIGTERM."
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """Raise ValueError for settings that contradict each other."""
        if (self.tls_certificate is None) is not (self.tls_key is None):
            raise ValueError("tls_certificate and tls_key: give both or neither")
        if self.tls_client_ca and not self.tls_certificate:
            raise ValueError("tls_client_ca: needs tls_certificate and tls_key")
        for low, high in (
            ("max_batch", "tenant_items"),
            ("tenant_items", "total_items"),
            ("max_message_bytes", "tenant_bytes"),
            ("tenant_bytes", "total_bytes"),
        ):
            if getattr(self, low) > getattr(self, high):
                raise ValueError(f"{low} must not be above {high}")
        host, _, port = self.listen.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65_535:  # noqa: PLR2004 - the last port
            raise ValueError(f"listen: expected HOST:PORT, got {self.listen!r}")
        return self

    @property
    def chunk_limits(self) -> ChunkLimits:
        """How large a chunk may be."""
        return ChunkLimits(
            seconds=self.chunk_seconds,
            spread_seconds=self.chunk_spread_seconds,
            items=self.chunk_items,
            bytes=self.chunk_bytes,
        )
