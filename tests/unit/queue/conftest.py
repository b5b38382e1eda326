"""Both sides of a queue on the same empty Redis."""

import pytest
import redis

from adjudge_worker.queue.claims import Claims
from adjudge_worker.queue.seal import Seal


@pytest.fixture
def claims(redis_client: redis.Redis) -> Claims:
    return Claims(redis_client, "default", "slot-1", Seal())
