"""A Redis and a worker that the tests of this folder share."""

import pytest
import redis
from tests.integration.worker.running import worker

from adjudge.embedded.redis_server import RedisServer


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A Redis and a worker of two slots, for tests that leave both as they were."""
    with (
        RedisServer() as server,
        worker(server.url, tmp_path_factory.mktemp("shared"), "--slots", "2") as running,
    ):
        running.url = server.url
        yield running


@pytest.fixture
def client(shared):
    """A client of the shared Redis."""
    with redis.Redis.from_url(shared.url) as client:
        yield client
