"""Tasks that a chunk names by digest alone: fetched from Redis, checked, and kept."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING, Any

from google.protobuf.message import DecodeError as ProtobufDecodeError

from adjudge.v1.task_pb2 import Task
from adjudge_worker.lru import ByteLru
from adjudge_worker.queue import keys
from adjudge_worker.queue.errors import DecodeError

if TYPE_CHECKING:
    from collections.abc import Collection

    from redis import Redis

    from adjudge_worker.queue.seal import Seal

_log = logging.getLogger(__name__)


class TaskStore:
    """Tasks by digest. What Redis holds under a digest is believed only when it has that digest."""

    def __init__(self, connection: Redis, seal: Seal, limit_bytes: int) -> None:
        self._redis = connection
        self._seal = seal
        self._kept: ByteLru[bytes, Task] = ByteLru(limit_bytes)

    def fetch(self, digests: Collection[bytes]) -> dict[bytes, Task]:
        """The tasks that can be had, in at most one round trip. Raises redis-py's errors."""
        found: dict[bytes, Task] = {}
        missing = []
        for digest in set(digests):
            task = self._kept.get(digest)
            if task is None:
                missing.append(digest)
            else:
                found[digest] = task
        if missing:
            found |= self._load(missing)
        return found

    def _load(self, digests: list[bytes]) -> dict[bytes, Task]:
        with self._redis.pipeline(transaction=False) as pipeline:
            for digest in digests:
                pipeline.getex(keys.task_key(digest), ex=keys.TASK_SECONDS)
            answers: list[Any] = pipeline.execute()
        loaded = {}
        for digest, sealed in zip(digests, answers, strict=True):
            task = self._open(digest, sealed)
            if task is not None:
                self._kept.put(digest, task, len(sealed))
                loaded[digest] = task
        return loaded

    def _open(self, digest: bytes, sealed: bytes | None) -> Task | None:
        if sealed is None:
            return None
        try:
            task = Task.FromString(self._seal.open(sealed, b"task" + digest))
        except (DecodeError, ProtobufDecodeError) as error:
            _log.warning("the stored task %s was ignored: %s", digest.hex(), error)
            return None
        if digest_of(task) != digest:
            _log.warning("the stored task %s was ignored: it has another digest", digest.hex())
            return None
        return task


def digest_of(task: Task) -> bytes:
    """SHA-256 (32 bytes) of verifier, one zero byte, parameters: as in ``task.proto``."""
    text = f"{task.verifier}\0{task.parameters_json}"
    return hashlib.sha256(text.encode()).digest()
