"""Messages between slot and keeper, over a socketpair in this process."""

import os
import socket
from pathlib import Path

import pytest

from adjudge_worker.guest import messages


@pytest.fixture
def ends():
    one, other = socket.socketpair()
    with one, other:
        one.settimeout(5)
        other.settimeout(5)
        yield one, other


@pytest.fixture
def descriptors():
    found = [os.open("/dev/null", os.O_RDONLY) for _ in range(messages.MOST_DESCRIPTORS + 1)]
    yield found
    for one in found:
        os.close(one)


def open_descriptors():
    return len(list(Path("/proc/self/fd").iterdir()))


def test_descriptors_come_with_their_message(ends):
    sender, receiver = ends
    reading, writing = os.pipe()
    messages.send(sender, {"a": 1}, [b"xy", b""], [writing])
    messages.send(sender, {"b": 2})
    os.close(writing)

    header, blobs, (came,) = messages.receive_with_descriptors(receiver)

    assert (header, blobs) == ({"a": 1}, [b"xy", b""])
    assert not os.get_inheritable(came)
    os.write(came, b"through")
    os.close(came)
    assert os.read(reading, 100) == b"through"
    assert os.read(reading, 100) == b""  # nobody else holds it open
    os.close(reading)
    assert messages.receive_with_descriptors(receiver) == ({"b": 2}, [], [])


def test_too_many_descriptors_are_not_sent(ends, descriptors):
    with pytest.raises(ValueError, match="at most 4"):
        messages.send(ends[0], {}, [], descriptors)


def test_descriptors_that_nobody_asked_for_are_closed(ends, descriptors):
    sender, receiver = ends
    before = open_descriptors()

    messages.send(sender, {"a": 1}, [], descriptors[:1])

    assert messages.receive(receiver) == ({"a": 1}, [])
    assert open_descriptors() == before


@pytest.mark.parametrize("message", [b"\xff" * 64, b"short"], ids=["no message", "cut off"])
def test_descriptors_of_a_broken_message_are_closed(ends, descriptors, message):
    sender, receiver = ends
    before = open_descriptors()
    socket.send_fds(sender, [message], descriptors[:2])
    sender.shutdown(socket.SHUT_WR)

    with pytest.raises((messages.BadMessage, EOFError)):
        messages.receive_with_descriptors(receiver)

    assert open_descriptors() == before


def test_more_descriptors_than_allowed_are_refused_and_closed(ends, descriptors):
    sender, receiver = ends
    before = open_descriptors()
    socket.send_fds(sender, [b"x" * 12], descriptors)

    with pytest.raises(messages.BadMessage, match="more descriptors"):
        messages.receive_with_descriptors(receiver)

    assert open_descriptors() == before


def test_a_sender_that_has_gone_is_the_end(ends):
    ends[0].close()

    with pytest.raises(EOFError):
        messages.receive_with_descriptors(ends[1])
