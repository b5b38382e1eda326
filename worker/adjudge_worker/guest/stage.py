"""Makes a process look like an interpreter that was just started with the candidate's program."""

from __future__ import annotations

import _sitebuiltins
import builtins
import decimal
import io
import itertools
import os
import random
import signal
import sys
import threading
import types
from typing import TYPE_CHECKING

from adjudge_worker.guest import libraries
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.guest.stdio import ERRORS, INPUT, OUTPUT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_RECURSION_LIMIT = 1000
_DIGITS_LIMIT = 4300


class Stage:
    """Set up once in a process, then before every run."""

    def __init__(self, file: str, folders: Mapping[str, str]) -> None:
        """``file`` is the path of the source, ``folders`` where libraries lie."""
        self._file = file
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # as in any Python: BrokenPipeError
        libraries.offer(folders)
        libraries.hide_ours()
        builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D (i.e. EOF)")
        builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D (i.e. EOF)")
        builtins.help = _sitebuiltins._Helper()  # noqa: SLF001 - as the module site does
        self._streams = [os.dup(descriptor) for descriptor in (INPUT, OUTPUT, ERRORS)]
        self._builtins = dict(builtins.__dict__)
        self._environment = dict(os.environ)
        self._path = [SCRATCH, *sys.path]
        _reseed()

    def set(
        self, name: str, streams: Sequence[int] = (), arguments: Sequence[str] = ()
    ) -> types.ModuleType:
        """Prepare a run; returns the module, called ``name``, that the program becomes.

        ``arguments`` follow the program's file on its command line. ``streams``, when given, become
        its standard input and output, and nothing else.
        Raises OSError when an earlier run closed what is needed.
        """
        self._connect()
        for descriptor, stream in enumerate(streams):
            os.dup2(stream, descriptor)
            os.close(stream)
        sys.stdin = sys.__stdin__ = _text(INPUT, "r", "<stdin>")  # type: ignore[misc]
        sys.stdout = sys.__stdout__ = _text(OUTPUT, "w", "<stdout>")  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = _text(ERRORS, "w", "<stderr>")  # type: ignore[misc]
        os.chdir(SCRATCH)
        sys.path[:] = self._path
        sys.argv[:] = [self._file, *arguments]
        module = types.ModuleType(name)
        module.__dict__.update(__file__=self._file, __builtins__=builtins)
        sys.modules[name] = module
        return module

    def reset(self) -> None:
        """Undo what programs usually change and the next run should not see.

        Raises OSError when a run closed what is needed.
        """
        self._connect()
        if builtins.__dict__ != self._builtins:
            builtins.__dict__.clear()
            builtins.__dict__.update(self._builtins)
        if os.environ != self._environment:
            os.environ.clear()
            os.environ.update(self._environment)
        sys.setrecursionlimit(_RECURSION_LIMIT)
        sys.set_int_max_str_digits(_DIGITS_LIMIT)
        sys.settrace(None)
        sys.setprofile(None)
        sys.excepthook, sys.displayhook = sys.__excepthook__, sys.__displayhook__
        os.umask(0o022)
        decimal.setcontext(decimal.DefaultContext.copy())
        threading.stack_size(0)
        threading._counter = itertools.count(1).__next__  # type: ignore[attr-defined]  # noqa: SLF001 - names threads
        _reseed()

    def _connect(self) -> None:
        for descriptor, stream in enumerate(self._streams):
            os.dup2(stream, descriptor)


def _reseed() -> None:
    random.seed()
    generators = sys.modules.get("numpy.random")
    if generators is not None:
        generators.seed()


def _text(descriptor: int, mode: str, name: str) -> io.TextIOWrapper:
    raw = io.FileIO(descriptor, mode, closefd=False)
    raw.name = name
    buffer = io.BufferedReader(raw) if mode == "r" else io.BufferedWriter(raw)
    text = io.TextIOWrapper(
        buffer,
        encoding="utf-8",
        errors="backslashreplace" if descriptor == ERRORS else "surrogateescape",
        newline=None if mode == "r" else "\n",
        line_buffering=descriptor == ERRORS,
    )
    text.mode = mode  # type: ignore[misc]  # the interpreter sets it, fast readers ask for it
    return text
