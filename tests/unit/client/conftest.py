"""Fixtures of the client's tests: the service in this process, and clients that are closed."""

from __future__ import annotations

import pytest
from tests.unit.client.service import Server, Service

from adjudge import Client, Options


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def server(service):
    server = Server(service)
    yield server
    server.stop()


@pytest.fixture
def address(server):
    return server.address


@pytest.fixture
def client(address):
    with Client(address, Options(patience_seconds=5)) as client:
        yield client
