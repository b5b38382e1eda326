"""What runs inside a Python candidate's process around its program.

All of this can be read and changed by the candidate, and there is nothing in it worth reading: one
input, no expected output, no way to anybody. A forged result is no cheat: it would still have to
equal the hidden one.
"""

from __future__ import annotations

import _sitebuiltins
import ast
import atexit
import builtins
import io
import json
import marshal
import os
import signal
import sys
import threading
import types
import warnings
from typing import TYPE_CHECKING, Any, NoReturn

from adjudge_worker.guest import libraries, values
from adjudge_worker.guest.namespaces import SCRATCH
from adjudge_worker.guest.stdio import ERRORS, INPUT, OUTPUT, RESULT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VALUE, RAISED, NOT_PLAIN, OUT_OF_MEMORY = b"V", b"E", b"N", b"M"
"""First byte of a result; then the value, the exception's text, or what is wrong with the value."""

_FLUSH_FAILED = 120
_INTERRUPTED = 128 + signal.SIGINT
_MESSAGE_CHARACTERS = 1000


def compile_source(source: bytes, file: str) -> NoReturn:
    """Compile a program, leave one line of JSON and its code in the result, and exit.

    The line has "reason" and "message" when it does not compile, and "imports": top-level modules.
    """
    warnings.simplefilter("ignore")  # about the candidate's escapes; they are shown when it runs
    code, report = b"", {"reason": "", "message": "", "imports": list[str]()}
    try:
        tree = ast.parse(source, file)
        report["imports"] = sorted(_imports(tree))
        code = marshal.dumps(compile(tree, file, "exec", dont_inherit=True))
    except MemoryError:
        report |= {"reason": "memory_limit", "message": "compiling ran out of memory"}
    except (SyntaxError, ValueError, OverflowError, RecursionError) as error:
        report |= {"reason": "syntax", "message": f"{type(error).__name__}: {error}"}
    _leave(json.dumps(report).encode() + b"\n" + code)
    os._exit(0)


def run_program(code: bytes, file: str, folders: Mapping[str, str]) -> NoReturn:
    """Run a compiled program as ``__main__`` on the real descriptors 0 to 2, and exit as it does."""
    module = _stage("__main__", file, folders)
    status = _guarded(lambda: exec(marshal.loads(code), module.__dict__))  # noqa: S102, S302 - its own process
    status = _guarded(threading._shutdown) or status  # type: ignore[attr-defined]  # noqa: SLF001 - as at an interpreter's end
    atexit._run_exitfuncs()  # noqa: SLF001 - as at an interpreter's end
    module.__dict__.clear()
    os._exit(_flushed(status))


def call_program(
    code: bytes, file: str, folders: Mapping[str, str], entry_point: str, arguments: bytes
) -> NoReturn:
    """Load a compiled program, call its entry point once, leave the return value and exit."""
    module = _stage("solution", file, folders)
    try:
        positional, by_keyword = values.decode(arguments)
        exec(marshal.loads(code), module.__dict__)  # noqa: S102, S302 - its own process
        value = _entry(module, entry_point)(*positional, **by_keyword)
        result = VALUE + values.encode(value)
    except values.NotPlain as error:
        result = NOT_PLAIN + str(error).encode()
    except SystemExit as error:
        result = NOT_PLAIN + f"nothing, it exited with {error.code!r:.100}".encode()
    except MemoryError:
        result = OUT_OF_MEMORY
    except BaseException as error:  # noqa: BLE001 - the candidate's, whatever it is
        result = RAISED + _describe(error).encode(errors="replace")
        _show(error)
    _leave(result)
    os._exit(_flushed(0))


def _imports(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def _stage(name: str, file: str, folders: Mapping[str, str]) -> types.ModuleType:
    """Make this process look like an interpreter that was started with the program."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # as in any Python: BrokenPipeError
    os.chdir(SCRATCH)
    libraries.show(folders)
    sys.path.insert(0, SCRATCH)
    sys.argv[:] = [file]
    sys.stdin = sys.__stdin__ = _text(INPUT, "r", "<stdin>")  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _text(OUTPUT, "w", "<stdout>")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _text(ERRORS, "w", "<stderr>")  # type: ignore[misc]
    builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D (i.e. EOF)")  # type: ignore[assignment]
    builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D (i.e. EOF)")  # type: ignore[assignment]
    module = types.ModuleType(name)
    module.__dict__.update(__file__=file, __builtins__=builtins)
    sys.modules[name] = module
    return module


def _text(descriptor: int, mode: str, name: str) -> io.TextIOWrapper:
    raw = io.FileIO(descriptor, mode, closefd=False)
    raw.name = name  # type: ignore[misc]
    buffer = io.BufferedReader(raw) if mode == "r" else io.BufferedWriter(raw)
    errors = "backslashreplace" if descriptor == ERRORS else "surrogateescape"
    return io.TextIOWrapper(
        buffer,
        encoding="utf-8",
        errors=errors,
        newline=None if mode == "r" else "\n",
        line_buffering=descriptor == ERRORS,
    )


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
            _leave(OUT_OF_MEMORY)
        _show(error)
        return 1
    return 0


def _exit_status(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)  # noqa: T201 - what the interpreter does
    return 1


def _show(error: BaseException) -> None:
    """Print a traceback as the interpreter does, without the frame of ours."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals.get("__name__") == __name__:
        trace = trace.tb_next
    try:
        sys.excepthook(type(error), error, trace)
    except BaseException:  # noqa: BLE001 - a hook of the candidate's; the interpreter goes on too
        sys.__excepthook__(type(error), error, trace)


def _flushed(status: int) -> int:
    """Flush as the interpreter does at its end: a failed flush must not look like success."""
    for stream in (sys.stdout, sys.__stdout__, sys.stderr):
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except BaseException:  # noqa: BLE001 - any failure means lost output
            return _FLUSH_FAILED
    return status


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
    except BaseException as worse:  # noqa: BLE001 - the candidate's own __str__
        text = f"<its text raised {type(worse).__name__}>"
    name = type(error).__name__
    return (f"{name}: {text}" if text else name)[:_MESSAGE_CHARACTERS]


def _leave(result: bytes) -> None:
    """Write the result, from its start on. A candidate that closed the file leaves none."""
    try:
        os.lseek(RESULT, 0, os.SEEK_SET)
        os.ftruncate(RESULT, 0)
        rest = memoryview(result)
        while rest:
            rest = rest[os.write(RESULT, rest) :]
    except OSError:
        return
