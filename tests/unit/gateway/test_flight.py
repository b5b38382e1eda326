"""A request under way lets go of what it carried."""

import asyncio
import gc
import weakref
from types import SimpleNamespace

import pytest

from adjudge_gateway.errors import NoWorkers
from adjudge_gateway.flight import Flight


class Batch(list):
    """Stands for a large request; can be referred to weakly."""


def land(flight, span):
    flight.answered(span)


def fail(flight, _span):
    flight.fail(NoWorkers("nobody is there"))


@pytest.mark.parametrize("end", [land, fail])
def test_an_ended_request_is_freed_without_the_collector(end):
    async def fly():
        batch = Batch([1])
        flight = Flight(batch, 0, lambda _: None)
        span = SimpleNamespace(owner=flight, positions=range(1), response=b"")
        flight.take_off([span])
        end(flight, span)
        flight.answer.exception()
        return weakref.ref(batch)

    gc.disable()
    try:
        batch = asyncio.run(fly())
        assert batch() is None
    finally:
        gc.enable()
