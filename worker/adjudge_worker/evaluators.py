"""Judges chunks of completions in warm, jailed evaluators; every item is answered."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from adjudge_verifiers.contract import Unavailable
from adjudge_worker.jail.chunk_run import ChunkRun

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from adjudge.v1.verifier_service_pb2 import VerifyCandidatesRequest
    from adjudge_verifiers.contract import AnyVerifier, Budget, Outcome
    from adjudge_verifiers.registry import Registry
    from adjudge_worker.jail.evaluator import EvaluatorProcess

RENEW_AFTER_ITEMS = 1_000_000
RENEW_AFTER_GROWTH_BYTES = 256 * 1024 * 1024
RENEW_AFTER_CPU_SECONDS = 1800.0
_INSPECT_SECONDS = 0.25
_MEMORY_WORDS = ("MemoryError", "bad_alloc", "Cannot allocate memory", "out of memory")
_KILLED = 9
_DYING_SECONDS = 0.5


class Hatchery(Protocol):
    """Where evaluators come from."""

    def hatch(self) -> EvaluatorProcess:
        """A fresh evaluator; starts the jail anew when it was lost. Raises JailError."""
        ...

    def fate(self, serial: int) -> dict[str, int]:
        """How a dead evaluator ended: ``signal`` and ``exit``; empty when nobody knows."""
        ...


class Evaluators:
    """The evaluators of one slot: one at a time, replaced when it must be killed or has grown."""

    def __init__(self, hatchery: Hatchery, registry: Registry) -> None:
        self._hatchery = hatchery
        self._registry = registry
        self._process: EvaluatorProcess | None = None
        self._born_bytes = 0
        self._inspected = 0.0

    def judge(
        self,
        request: VerifyCandidatesRequest,
        budgets: Sequence[Budget],
        stop: Callable[[], Outcome | None],
    ) -> bytes:
        """Judge a chunk.

        Args:
            request: tasks in full, all of one verifier; candidates that point at them.
            budgets: one for each task.
            stop: asked every 50 ms; an outcome that bears no reward ends the work, and every
                candidate that is not answered yet gets it.

        Returns:
            A serialised VerifyCandidatesResponse with one verdict for each candidate, in order.

        Raises:
            JailError: the jail was lost and cannot be started again.
        """
        if len(budgets) != len(request.tasks):
            raise ValueError(f"{len(request.tasks)} tasks with {len(budgets)} budgets")
        return ChunkRun(self, request, budgets, stop).answer()

    def warm(self) -> EvaluatorProcess:
        """The evaluator to use now, a fresh one when there is none. Raises JailError."""
        if self._process is None:
            self._process = self._hatchery.hatch()
            self._born_bytes = self._process.resident_bytes()
            self._inspected = time.monotonic()
        return self._process

    def discard(self) -> None:
        """Kill the evaluator; the next one is fresh."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def renew_if_grown(self) -> None:
        """Discard an evaluator that has judged much or holds much memory."""
        now = time.monotonic()
        process = self._process
        if process is None or now - self._inspected < _INSPECT_SECONDS:
            return
        self._inspected = now
        if (
            process.items > RENEW_AFTER_ITEMS
            or process.resident_bytes() > self._born_bytes + RENEW_AFTER_GROWTH_BYTES
            or process.cpu_ns() > RENEW_AFTER_CPU_SECONDS * 1e9
        ):
            self.discard()

    def verifier(self, name: str) -> AnyVerifier | None:
        """The slot's own copy of a verifier, which it never asks to judge."""
        try:
            return self._registry.get(name)
        except Unavailable:
            return None

    def was_memory(self, process: EvaluatorProcess) -> bool:
        """True when lack of memory ended a process that has died by itself."""
        if not process.has_died(wait_seconds=_DYING_SECONDS):
            return False  # it has only hung up
        words = process.last_words()
        fate = self._hatchery.fate(process.serial)
        return fate.get("signal") == _KILLED or any(word in words for word in _MEMORY_WORDS)
