"""What runs inside a Python candidate's process around its program.

All of this can be read and changed by the candidate, and there is nothing in it worth reading: one
input, no expected output, no way to anybody. A forged result is no cheat: it would still have to
equal the hidden one.
"""

from __future__ import annotations

import ast
import atexit
import fcntl
import gc
import json
import marshal
import os
import signal
import socket
import sys
import threading
import types
import warnings
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from adjudge_worker.guest import messages, reuse, values
from adjudge_worker.guest.nodes import Nodes
from adjudge_worker.guest.stage import Stage
from adjudge_worker.guest.stdio import BELL, GIVEN, RESULT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

VALUE, RAISED, NOT_PLAIN, OUT_OF_MEMORY = b"V", b"E", b"N", b"M"
"""First byte of a result; then the value, the exception's text, or what is wrong with the value."""

ALONE, STREAMS, FURTHER = b"!", b"s", b"f"
"""What the bell says of the descriptors that come with it: none, streams, or others."""

_FAILED = 1
_FLUSH_FAILED = 120
_INTERRUPTED = 128 + signal.SIGINT
_MESSAGE_CHARACTERS = 1000
_CHUNK_BYTES = 1 << 20
_POOLS = "concurrent.futures.thread"


class Candidate:
    """One Python program in its process: runs it whenever the keeper rings.

    It ends when something is left over from a run; it never returns to its caller.
    """

    def __init__(
        self,
        file: str,
        folders: Mapping[str, str],
        entry_point: str | None,
        node_types: Mapping[str, str],
    ) -> None:
        self._file = file
        self._folders = folders
        self._entry_point = entry_point
        self._nodes = Nodes(node_types)

    def compile(self, source: bytes) -> NoReturn:
        """Compile the program and leave one line of JSON and its code in the result; then run it.

        The line has "reason" and "message" when the program does not compile, "imports" (top-level
        modules), and "plain": whether runs may share a process.
        """
        code: types.CodeType | None = None
        report: dict[str, Any] = {"reason": "", "message": "", "imports": [], "plain": False}
        try:
            with warnings.catch_warnings(action="ignore"):  # about the candidate's escapes
                tree = ast.parse(source, self._file)
                code = compile(tree, self._file, "exec", dont_inherit=True)
            imports = _imports(tree)
            report |= {"imports": sorted(imports), "plain": reuse.is_plain(imports)}
        except MemoryError:
            report |= {"reason": "memory_limit", "message": "compiling ran out of memory"}
        except (SyntaxError, ValueError, OverflowError, RecursionError) as error:
            report |= {"reason": "syntax", "message": f"{type(error).__name__}: {error}"}
        leave(json.dumps(report).encode() + b"\n" + (marshal.dumps(code) if code else b""))
        if code is None or not self._folders.keys().isdisjoint(report["imports"]):
            os._exit(0)  # libraries are loaded by the keeper, for all runs
        os.write(BELL, b"!")
        self._run_on_demand(code, plain=report["plain"])

    def load(self, code: bytes, *, plain: bool) -> NoReturn:
        """Run a program that another process has compiled."""
        self._run_on_demand(marshal.loads(code), plain=plain)  # noqa: S302 - its own code

    def _run_on_demand(self, code: types.CodeType, *, plain: bool) -> NoReturn:
        stage = Stage(self._file, self._folders)
        leftovers = reuse.Leftovers() if plain else None
        run = self._run if self._entry_point is None else self._call
        bell = socket.socket(fileno=BELL)
        while True:
            tone, given, _ = messages.take(bell, 1)
            if not tone:
                os._exit(0)
            status = run(stage, code, _streams(tone, given))
            if status or given or leftovers is None or not is_clean(stage, leftovers):
                os._exit(status)
            os.write(BELL, b"!")

    def _run(self, stage: Stage, code: types.CodeType, streams: Sequence[int]) -> int:
        """Run the program as ``__main__``; returns its exit status."""
        arguments = json.loads(left() or "[]")
        held = [stage.set("__main__", streams, arguments)]
        status = _guarded(lambda: exec(code, held[0].__dict__))  # noqa: S102 - its own process
        if threading.active_count() > 1 or _POOLS in sys.modules:
            status = _guarded(_join_threads) or status
        atexit._run_exitfuncs()  # noqa: SLF001 - as at an interpreter's end
        status = _flushed(status, sys.stdout, sys.__stdout__, sys.stderr)
        _end(held)
        return _flushed(status, sys.__stdout__)

    def _call(self, stage: Stage, code: types.CodeType, streams: Sequence[int]) -> int:
        """Load the program, call its entry point once and leave the return value."""
        module = stage.set("solution", streams)
        status = _FAILED
        try:
            positional, by_keyword = _arguments()
            self._nodes.offer(module.__dict__)
            exec(code, module.__dict__)  # noqa: S102 - its own process
            self._nodes.build(module.__dict__, positional, by_keyword)
            value = _entry(module, str(self._entry_point))(*positional, **by_keyword)
            result = VALUE + values.encode(self._nodes.plain(value))
            status = 0
        except values.NotPlain as error:
            result = NOT_PLAIN + str(error).encode(errors="replace")
        except SystemExit as error:
            result = NOT_PLAIN + f"nothing, it exited with {error.code!r:.100}".encode()
        except MemoryError:
            result = OUT_OF_MEMORY
        except BaseException as error:  # noqa: BLE001 - the candidate's, whatever it is
            result = RAISED + _describe(error).encode(errors="replace")
            _show(error)
        leave(result)
        value = None
        stop_tracing()
        status = _flushed(status, sys.stdout, sys.__stdout__, sys.stderr)
        module.__dict__.clear()
        return status


def _streams(tone: bytes, given: list[int]) -> list[int]:
    """The standard input and output that came with the bell; puts other descriptors in place."""
    if tone == STREAMS:
        return given
    higher = [fcntl.fcntl(one, fcntl.F_DUPFD, GIVEN + len(given)) for one in given]
    for one in given:
        os.close(one)
    for place, one in enumerate(higher, GIVEN):
        os.dup2(one, place, inheritable=False)
        os.close(one)
    return []


def is_clean(stage: Stage, leftovers: reuse.Leftovers) -> bool:
    """Make the process ready for another run, if that can be."""
    try:
        stage.reset()
        return not leftovers.found()
    except OSError:  # descriptors of ours were closed
        return False


def _imports(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def _join_threads() -> None:
    """Wait for what an interpreter waits for at its end: threads that are no daemons, and pools."""
    if _POOLS in sys.modules:
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - closes pools as well
    main = threading.main_thread()
    while others := [one for one in threading.enumerate() if one is not main and not one.daemon]:
        for thread in others:
            thread.join()


def _end(held: list[types.ModuleType]) -> None:
    """End the objects of the only module in ``held``, whose finalizers still see every name."""
    stop_tracing()
    module = held.pop()
    if not _has_finalizers(module):
        module.__dict__.clear()
        return
    for name in [name for name, other in sys.modules.items() if other is module]:
        del sys.modules[name]
    del module
    gc.collect()


def _has_finalizers(module: types.ModuleType) -> bool:
    return any(
        ("__del__" in value.__dict__)
        if isinstance(value, type)
        else isinstance(value, types.GeneratorType)
        for value in module.__dict__.values()
    )


def stop_tracing() -> None:
    """Let no function of the program see what comes after it."""
    sys.settrace(None)
    sys.setprofile(None)


def _guarded(body: Callable[[], object]) -> int:
    """Run a part of the program; returns the exit status that its end means."""
    try:
        body()
    except SystemExit as error:
        return _exit_status(error.code)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BaseException as error:  # noqa: BLE001 - the candidate's, whatever it is
        if isinstance(error, MemoryError):
            leave(OUT_OF_MEMORY)
        _show(error)
        return _FAILED
    return 0


def _exit_status(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)  # noqa: T201 - what the interpreter does
    return _FAILED


def _show(error: BaseException) -> None:
    """Print a traceback as the interpreter does, without the frames of ours."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals is globals():
        trace = trace.tb_next
    error = error.with_traceback(trace)
    try:
        sys.excepthook(type(error), error, trace)
    except BaseException:  # noqa: BLE001 - the candidate's, whatever it is
        sys.__excepthook__(type(error), error, trace)


def _flushed(status: int, *streams: TextIO | None) -> int:
    """Flush as the interpreter does at its end: a failed flush must not look like success."""
    for stream in streams:
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except BaseException:  # noqa: BLE001 - the candidate's, whatever it is
            return _FLUSH_FAILED
    return status


def _arguments() -> tuple[list[Any], dict[str, Any]]:
    """The arguments, which the keeper has put where the result will be."""
    positional, by_keyword = values.decode(left())
    return positional, by_keyword


def _entry(module: types.ModuleType, entry_point: str) -> Callable[..., Any]:
    """The function, or the method of a fresh instance. A bare name may be a method of Solution."""
    owner, _, name = entry_point.rpartition(".")
    if not owner and not hasattr(module, name) and hasattr(module, "Solution"):
        owner = "Solution"
    holder: Any = module
    for part in filter(None, owner.split(".")):
        holder = getattr(holder, part)
    if isinstance(holder, type):
        holder = holder()
    found: Callable[..., Any] = getattr(holder, name)
    return found


def _describe(error: BaseException) -> str:
    try:
        text = str(error)
    except BaseException as worse:  # noqa: BLE001 - the candidate's, whatever it is
        text = f"<its text raised {type(worse).__name__}>"
    name = type(error).__name__
    return (f"{name}: {text}" if text else name)[:_MESSAGE_CHARACTERS]


def left() -> bytes:
    """What the keeper has put where the result will be; it is empty then."""
    parts = []
    while part := os.read(RESULT, _CHUNK_BYTES):
        parts.append(part)
    os.ftruncate(RESULT, 0)
    return b"".join(parts)


def leave(result: bytes) -> None:
    """Write the result, from its start on. A candidate that closed the file leaves none."""
    try:
        os.lseek(RESULT, 0, os.SEEK_SET)
        os.ftruncate(RESULT, 0)
        rest = memoryview(result)
        while rest:
            rest = rest[os.write(RESULT, rest) :]
    except OSError:
        return
