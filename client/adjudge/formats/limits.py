"""Limits of data sets within what the verifier takes."""

from __future__ import annotations

from adjudge.program_task import Limits

MIB = 1 << 20
LEAST_MEMORY_BYTES = 64 * MIB
"""Less than this is meant for programs without an interpreter and would refuse all Python."""

_MOST_MEMORY_BYTES = 16 * 1024 * MIB
_MOST_CPU_SECONDS = 120.0
_USUAL_CPU_SECONDS = 10.0
_MOST_OUTPUT_BYTES = 64 * MIB


def limits_of(
    cpu_seconds: float | None = None,
    memory_bytes: float | None = None,
    output_bytes: float | None = None,
) -> Limits:
    """Those that are given, each moved into its range; the clock is never what stops a program.

    Beyond 10 s of processor time the wall clock, a backstop, allows twice as much.
    """
    limits = Limits()
    if cpu_seconds:
        limits["cpu_seconds"] = min(cpu_seconds, _MOST_CPU_SECONDS)
        if cpu_seconds > _USUAL_CPU_SECONDS:
            limits["wall_seconds"] = 2 * limits["cpu_seconds"]
    if memory_bytes:
        limits["memory_bytes"] = int(min(max(memory_bytes, LEAST_MEMORY_BYTES), _MOST_MEMORY_BYTES))
    if output_bytes:
        limits["output_bytes"] = int(min(max(output_bytes, 1), _MOST_OUTPUT_BYTES))
    return limits
