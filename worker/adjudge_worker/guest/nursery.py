"""The process that has every verifier warm, and forks evaluators.

Requests come over a SOCK_SEQPACKET socket, one JSON object each, descriptors beside it:

    {"op": "evaluator"} + [stream socket, page, standard error]
        -> {"ok": true, "serial": n} + pidfd
    {"op": "walls", ...} + the same  -> the same; runs the probe's attempts in an evaluator's walls
    {"op": "fate", "serial": n}      -> {"ok": true, "exit": code} or "signal": number, or
                                        neither while it lives

Before the first request it sends {"ok": true, "failed": {name: why}} with the verifiers that could
not be warmed.
"""

from __future__ import annotations

import gc
import json
import os
import select
import site
import socket
import sys
import traceback
from typing import TYPE_CHECKING, Any

from adjudge_worker.guest import confinement, seccomp

if TYPE_CHECKING:
    from adjudge_verifiers.registry import Registry

REQUEST_BYTES = 64 * 1024
FATES_KEPT = 16


def start(lane: socket.socket, plan: dict[str, Any], close: socket.socket) -> int:
    """Fork the nursery: called by the zygote, returns its pidfd there.

    It is pid 1 of namespaces of its own, so that it and its evaluators see neither zygote nor
    keepers.
    """
    uid, gid = os.getuid(), os.getgid()
    pid, pidfd = confinement.fork_into_namespaces()
    if pid:
        return pidfd
    try:
        confinement.die_with_parent()
        close.close()
        _main(lane, plan, confinement.furnish(uid, gid))
    except BaseException:  # noqa: BLE001 - this process must never return into the zygote's code
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(1)


def _main(lane: socket.socket, plan: dict[str, Any], processes: int) -> None:
    confinement.be_killed_first(processes, willing=False)
    registry, failed = _warm(plan)
    seccomp.prepare(seccomp.EVALUATOR)
    gc.collect()
    gc.freeze()
    lane.send(json.dumps({"ok": True, "failed": failed}).encode())
    Nursery(lane, registry, plan["memory_bytes"], processes).serve()


def _warm(plan: dict[str, Any]) -> tuple[Registry, dict[str, str]]:
    """Load and warm every verifier; also what failed and why."""
    site.main()  # the zygote runs without it; here plugins may need what their .pth files say
    sys.path += [path for path in plan["path"] if path not in sys.path]
    from adjudge.v1 import verifier_service_pb2  # noqa: F401, PLC0415 - warm for the evaluators
    from adjudge_verifiers.registry import load_registry  # noqa: PLC0415 - needs the path
    from adjudge_worker.guest import evaluator  # noqa: F401, PLC0415 - warm for the evaluators

    registry = load_registry(plan["verifiers"])
    failed = registry.warm()
    for description in registry.describe():
        if not description.available:
            failed.setdefault(description.name, description.unavailable_reason)
    return registry, failed


class Nursery:
    """Answers the slot, one request at a time."""

    def __init__(
        self,
        lane: socket.socket,
        registry: Registry,
        memory_bytes: int,
        processes: int,
    ) -> None:
        self._lane = lane
        self._registry = registry
        self._memory_bytes = memory_bytes
        self._own_pids = os.open("self/ns/pid", os.O_RDONLY, dir_fd=processes)
        self._processes = processes
        self._poll = select.poll()
        self._poll.register(lane, select.POLLIN)
        self._serial = 0
        self._alive: dict[int, int] = {}
        self._fates: dict[int, dict[str, Any]] = {}

    def serve(self) -> None:
        """Answer requests and bury evaluators until the slot closes its end."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._alive:
                    self._bury(descriptor)
                elif not self._answer():
                    return

    def _answer(self) -> bool:
        """Answer one request; false when the slot has gone."""
        message, descriptors, _, _ = socket.recv_fds(self._lane, REQUEST_BYTES, 4)
        if not message:
            return False
        request = json.loads(message)
        if request["op"] == "fate":
            self._tell_fate(request["serial"])
        else:
            self._hatch(request, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        return True

    def _hatch(self, request: dict[str, Any], descriptors: list[int]) -> None:
        try:
            pid = self._fork_into_own_pids()
        except OSError as error:
            self._refuse(f"no evaluator could be started: {error}")
            return
        if pid == 0:
            self._become(request, descriptors)
        self._serial += 1
        pidfd = os.pidfd_open(pid)
        self._alive[pidfd] = self._serial
        self._poll.register(pidfd, select.POLLIN)
        reply = {"ok": True, "serial": self._serial}
        socket.send_fds(self._lane, [json.dumps(reply).encode()], [pidfd])

    def _fork_into_own_pids(self) -> int:
        """Fork a child, and it alone, into a pid namespace of its own."""
        os.unshare(os.CLONE_NEWPID)
        pid = -1
        try:
            pid = os.fork()
        finally:
            if pid != 0:
                os.setns(self._own_pids, os.CLONE_NEWPID)
        return pid

    def _become(self, request: dict[str, Any], descriptors: list[int]) -> None:
        """Be an evaluator; never returns."""
        code = 1
        try:
            from adjudge_worker.guest import evaluator  # noqa: PLC0415 - imported when warming

            evaluator.run(
                request,
                descriptors,
                registry=self._registry,
                most_memory_bytes=self._memory_bytes,
                processes=self._processes,
            )
            code = 0
        except BaseException:  # noqa: BLE001 - this process must never return into the nursery
            traceback.print_exc()  # the slot reads it from the standard error it gave
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _bury(self, pidfd: int) -> None:
        """Take leave of an evaluator that has ended, and remember how."""
        ended = os.waitid(os.P_PIDFD, pidfd, os.WEXITED)
        self._poll.unregister(pidfd)
        os.close(pidfd)
        serial = self._alive.pop(pidfd)
        if ended is not None:
            exited = ended.si_code == os.CLD_EXITED
            fate = {"exit": ended.si_status} if exited else {"signal": ended.si_status}
            self._fates[serial] = {"ok": True, **fate}
        while len(self._fates) > FATES_KEPT:
            del self._fates[next(iter(self._fates))]

    def _tell_fate(self, serial: int) -> None:
        for pidfd, alive in list(self._alive.items()):
            if alive == serial and select.select([pidfd], [], [], 0)[0]:
                self._bury(pidfd)
        fate = self._fates.get(serial, {"ok": True})
        self._lane.send(json.dumps(fate).encode())

    def _refuse(self, why: str) -> None:
        self._lane.send(json.dumps({"ok": False, "error": why}).encode())
