"""Chunks for tests."""

import dataclasses
import os

from adjudge.v1.task_pb2 import Candidate, Task
from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest, VerifyCandidatesResponse
from adjudge_worker.queue import Job


def make_request(completions, *, tasks=None) -> VerifyCandidatesRequest:
    """One candidate for each completion, or (task index, completion)."""
    pairs = [item if isinstance(item, tuple) else (0, item) for item in completions]
    return VerifyCandidatesRequest(
        tasks=tasks or [Task(verifier="noop", parameters_json="{}")],
        candidates=[
            Candidate(id=f"c{position}", task_index=index, completion=completion)
            for position, (index, completion) in enumerate(pairs)
        ],
    )


def make_job(request, **changes) -> Job:
    job = Job(
        id=os.urandom(16).hex(),
        pool="default",
        verifier="noop",
        gateway="g1",
        deadline_unix_ms=0,
        tenant="t",
        attempt=0,
        keep=False,
        blamed=False,
        chunk=request if isinstance(request, bytes) else request.SerializeToString(),
    )
    return dataclasses.replace(job, **changes)


def verdicts_of(response: bytes):
    return list(VerifyCandidatesResponse.FromString(response).verdicts)
