"""A verifier that does to its own process what a completion says: a parser that was taken over."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import ClassVar

from adjudge_verifiers.contract import Budget, Example, Outcome, TaskParameters, Verdict, Verifier
from adjudge_worker.guest import frames
from adjudge_worker.guest.page import Phase


class HostileParameters(TaskParameters):
    """What ``prepare`` does."""

    prepare: str = ""


def _evaluator():
    """The evaluator's own object, found by a walk up the stack."""
    frame = sys._getframe()
    while frame is not None:
        found = frame.f_locals.get("self")
        if hasattr(found, "_page"):
            return found
        frame = frame.f_back
    raise LookupError("no evaluator on the stack")


def burn():
    while True:
        pass


def sleep():
    time.sleep(3600)


def eat():
    hoard = []
    while True:
        hoard.append(bytearray(1 << 24))


def keep():
    """Hold on to 32 MiB for ever."""
    _kept.append(bytearray(b"x") * (1 << 25))


def segfault():
    ctypes.string_at(0)


def leave():
    os._exit(7)


def abort():
    os.abort()


def recurse():
    recurse()


def raise_error():
    raise RuntimeError("a bug of the verifier")


def claim_to_prepare():
    """Hang, and show that the task hangs: its whole group would be masked."""
    _evaluator()._page.show(Phase.PREPARING, 1, time.monotonic_ns(), time.process_time_ns())
    burn()


def blame_the_next():
    """Hang, and show that the next item hangs."""
    _evaluator()._page.show(Phase.JUDGING, 2, time.monotonic_ns(), time.process_time_ns())
    burn()


def claim_to_have_just_begun():
    """Show progress for ever."""
    page = _evaluator()._page
    while True:
        page.show(Phase.JUDGING, 1, time.monotonic_ns(), time.process_time_ns())


def claim_to_rest():
    _evaluator()._page.show(Phase.IDLE, 0, 0, 0)
    burn()


def claim_the_future():
    _evaluator()._page.show(Phase.JUDGING, 1, 1 << 62, 1 << 62)
    burn()


def claim_nonsense():
    _evaluator()._page.show(77, (1 << 64) - 1, (1 << 64) - 1, (1 << 64) - 1)
    burn()


def send_garbage():
    _evaluator()._lane.sendall(frames.REPLY_HEADER.pack(1, 4) + b"\xff\xff\xff\xff")
    sleep()


def send_huge_header():
    _evaluator()._lane.sendall(frames.REPLY_HEADER.pack(1 << 31, 1 << 31))
    sleep()


def send_half_a_frame():
    _evaluator()._lane.sendall(frames.REPLY_HEADER.pack(1, 100) + b"x")
    burn()


def drip():
    """Send a run byte by byte, so that the slot never sleeps long."""
    lane = _evaluator()._lane
    lane.sendall(frames.REPLY_HEADER.pack(1, 100_000))
    while True:
        lane.sendall(b"x")
        time.sleep(0.001)


def flood():
    lane = _evaluator()._lane
    while True:
        lane.sendall(b"\x01" * 65536)


def hang_up():
    _evaluator()._lane.close()
    burn()


def _outcome_of(attempt):
    try:
        return f"got through: {attempt()!r}"
    except (OSError, RuntimeError, ValueError) as error:
        return f"refused: {type(error).__name__}"


def fork():
    return _outcome_of(os.fork)


def thread():
    return _outcome_of(lambda: threading.Thread(target=sleep).start())


def execute():
    return _outcome_of(lambda: os.execv("/bin/true", ["true"]))


def connect():
    return _outcome_of(lambda: socket.create_connection(("127.0.0.1", 6379), timeout=0.1))


def make_socketpair():
    return _outcome_of(socket.socketpair)


def signal_everyone():
    """Signal 0 to every process that could be there."""
    found = []
    for pid in (*range(2, 200), os.getppid() or 2):
        try:
            os.kill(pid, 0)
        except OSError:
            continue
        found.append(pid)
    return f"got through: {found}" if found else "refused: OSError"


def look_around():
    seen = [path.name for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return f"got through: {seen}" if seen else "refused: OSError"


def write_outside():
    return _outcome_of(lambda: Path(frames.__file__).write_text("hacked"))


def lift_limits():
    import resource

    huge = 1 << 50
    return _outcome_of(lambda: resource.setrlimit(resource.RLIMIT_AS, (huge, huge)))


def fill_scratch():
    """Write until the file system is full; returns how much went in."""
    total = 0
    try:
        for number in range(1000):
            with open(f"/tmp/{number}", "wb", buffering=0) as file:  # noqa: PTH123 - attack
                for _ in range(8):
                    total += file.write(b"\0" * (1 << 20))
    except OSError:
        pass
    return f"wrote {total >> 20} MiB"


def look_into_scratch():
    return f"found {sorted(Path('/tmp').iterdir())}"


def exhaust_descriptors():
    while True:
        try:
            _kept.append(os.dup(1))
        except OSError:
            return "refused: OSError"


_kept: list = []

ACTS = {
    name: act
    for name, act in list(globals().items())
    if callable(act) and not name.startswith("_") and act.__module__ == __name__
}
del ACTS["HostileParameters"]


class Hostile(Verifier[HostileParameters, None]):
    """Does what the completion says, else finds it right."""

    name = "hostile"
    version = "1.0.0"
    summary = "Does what the completion says."
    parameters_type = HostileParameters
    budget = Budget(cpu_seconds=0.3, wall_seconds=0.6)
    examples: ClassVar = (
        Example({}, "right", Outcome.CORRECT),
        Example({}, "wrong", Outcome.INCORRECT),
    )

    def prepare(self, parameters: HostileParameters) -> None:
        """Do what the parameters say."""
        if parameters.prepare:
            ACTS[parameters.prepare]()

    def judge(self, prepared: None, completion: str) -> Verdict:  # noqa: ARG002 - the contract's
        """Do what the completion says."""
        said = ACTS[completion]() if completion in ACTS else completion
        if completion == "wrong":
            return Verdict.incorrect(reason="word")
        return Verdict.correct(answer=said)
