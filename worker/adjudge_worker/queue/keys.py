"""The name of every Redis key; the package's docstring says what they hold and for how long."""

from __future__ import annotations

from rq.defaults import RQ_KEY_PREFIX

QUEUE_PREFIX = "adjudge-"
"""A pool's RQ queue is ``adjudge-<pool>``."""

JOB_PREFIX = f"{RQ_KEY_PREFIX}:job:"
EXECUTION_PREFIX = f"{RQ_KEY_PREFIX}:execution:"
EXECUTIONS_PREFIX = f"{RQ_KEY_PREFIX}:executions:"
LEASE_PREFIX = "adjudge:lease:"
KEPT_PREFIX = "adjudge:kept:"
RESULTS_PREFIX = "adjudge:results:"
REQUEST_PREFIX = "adjudge:request:"

WORKERS = f"{RQ_KEY_PREFIX}:workers"
SUSPENDED = f"{RQ_KEY_PREFIX}:suspended"

LEASE_MILLISECONDS = 3_000
KEPT_SECONDS = 60
RESULTS_SECONDS = 300
RESULTS_ENTRIES = 4_096
TASK_SECONDS = 3_600
CATALOGUE_SECONDS = 15
WORKER_SECONDS = 15
JOB_SECONDS = 3_600
FAILED_SECONDS = 3_600
WIP_SECONDS = 60


def queue_name(pool: str) -> str:
    """Name of the RQ queue that the workers of ``pool`` serve."""
    return QUEUE_PREFIX + pool


def queue_key(pool: str) -> str:
    """The list of waiting job ids."""
    return f"{RQ_KEY_PREFIX}:queue:{QUEUE_PREFIX}{pool}"


def intermediate_key(pool: str) -> str:
    """The list of job ids that were popped and not yet claimed."""
    return f"{queue_key(pool)}:intermediate"


def wip_key(pool: str) -> str:
    """The sorted set of ``job:execution`` under way (RQ's StartedJobRegistry)."""
    return f"{RQ_KEY_PREFIX}:wip:{QUEUE_PREFIX}{pool}"


def failed_key(pool: str) -> str:
    """The sorted set of refused jobs (RQ's FailedJobRegistry)."""
    return f"{RQ_KEY_PREFIX}:failed:{QUEUE_PREFIX}{pool}"


def job_key(job_id: str) -> str:
    """The hash of one job, its payload in the field ``data``."""
    return JOB_PREFIX + job_id


def worker_key(name: str) -> str:
    """The hash of one registered worker slot."""
    return f"{RQ_KEY_PREFIX}:worker:{name}"


def worker_executions_key(name: str) -> str:
    """The set of executions under way in one worker slot."""
    return f"{worker_key(name)}:executions"


def pool_workers_key(pool: str) -> str:
    """The set of worker keys that serve ``pool``."""
    return f"{WORKERS}:{QUEUE_PREFIX}{pool}"


def lease_key(job_id: str) -> str:
    """Who works on a job; gone within 3 s of the worker's death."""
    return LEASE_PREFIX + job_id


def kept_key(job_id: str) -> str:
    """The result of a finished job, for retries of the same request."""
    return KEPT_PREFIX + job_id


def results_key(gateway: str) -> str:
    """The stream of results that one gateway reads."""
    return RESULTS_PREFIX + gateway


def task_key(digest: bytes) -> str:
    """One task in full; ``digest`` is its SHA-256 (32 bytes)."""
    return f"adjudge:task:{digest.hex()}"


def catalogue_key(pool: str) -> str:
    """The serialised ListVerifiersResponse of a pool's live workers."""
    return f"adjudge:catalogue:{pool}"


def request_key(key: str) -> str:
    """What one request with an id was cut into."""
    return REQUEST_PREFIX + key
