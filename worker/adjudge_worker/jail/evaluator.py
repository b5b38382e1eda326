"""The slot's handle of one evaluator process: its socket, its page, its clocks, its end."""

from __future__ import annotations

import contextlib
import fcntl
import mmap
import os
import select
import signal
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge_worker.guest import page

if TYPE_CHECKING:
    from adjudge_worker.jail.control import Control

_STDERR_BYTES = 4096
_RECEIVE_BYTES = 64 * 1024


class EvaluatorProcess:
    """One evaluator, alive until ``kill``. Its process is taken to be hostile."""

    def __init__(self, nursery: Control, op: str = "evaluator", **fields: object) -> None:
        """Ask the nursery for a new one. Raises JailLost."""
        self._lane, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        shared = os.memfd_create("adjudge-page", os.MFD_ALLOW_SEALING)
        self._stderr = os.memfd_create("adjudge-evaluator-stderr")
        try:
            os.ftruncate(shared, page.PAGE_BYTES)
            # Else it could shrink the page under us, and reading it would kill the slot.
            seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
            fcntl.fcntl(shared, fcntl.F_ADD_SEALS, seals)
            self._memory = mmap.mmap(shared, page.PAGE_BYTES, mmap.MAP_SHARED, mmap.PROT_READ)
            reply = nursery.ask(op, [theirs.fileno(), shared, self._stderr], **fields)
        except BaseException:
            self._lane.close()
            os.close(self._stderr)
            raise
        finally:
            theirs.close()
            os.close(shared)
        self._lane.setblocking(False)
        self._pidfd: int = reply["descriptor"]
        self._buffer = bytearray(_RECEIVE_BYTES)
        self._view = memoryview(self._buffer)
        self._poll = select.poll()
        self._poll.register(self._lane, select.POLLIN)
        self._polls_to_send = False
        self.serial: int = reply["serial"]
        """What the nursery calls it."""
        self.pid = _outer_pid(self._pidfd)
        """Its pid in our own namespace."""
        self._cpu_clock = ~self.pid << 3 | 2  # CPUCLOCK_SCHED of the whole process
        self.cpu_at_rest_ns = self.cpu_ns()
        """Its processor time when it last had nothing to do."""
        self.items = 0
        """Items judged so far."""

    def send(self, data: memoryview) -> memoryview:
        """Send as much as the socket takes; returns the rest, nothing when it has died."""
        try:
            while data:
                data = data[self._lane.send(data) :]
        except BlockingIOError:
            pass
        except OSError:  # it has died: the socket's end will be read next
            return data[:0]
        return data

    def wait(self, wait_ms: float, *, to_send: bool) -> int:
        """Wait for something to read (or room to send): a poll mask, 0 after the time."""
        if to_send is not self._polls_to_send:
            self._polls_to_send = to_send
            self._poll.modify(self._lane, select.POLLIN | (select.POLLOUT if to_send else 0))
        for _, event in self._poll.poll(wait_ms):
            return event
        return 0

    def receive(self) -> memoryview | None:
        """What has come, empty when it has closed its end, None when nothing has."""
        try:
            return self._view[: self._lane.recv_into(self._buffer)]
        except BlockingIOError:
            return None
        except OSError:
            return self._view[:0]

    def read_to_end(self, patience_seconds: float) -> bytes:
        """All that it sends until it closes its end. Raises OSError when it takes longer."""
        deadline = time.monotonic() + patience_seconds
        pieces: list[bytes] = []
        while time.monotonic() < deadline:
            self.wait(100, to_send=False)
            piece = self.receive()
            if piece is not None:
                if not piece:
                    return b"".join(pieces)
                pieces.append(bytes(piece))
        raise TimeoutError(f"no end after {patience_seconds:g} s")

    def sight(self) -> page.Sight | None:
        """What its page shows, None while it is being written."""
        return page.look(self._memory)

    def cpu_ns(self) -> int:
        """Its processor time so far, 0 when it has died."""
        try:
            return time.clock_gettime_ns(self._cpu_clock)
        except OSError:
            return 0

    def queued_ns(self) -> int:
        """How long it has been ready to run and waited for a processor, 0 when it has died."""
        try:
            return int(Path(f"/proc/{self.pid}/schedstat").read_text(encoding="ascii").split()[1])
        except (OSError, IndexError):  # dead, or a kernel without CONFIG_SCHED_INFO
            return 0

    def resident_bytes(self) -> int:
        """Its resident memory now, 0 when it has died."""
        return self._status("VmRSS")

    def peak_bytes(self) -> int:
        """The highest resident memory it ever had, 0 when it has died."""
        return self._status("VmHWM")

    def last_words(self) -> str:
        """The end of what it wrote on standard error."""
        size = os.fstat(self._stderr).st_size
        tail = os.pread(self._stderr, _STDERR_BYTES, max(0, size - _STDERR_BYTES))
        return tail.decode("utf-8", "replace")

    def has_died(self, wait_seconds: float = 0.0) -> bool:
        """True when it has ended; waits for the end of one that is just ending."""
        return bool(select.select([self._pidfd], [], [], wait_seconds)[0])

    def kill(self) -> None:
        """Kill it at once and let go of it. May be called again."""
        if self._pidfd < 0:
            return
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        os.close(self._pidfd)
        os.close(self._stderr)
        self._pidfd = self._stderr = -1
        self._lane.close()
        self._memory.close()

    def _status(self, field: str) -> int:
        try:
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return 0
        for line in status.splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
        return 0


def _outer_pid(pidfd: int) -> int:
    """The pid, in our own namespace, of the process behind a pidfd."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii").splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    raise OSError(f"/proc/self/fdinfo/{pidfd} names no pid")
