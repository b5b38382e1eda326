"""What can go wrong in a worker, beside its queue and its jail."""

from __future__ import annotations


class WorkerError(Exception):
    """Raised when a worker cannot go on; every other error of this room is one."""


class BadSettings(WorkerError):
    """Raised when the settings contradict themselves or name something that is not there."""


class BadChunk(WorkerError):
    """Raised when a job's chunk is no VerifyCandidatesRequest: the job is refused, not judged."""
