"""Asking and answering over the wire, each side of the other, to any depth.

A question names an operation and its values; while it waits for the answer, the side that asked
answers questions of the other one. Both have their own table of operations and handles.
"""

from __future__ import annotations

import abc
import operator
import threading
from typing import TYPE_CHECKING, Any

from adjudge_worker.guest.suites import plain
from adjudge_worker.guest.suites.codec import Decoder, Encoder, Shared
from adjudge_worker.guest.suites.wire import BadFrame, Gone, Wire

if TYPE_CHECKING:
    from collections.abc import Sequence


class Link(abc.ABC):
    """One side of the conversation; ``hosting.py`` and ``session.py`` are the two."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.turn = threading.RLock()
        """Held by the thread that listens: whoever waits for an answer, or for a question."""
        self._sending = threading.Lock()

    def ask(self, operation: str, *values: Any) -> Any:
        """Ask the other side. Returns its answer; raises what it raised, and Gone or BadFrame."""
        shared = Shared()
        encoder = Encoder(shared, self.export)
        with self.turn:
            said = [operation, *[encoder.tree(value) for value in values]]
            raised, value = self.exchange({"t": "ask", "v": said}, shared)
        if raised:
            raise value
        return value

    def exchange(self, question: dict[str, Any], shared: Shared) -> tuple[bool, Any]:
        """Send a question and wait for its answer: whether it was raised, and what."""
        self._send(question)
        return self._answer_to(shared)

    @abc.abstractmethod
    def export(self, value: Any, encoder: Encoder, depth: int) -> Any:
        """The JSON of a value that is no plain data. May raise TypeError."""

    @abc.abstractmethod
    def resolve(self, content: list[Any], decoder: Decoder, depth: int) -> Any:
        """What a handle from the other side means. Raises BadFrame."""

    @abc.abstractmethod
    def perform(self, operation: str, values: Sequence[Any]) -> Any:
        """Answer a question of the other side. May raise anything, which is then handed over."""

    @abc.abstractmethod
    def heard(self, frame: dict[str, Any]) -> None:
        """Take what came beside the message: descriptions of classes, printed text."""

    def said(self) -> dict[str, Any]:
        """What goes beside the next message."""
        return {}

    def listen(self) -> dict[str, Any]:
        """Wait for a frame. Raises Gone and BadFrame."""
        frame = self._wire.receive()
        self.heard(frame)
        return frame

    def serve(self, frame: dict[str, Any]) -> None:
        """Answer one question. Raises BadFrame when it is none."""
        shared = Shared()
        decoder = Decoder(shared, self.resolve)
        operation, *trees = frame.get("v") or [None]
        if type(operation) is not str:
            raise BadFrame("a question without an operation")
        values = [decoder.value(tree) for tree in trees]
        before = [snapshot(container) for container in shared.containers]
        encoder = Encoder(shared, self.export)
        try:
            answer = {"t": "answer", "v": [encoder.tree(self.perform(operation, values))]}
        except (Gone, BadFrame):
            raise
        except BaseException as error:  # noqa: BLE001 - it belongs to the other side
            shared.forget_after(len(before))
            answer = {"t": "raise", "v": [encoder.tree(error)]}
        changed = [
            [place, encoder.content(shared.containers[place])]
            for place, old in enumerate(before)
            if not unchanged(old, shared.containers[place])
        ]
        if changed:
            answer["c"] = changed
        self._send(answer)

    def _send(self, frame: dict[str, Any]) -> None:
        with self._sending:
            self._wire.send({**frame, **self.said()})

    def _answer_to(self, shared: Shared) -> tuple[bool, Any]:
        asked = len(shared.containers)
        while True:
            frame = self.listen()
            kind = frame.get("t")
            if kind == "ask":
                self.serve(frame)
            elif kind in {"answer", "raise"}:
                break
            elif kind != "note":
                raise BadFrame("a frame of no kind that there is")
        decoder = Decoder(shared, self.resolve)
        trees = frame.get("v") or []
        if len(trees) != 1:
            raise BadFrame("an answer that is not one value")
        value = decoder.value(trees[0])
        self._take_changes(frame, decoder, shared, asked)
        if kind == "raise" and not isinstance(value, BaseException):
            raise BadFrame("something was raised that is no exception")
        return kind == "raise", value

    @staticmethod
    def _take_changes(frame: dict[str, Any], decoder: Decoder, shared: Shared, asked: int) -> None:
        """Let our containers hold what the call made of their copies."""
        for change in frame.get("c", ()):
            if type(change) is not list or len(change) != 2:  # noqa: PLR2004 - place and content
                raise BadFrame("a change of nothing")
            place, tree = change
            if type(place) is not int or not 0 <= place < asked:
                raise BadFrame("a change of what was not sent")
            try:
                decoder.refill(shared.containers[place], tree)
            except (ValueError, TypeError, KeyError) as error:
                raise BadFrame("a change that does not fit") from error


def snapshot(container: Any) -> Any:
    """What ``unchanged`` needs to know of a container as it is now."""
    kind = type(container)
    if kind in {set, bytearray}:
        return bytes(container) if kind is bytearray else frozenset(container)
    if plain.is_array(container):
        return container.tobytes()
    return _parts(container)


def unchanged(before: Any, container: Any) -> bool:
    """Whether a container still holds the same objects."""
    kind = type(container)
    if kind is bytearray or plain.is_array(container):
        return bool(before == (container.tobytes() if kind is not bytearray else container))
    if kind is set:
        return len(before) == len(container) and before.issuperset(container)
    now = _parts(container)
    return len(before) == len(now) and all(map(operator.is_, before, now))


def _parts(container: Any) -> list[Any]:
    if isinstance(container, dict):
        return [*container.keys(), *container.values()]
    return list(container)
