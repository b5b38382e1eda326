"""One slot's jail: started, proved, kept alive, ended."""

from __future__ import annotations

import collections
import contextlib
import time
from typing import TYPE_CHECKING, Self

from adjudge_verifiers.registry import load_registry
from adjudge_worker.evaluators import Evaluators
from adjudge_worker.jail import launch
from adjudge_worker.jail.compile_cache import find_cache
from adjudge_worker.jail.errors import JailError, JailLost
from adjudge_worker.jail.evaluator import EvaluatorProcess
from adjudge_worker.jail.probe import ProbeReport, prove_walls
from adjudge_worker.jail.sandbox import JailSandbox
from adjudge_worker.jail.workshop import our_workshop

if TYPE_CHECKING:
    import socket
    from types import TracebackType

    from adjudge_verifiers.registry import Registry
    from adjudge_worker.jail.settings import JailSettings

RESTARTS = 5
RESTARTS_WITHIN_SECONDS = 60.0


class Jail:
    """One nsjail with zygote and nursery in it. Not for two threads at once.

    It lives no longer than the thread that started it: start it in the slot's main thread.
    """

    def __init__(self, settings: JailSettings, registry: Registry) -> None:
        """Use ``start``."""
        self._settings = settings
        self._registry = registry
        self._restarts: collections.deque[float] = collections.deque(maxlen=RESTARTS)
        self._closed = False
        self._held = contextlib.ExitStack()
        self.workshop = self._held.enter_context(our_workshop())
        try:
            self._running = launch.start(settings, self.workshop)
        except BaseException:
            self._held.close()
            raise
        for name, why in self._running.failed.items():
            if name in registry.names():
                registry.withdraw(name, why)
        self.evaluators = Evaluators(self, registry)
        self.sandbox = JailSandbox(
            self.spawn_keeper, cache=find_cache(self.workshop), libraries=settings.libraries
        )
        self.report: ProbeReport

    @classmethod
    def start(cls, settings: JailSettings, registry: Registry | None = None) -> Self:
        """Start a jail and prove its walls.

        Args:
            settings: how to build it.
            registry: the slot's verifiers; those that cannot be warmed in the jail are withdrawn
                from it. None loads one.

        Raises:
            JailError: a wall does not hold, or there is no jail; says which and what to do.
        """
        jail = cls(settings, registry or load_registry(settings.extra_verifiers))
        try:
            jail.report = prove_walls(jail.running, jail.sandbox, settings)
            jail.evaluators.warm()
        except BaseException:
            jail.close()
            raise
        return jail

    @property
    def running(self) -> launch.Running:
        """The nsjail of this moment."""
        return self._running

    def hatch(self) -> EvaluatorProcess:
        """A fresh evaluator. Raises JailError when the jail was lost and cannot be restarted."""
        while True:
            try:
                return EvaluatorProcess(self._running.nursery)
            except JailLost as error:
                self._restart(error)

    def fate(self, serial: int) -> dict[str, int]:
        """How a dead evaluator ended; empty when the nursery has gone with it."""
        try:
            return self._running.nursery.ask("fate", serial=serial)
        except JailLost:
            return {}

    def spawn_keeper(self, channel: socket.socket) -> int:
        """Start a keeper that serves the other end of ``channel``; returns its pidfd.

        Raises JailError when the jail was lost and cannot be restarted.
        """
        while True:
            try:
                return int(self._running.zygote.ask("keeper", [channel.fileno()])["descriptor"])
            except JailLost as error:
                self._restart(error)

    def close(self) -> None:
        """End everything in the jail. May be called again."""
        self._closed = True
        self.sandbox.close()
        self.evaluators.discard()
        self._running.end()
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _restart(self, cause: JailLost) -> None:
        if self._closed:
            raise JailError("the jail has been closed") from cause
        now = time.monotonic()
        if len(self._restarts) == RESTARTS and now - self._restarts[0] < RESTARTS_WITHIN_SECONDS:
            raise JailError(
                f"the jail was lost {RESTARTS + 1} times within {RESTARTS_WITHIN_SECONDS:g} s; "
                f"last: {cause}. Its last words: {self._running.log_tail() or 'none'}. "
                "Look for a memory limit on the worker (docs/operating.md)."
            ) from cause
        self._restarts.append(now)
        self._running.end()
        self._running = launch.start(self._settings, self.workshop)
