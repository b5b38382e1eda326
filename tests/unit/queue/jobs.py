"""Jobs for tests of the queue."""

import os

from adjudge_worker.queue import Job


def make_job(**changes) -> Job:
    fields = {
        "id": os.urandom(16).hex(),
        "pool": "default",
        "verifier": "noop",
        "gateway": "g1",
        "deadline_unix_ms": 0,
        "tenant": "t",
        "attempt": 0,
        "keep": False,
        "blamed": False,
        "chunk": b"chunk",
    }
    return Job(**fields | changes)
