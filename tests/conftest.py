"""Fixtures by the server they need, one file each."""

pytest_plugins = [
    "tests.fixtures.jail",
    "tests.fixtures.redis_server",
    "tests.fixtures.service",
]
