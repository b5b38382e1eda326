"""The whole service as child processes of this one: Redis, a gateway, workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.embedded.errors import ServiceDied, ServiceNotReady
from adjudge.embedded.folder import PrivateFolder
from adjudge.embedded.redis_server import RedisServer

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

READY_SECONDS = 60.0
DRAIN_SECONDS = 20.0


class EmbeddedService:
    """Starts a private Redis (unless one is named), a gateway and worker slots; ends them all.

    Use it as a context manager: ``with EmbeddedService() as service: Client(service.address)``.
    The children die with this process, even when it is killed.

    Raises ServiceNotReady when a part does not come up, with the end of its log.
    """

    def __init__(
        self,
        *,
        listen: str = "127.0.0.1:0",
        redis_url: str | None = None,
        slots: int | None = None,
    ) -> None:
        self._listen = listen
        self._redis_url = redis_url
        self._slots = slots or len(os.sched_getaffinity(0))
        self._stack = ExitStack()
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self.redis: RedisServer | None = None
        self.folder = Path()
        self.address = ""

    def __enter__(self) -> Self:
        """Start everything; returns when the service answers."""
        with self._stack:
            folder = PrivateFolder()
            self._stack.callback(folder.remove)
            self.folder = folder.path
            if self._redis_url is None:
                self.redis = self._stack.enter_context(RedisServer())
                self._redis_url = self.redis.url
            self._stack.callback(self._stop_children)
            self._start("gateway")
            self._start("worker")
            self._wait_ready("gateway")
            self._wait_ready("worker")
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drain and take everything down."""
        self._stack.close()

    def check(self) -> None:
        """Raise ServiceDied when a part has ended by itself."""
        for name, child in self._children.items():
            status = child.poll()
            if status is not None:
                raise ServiceDied(f"{name} ended with status {status}.\n{self.log_tail(name)}")

    def pid(self, name: str) -> int:
        """Process id of "gateway" or "worker" (the workers' supervisor)."""
        return self._children[name].pid

    def log_tail(self, name: str, *, lines: int = 20) -> str:
        """The last lines that a part logged."""
        text = (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def restart(self, name: str) -> None:
        """Start a part that has ended again, and wait until it is ready."""
        self._children[name].wait()
        (self.folder / f"{name}.ready").unlink(missing_ok=True)
        self._start(name)
        self._wait_ready(name)

    def _start(self, name: str) -> None:
        own = {
            "gateway": ["--listen", self.address or self._listen],
            "worker": ["--slots", str(self._slots)],
        }
        arguments = ["--redis-url", str(self._redis_url), "--die-with-parent", *own[name]]
        ready = self.folder / f"{name}.ready"
        with (self.folder / f"{name}.log").open("ab") as log:
            self._children[name] = subprocess.Popen(
                [sys.executable, "-m", f"adjudge_{name}", *arguments, "--ready-file", str(ready)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches this process alone, which drains in order
            )

    def _wait_ready(self, name: str) -> None:
        ready = self.folder / f"{name}.ready"
        give_up = time.monotonic() + READY_SECONDS
        while not ready.exists():
            status = self._children[name].poll()
            if status is not None:
                raise ServiceNotReady(
                    f"the {name} ended with status {status} before it was ready.\n"
                    f"{self.log_tail(name)}"
                )
            if time.monotonic() > give_up:
                raise ServiceNotReady(
                    f"the {name} was not ready after {READY_SECONDS:.0f} s.\n{self.log_tail(name)}"
                )
            time.sleep(0.02)
        if name == "gateway":
            self.address = str(json.loads(ready.read_text(encoding="utf-8"))["address"])

    def _stop_children(self) -> None:
        """The gateway drains first, so that the workers still answer what it waits for."""
        for name in ("gateway", "worker"):
            child = self._children.pop(name, None)
            if child is None:
                continue
            if child.poll() is None:
                child.terminate()
            try:
                child.wait(DRAIN_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
