"""From a failed gRPC call to the typed error that says what happened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from adjudge.errors import STATUS_ERRORS, StatusError
from adjudge.status_details import METADATA_KEY, StatusDetails, read_status_details

if TYPE_CHECKING:
    from collections.abc import Sequence

    import grpc

    from adjudge.v1 import task_pb2

_TASK = re.compile(r"tasks\[(\d+)\]", re.ASCII)


def status_error(call: grpc.Call, tasks: Sequence[task_pb2.Task] = ()) -> StatusError:
    """The typed error for a call that ended with a status other than OK.

    ``tasks`` are those of its request, so that the error can name the digests that are unknown.
    """
    error_type = STATUS_ERRORS[call.code().name]
    details = _details(call)
    positions = _positions(details.unknown_tasks, len(tasks))
    return error_type(
        call.details() or "",
        details.violations,
        details.retry_delay_seconds,
        tuple(tasks[position].digest for position in positions),
    )


def _positions(subjects: Sequence[str], count: int) -> list[int]:
    """Which tasks are meant. "tasks" alone means all: more were unknown than an error can list."""
    if "tasks" in subjects:
        return list(range(count))
    found = (_TASK.fullmatch(subject) for subject in subjects)
    return [int(each[1]) for each in found if each is not None and int(each[1]) < count]


def _details(call: grpc.Call) -> StatusDetails:
    for key, value in call.trailing_metadata() or ():
        if key == METADATA_KEY and isinstance(value, bytes):
            try:
                return read_status_details(value)
            except ValueError:
                return StatusDetails()  # the status itself is what counts, and it is sound
    return StatusDetails()
