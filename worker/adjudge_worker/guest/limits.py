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
    if whole_life:
        cpu_seconds = math.ceil(bounds.cpu_seconds) + 1  # whole seconds; the keeper is exact
        _set(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1)
    stack_bytes = max(_SMALLEST_STACK_BYTES, bounds.memory_bytes)
    _set(resource.RLIMIT_STACK, stack_bytes, resource.RLIM_INFINITY)
    reserved_bytes = ADDRESS_SPACE_SLACK_BYTES
    if whole_life:  # it is executed: libc reserves as much for each of its threads as for its first
        reserved_bytes += bounds.processes * resource.getrlimit(resource.RLIMIT_STACK)[0]
    _set(resource.RLIMIT_AS, bounds.memory_bytes + reserved_bytes)
    _set(resource.RLIMIT_FSIZE, max(_LEAST_FILE_BYTES, bounds.output_bytes + 1))
    _set(resource.RLIMIT_NPROC, bounds.processes + _KEEPER)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    _set(resource.RLIMIT_CORE, _NO_CORE_NOT_EVEN_THROUGH_A_PIPE)


def _set(kind: int, soft: int, hard: int | None = None) -> None:
    _, highest = resource.getrlimit(kind)
    hard = soft if hard is None else hard
    if highest != resource.RLIM_INFINITY:
        hard = highest if hard == resource.RLIM_INFINITY else min(hard, highest)
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(kind, (soft, hard))
