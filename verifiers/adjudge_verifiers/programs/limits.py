"""What a task lets one run of a program use."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from adjudge_verifiers.contract import MIB


class LimitsPerTest(BaseModel):
    """What one test may use. Processor time is what is judged; wall time stops sleepers."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    cpu_seconds: Annotated[float, Field(strict=True, gt=0, le=120)] = 10.0
    wall_seconds: Annotated[float, Field(strict=True, gt=0, le=300)] = 20.0
    memory_bytes: Annotated[int, Field(strict=True, ge=16 * MIB, le=16 * 1024 * MIB)] = 512 * MIB
    output_bytes: Annotated[int, Field(strict=True, ge=1, le=64 * MIB)] = 16 * MIB
