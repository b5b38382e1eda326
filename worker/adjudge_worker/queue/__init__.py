"""The queue between gateways and workers: jobs one way, results the other, over RQ on Redis ≥ 6.2.

A gateway uses a `Dispatcher`; a slot of a worker claims, leases and finishes.

Every key in Redis, what it holds and when it expires. ``rq:`` keys are RQ's, with RQ's meaning,
and follow ``RQ_KEY_PREFIX``. ``<pool>`` is a worker pool; its RQ queue is ``adjudge-<pool>``.

``rq:queues``
    Set of queue keys. Never expires.
``rq:queue:adjudge-<pool>``
    List of waiting job ids. Gone when empty.
``rq:queue:adjudge-<pool>:intermediate``
    List of ids popped by an idle slot, not yet claimed; the slots clean out what a dead one left.
``rq:job:<job>``
    Hash of RQ's fields; ``data`` is the sealed `Job`. Deleted when finished or cancelled; expires
    60 s after the caller's deadline, else an hour after it was enqueued or claimed.
``rq:wip:adjudge-<pool>``
    Sorted set of ``<job>:<execution>`` under way, scored 60 s after the last heartbeat. The slots
    clean out those without a lease.
``rq:execution:<job>:<execution>``
    Hash: worker, start, last heartbeat. Expires 60 s after the last heartbeat.
``rq:executions:<job>``
    Sorted set of one job's executions. Expires 60 s after the last heartbeat.
``rq:failed:adjudge-<pool>``
    Sorted set of entries that were refused unread. Entries are cleaned out after an hour.
``rq:results:<job>``
    Stream that says why an entry was refused. Expires after an hour.
``rq:workers`` and ``rq:workers:adjudge-<pool>``
    Sets of worker keys. The slots clean out dead ones.
``rq:worker:<name>``
    Hash of RQ's fields of one slot. Expires 15 s after its last heartbeat.
``rq:worker:<name>:executions``
    Set of what the slot is at. Expires 60 s after its last heartbeat.
``rq:clean_registries:adjudge-<pool>``
    Lock of the slot that cleans. Expires after 10 s.
``rq:suspended``
    Set by ``rq suspend``; the slots then take nothing. RQ's expiry.
``adjudge:lease:<job>``
    Name of the slot that is at the job. Expires after 3 s, renewed each second.
``adjudge:results:<gateway>``
    Stream of sealed `Result`, trimmed as it is read and to 4,096 entries. Expires 300 s after the
    last result.
``adjudge:kept:<job>``
    Sealed `Result` of a job that asked for it. Expires after 60 s.
``adjudge:task:<digest>``
    Sealed Task message; the digest in hexadecimal. Expires an hour after its last use.
``adjudge:request:<key>``
    Sealed plan of a request that has an id: what a gateway cut it into, so that a retry on another
    one finds its jobs. Expires as the gateway says, after at most ten minutes.
``adjudge:catalogue:<pool>``
    Serialised ListVerifiersResponse. Expires after 15 s, renewed by the slots.

Channels: ``rq:pubsub:<name>``, RQ's commands to one slot (``shutdown``, ``stop-job``).

Rights that a Redis user needs: ``~rq:* ~adjudge:* &rq:* +@all -@admin -@dangerous +info``.

"Sealed" means signed (HMAC-SHA-256) when a signing key is configured. Nothing is ever unpickled.
"""

from adjudge_worker.queue.codec import Job, Result
from adjudge_worker.queue.dispatch import RedisDispatcher
from adjudge_worker.queue.dispatcher import Dispatcher, JobState, PoolState
from adjudge_worker.queue.errors import DecodeError, InvalidJobError, QueueError, QueueUnavailable
from adjudge_worker.queue.fake import FakeDispatcher

__all__ = [
    "DecodeError",
    "Dispatcher",
    "FakeDispatcher",
    "InvalidJobError",
    "Job",
    "JobState",
    "PoolState",
    "QueueError",
    "QueueUnavailable",
    "RedisDispatcher",
    "Result",
]
