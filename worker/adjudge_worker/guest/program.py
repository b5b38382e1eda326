"""One candidate program in its keeper: compiled once, then run case by case in fresh processes."""

from __future__ import annotations

import dataclasses
import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from adjudge_worker.guest import (
    candidate_python,
    libraries,
    limits,
    linux,
    messages,
    namespaces,
    seccomp,
)
from adjudge_worker.guest.orders import Compile, Compiled, Ending
from adjudge_worker.guest.stdio import ERRORS, OUTPUT, RESULT, Stdio
from adjudge_worker.guest.supervision import Watch, Watched

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from adjudge_worker.guest.orders import Bounds

_ERRORS_TAIL_BYTES = 2048
_MESSAGE_BYTES = 4096
_BINARY = f"{namespaces.SCRATCH}/program"


class Program:
    """Serves the orders of one slot about one program.

    Every method that starts a process returns, in that process alone, what it shall become; in the
    keeper it returns None.
    """

    def __init__(self, channel: socket.socket, processes: int) -> None:
        self._channel = channel
        self._watch = Watch(processes, channel)
        self._stdio = Stdio()
        self._order: Compile
        self._source = b""
        self._code = b""  # of Python: marshalled, never unmarshalled here
        self._binary = -1  # of a compiled language
        self._scratch_state: object = None

    def serve(self) -> Callable[[], NoReturn]:
        """Answer orders for ever. Raises EOFError when the slot goes away."""
        while True:
            fields, (blob,) = messages.receive(self._channel)
            match fields.pop("op"):
                case "compile":
                    child = self._compile(Compile.read(fields), blob)
                case _:
                    child = self._run(fields["entry_point"], blob)
            if child is not None:
                return child

    def _compile(self, order: Compile, source: bytes) -> Callable[[], NoReturn] | None:
        self._order, self._source = order, source
        self._prepare_scratch()
        self._stdio.fill(b"")
        pid = os.fork()
        if pid == 0:
            return self._compiling
        watched = self._watch.until_end(pid, order.compile_bounds)
        compiled = self._take_binary(watched) if order.compiler else self._take_code(watched)
        messages.send(self._channel, {"op": "compiled", **dataclasses.asdict(compiled)})
        return None

    def _compiling(self) -> NoReturn:
        self._confine(self._order.compile_bounds)
        file = self._file
        if self._order.compiler:
            command = [*self._order.compiler, "-o", _BINARY, file]
            os.chdir(namespaces.SCRATCH)
            os.execv(command[0], command)
        candidate_python.compile_source(self._source, file)

    def _take_code(self, watched: Watched) -> Compiled:
        trouble = _compile_trouble(watched, self._order.compile_bounds, self._stdio)
        if trouble or watched.exit_code or watched.signal:
            return Compiled(trouble or "syntax", "the compiler of Python itself failed")
        line, _, self._code = self._stdio.head(RESULT, messages.BLOBS_LIMIT_BYTES).partition(b"\n")
        report: dict[str, Any] = json.loads(line)
        if not report["reason"]:
            libraries.load(report["imports"], self._order.libraries)
        return Compiled(report["reason"], report["message"][:_MESSAGE_BYTES])

    def _take_binary(self, watched: Watched) -> Compiled:
        trouble = _compile_trouble(watched, self._order.compile_bounds, self._stdio)
        words = self._stdio.head(ERRORS, _MESSAGE_BYTES).decode(errors="replace")
        if trouble or watched.exit_code or watched.signal:
            return Compiled(trouble or "syntax", words)
        try:
            self._binary = os.open(_BINARY, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError as error:
            return Compiled("syntax", f"the compiler left no program: {error.strerror}")
        if not stat.S_ISREG(os.fstat(self._binary).st_mode):
            return Compiled("syntax", "the compiler left no program")
        namespaces.fresh_scratch()  # the descriptor keeps the binary, and nobody finds it by name
        self._scratch_state = _scratch_state()
        return Compiled()

    def _run(self, entry_point: str | None, data: bytes) -> Callable[[], NoReturn] | None:
        if _scratch_state() != self._scratch_state:
            self._prepare_scratch()
        self._stdio.fill(b"" if entry_point else data)
        pid = os.fork()
        if pid == 0:
            return lambda: self._running(entry_point, data)
        watched = self._watch.until_end(pid, self._order.run_bounds)
        self._tell(watched)
        return None

    def _running(self, entry_point: str | None, data: bytes) -> NoReturn:
        self._confine(self._order.run_bounds, self._binary)
        if self._binary >= 0:
            os.chdir(namespaces.SCRATCH)
            os.execve(4, ["program"], dict(os.environ))
        code, file, folders = self._code, self._file, self._order.libraries
        if entry_point is None:
            candidate_python.run_program(code, file, folders)
        candidate_python.call_program(code, file, folders, entry_point, data)

    def _confine(self, bounds: Bounds, binary: int = -1) -> None:
        """In a fresh process: leave everything of ours behind. From here on it is a candidate."""
        self._stdio.take_place(binary if binary >= 0 else None)
        os.setsid()
        limits.impose(bounds)
        linux.control_process(linux.PR_SET_DUMPABLE, 1)  # so that the keeper can see its memory
        linux.drop_capabilities()
        seccomp.install()

    def _tell(self, watched: Watched) -> None:
        bounds, stdio = self._order.run_bounds, self._stdio
        result = stdio.head(RESULT, bounds.output_bytes)
        ending = Ending(
            exit_code=watched.exit_code,
            signal=watched.signal,
            stopped=watched.stopped,
            cpu_seconds=watched.cpu_seconds,
            wall_seconds=watched.wall_seconds,
            peak_memory_bytes=watched.peak_memory_bytes,
            stdout_bytes=stdio.length(OUTPUT),
            stderr_bytes=stdio.length(ERRORS),
            last=not watched.swept,
        )
        blobs = [
            stdio.head(OUTPUT, bounds.output_bytes),
            stdio.tail(ERRORS, _ERRORS_TAIL_BYTES),
            result,
        ]
        messages.send(self._channel, {"op": "ended", **dataclasses.asdict(ending)}, blobs)

    @property
    def _file(self) -> str:
        return f"{namespaces.SCRATCH}/{self._order.file_name}"

    def _prepare_scratch(self) -> None:
        """Leave nothing in the scratch but the source, as it came."""
        if self._scratch_state is not None:
            namespaces.fresh_scratch()
        if self._binary < 0:
            Path(self._file).write_bytes(self._source)
        self._scratch_state = _scratch_state()


def _scratch_state() -> object:
    """What tells whether a run changed any file: names, inodes, change times."""
    found = []
    for folder in (namespaces.SCRATCH, namespaces.SHARED_MEMORY):
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    found.append((entry.path, status.st_ino, status.st_ctime_ns))
        except FileNotFoundError:
            continue
    return found


def _compile_trouble(watched: Watched, bounds: Bounds, stdio: Stdio) -> str:
    """The limit that a compiler broke, as CompileFailure names it, or ""."""
    words = stdio.head(ERRORS, _MESSAGE_BYTES)
    if watched.stopped == "memory" or b"out of memory" in words or b"memory exhausted" in words:
        return "memory_limit"
    if watched.stopped or watched.cpu_seconds > bounds.cpu_seconds:
        return "time_limit"
    if stdio.length(ERRORS) > bounds.output_bytes or b"File size limit" in words:
        return "output_limit"
    return ""
