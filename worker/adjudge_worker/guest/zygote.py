"""The first process of the jail: starts the nursery, forks keepers on request, buries them.

Run as `python -I -S zygote.py PLAN`, where PLAN is one JSON object:

    {"control": fd, "nursery": fd, "path": [folders], "verifiers": {name: "module:Class"}, ...}

Requests come over the control socket (SOCK_SEQPACKET), one JSON object each, descriptors beside it:

    {"op": "ping"}              -> {"ok": true}
    {"op": "keeper"} + socket   -> {"ok": true} + pidfd of the new keeper

A refusal is {"ok": false, "error": why}. The jail ends when the slot closes the socket or
the nursery dies. Only the
standard library is loaded here, so that a fork is cheap.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

REQUEST_BYTES = 64 * 1024
STACK_BYTES = 8 * 1024 * 1024


def main(plan_json: str) -> None:
    """Serve until the slot goes away."""
    plan: dict[str, Any] = json.loads(plan_json)
    sys.path += plan["path"]
    from adjudge_worker.guest import confinement, keeper, nursery  # noqa: PLC0415 - needs the path

    confinement.hide_from_tracing()
    _heed_signals()
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    resource.setrlimit(resource.RLIMIT_STACK, (min(STACK_BYTES, hard), hard))
    control = socket.socket(fileno=plan["control"])
    lane = socket.socket(fileno=plan["nursery"])
    gc.freeze()  # a collection in the nursery would write to, and so copy, every page it shares
    born = nursery.start(lane, plan, close=control)
    lane.close()
    spawn_keeper = functools.partial(keeper.spawn, library=plan["starter"])
    Zygote(control, spawn_keeper, born).serve()


def _heed_signals() -> None:
    """Ignore nothing but what Python does: a worker begun by nohup would hand that down to all."""
    for number in signal.valid_signals() - {signal.SIGPIPE, signal.SIGXFSZ}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


class Zygote:
    """Answers the slot, one request at a time."""

    def __init__(
        self,
        control: socket.socket,
        spawn_keeper: Callable[[socket.socket], int],
        nursery: int,
    ) -> None:
        self._control = control
        self._nursery = nursery
        self._spawn_keeper = spawn_keeper
        self._keepers: set[int] = set()
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)
        self._poll.register(nursery, select.POLLIN)

    def serve(self) -> None:
        """Answer requests and bury keepers until the slot closes its end or the nursery dies."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._keepers:
                    self._bury(descriptor)
                elif descriptor == self._nursery or not self._answer():
                    return

    def _answer(self) -> bool:
        """Answer one request; false when the slot has gone."""
        message, descriptors, _, _ = socket.recv_fds(self._control, REQUEST_BYTES, 4)
        if not message:
            return False
        operation = json.loads(message)["op"]
        if operation == "ping":
            self._control.send(b'{"ok": true}')
        elif operation == "keeper" and len(descriptors) == 1:
            self._keeper(socket.socket(fileno=descriptors[0]))
        else:
            for descriptor in descriptors:
                os.close(descriptor)
            self._refuse(f"unknown request {operation!r} with {len(descriptors)} descriptors")
        return True

    def _keeper(self, channel: socket.socket) -> None:
        with channel:
            try:
                pidfd = self._spawn_keeper(channel)
            except OSError as error:
                self._refuse(f"no keeper could be started: {error}")
                return
        self._keepers.add(pidfd)
        self._poll.register(pidfd, select.POLLIN)
        socket.send_fds(self._control, [b'{"ok": true}'], [pidfd])

    def _bury(self, pidfd: int) -> None:
        os.waitid(os.P_PIDFD, pidfd, os.WEXITED)
        self._poll.unregister(pidfd)
        self._keepers.discard(pidfd)
        os.close(pidfd)

    def _refuse(self, why: str) -> None:
        self._control.send(json.dumps({"ok": False, "error": why}).encode())


if __name__ == "__main__":
    main(sys.argv[1])
