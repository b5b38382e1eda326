"""The kernel's limits on a process of a candidate: the second line behind the keeper's watch."""

from __future__ import annotations

import math
import resource
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adjudge_worker.guest.orders import Bounds

MIB = 1024 * 1024

OPEN_FILES = 256
THREAD_STACK_BYTES = 8 * MIB
ADDRESS_SPACE_SLACK_BYTES = 1024 * MIB
"""Address space is no memory: stacks of threads and libraries reserve much that they never touch.
What is touched is watched by the keeper."""
_SMALLEST_STACK_BYTES = 64 * MIB
_LEAST_FILE_BYTES = 16 * MIB
"""Code and results need room. Of output the keeper counts every byte."""
_KEEPER = 1
_NO_CORE_NOT_EVEN_THROUGH_A_PIPE = 1
"""A limit of 1 byte stops a core dump to a pipe as well, 0 does not; see core(5)."""


def impose(bounds: Bounds, *, whole_life: bool) -> None:
    """Limit the calling process and all that come from it. Hard limits never rise.

    ``whole_life``: the bounds hold for all that it will ever do, not for one run among several.
    """
    for kind, soft, hard in wanted(bounds, whole_life=whole_life):
        resource.setrlimit(kind, (soft, hard))


def wanted(bounds: Bounds, *, whole_life: bool) -> list[tuple[int, int, int]]:
    """The limits to set: kind, soft, hard; see ``impose``."""
    stack_bytes = max(_SMALLEST_STACK_BYTES, bounds.memory_bytes)
    stack = _limit(resource.RLIMIT_STACK, stack_bytes, resource.RLIM_INFINITY)
    reserved_bytes = ADDRESS_SPACE_SLACK_BYTES
    if whole_life:  # it is executed: libc reserves as much for each of its threads as for its first
        reserved_bytes += bounds.processes * stack[1]
    limits = [
        stack,
        _limit(resource.RLIMIT_FSIZE, max(_LEAST_FILE_BYTES, bounds.output_bytes + 1)),
        _limit(resource.RLIMIT_NPROC, bounds.processes + _KEEPER),
        _limit(resource.RLIMIT_NOFILE, OPEN_FILES),
        _limit(resource.RLIMIT_CORE, _NO_CORE_NOT_EVEN_THROUGH_A_PIPE),
    ]
    if bounds.address_space:
        limits.append(_limit(resource.RLIMIT_AS, bounds.memory_bytes + reserved_bytes))
    if whole_life:
        cpu_seconds = math.ceil(bounds.cpu_seconds) + 1  # whole seconds; the keeper is exact
        limits.append(_limit(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1))
    return limits


def _limit(kind: int, soft: int, hard: int | None = None) -> tuple[int, int, int]:
    _, highest = resource.getrlimit(kind)
    hard = soft if hard is None else hard
    if highest != resource.RLIM_INFINITY:
        hard = highest if hard == resource.RLIM_INFINITY else min(hard, highest)
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    return kind, soft, hard
