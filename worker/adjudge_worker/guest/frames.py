"""The frames between slot and evaluator, on a stream socket. All numbers little-endian.

To the evaluator: a header, one memory budget (uint64, bytes) for each task, the request's bytes.

    uint32  kind: JUDGE, or PREPARE (then ``first`` is the position of a task, ``count`` is 0)
    uint32  first: position of the first candidate to judge
    uint32  count: number of candidates to judge
    uint32  tasks: number of memory budgets
    uint64  length: bytes of the serialised VerifyCandidatesRequest

From the evaluator: a header and a run of verdicts, as they stand in VerifyCandidatesResponse.

    uint32  count: verdicts in this run; 0 ends a PREPARE frame
    uint32  length: bytes of the run
"""

from __future__ import annotations

import functools
import struct

JUDGE = 1
PREPARE = 2

REQUEST_HEADER = struct.Struct("<IIIIQ")
REPLY_HEADER = struct.Struct("<II")

VERDICT_BYTES = 128 * 1024
"""No verdict of an evaluator is longer; see the limits in ``wire.py``."""
FLUSH_NS = 2_000_000
"""A run is sent when so much time has passed since the last one: the most that is judged twice."""


@functools.lru_cache(maxsize=64)
def memory_budgets(count: int) -> struct.Struct:
    """The layout of the memory budgets of ``count`` tasks."""
    return struct.Struct(f"<{count}Q")
