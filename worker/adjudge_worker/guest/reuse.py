"""When may one process run a candidate's program several times?

A fresh process for each test is the truth, but costs milliseconds. A program that imports nothing
but plain computing modules, ended well and left nothing behind cannot tell the difference: its
module is executed anew, and what is left of the interpreter's state is reset. Everything else gets
a fresh process for each run.
"""

from __future__ import annotations

import _thread
import gc
import os
import resource
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

PLAIN_MODULES: Final = frozenset(
    [
        "__future__",
        "abc",
        "array",
        "bisect",
        "calendar",
        "cmath",
        "collections",
        "copy",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "io",
        "itertools",
        "json",
        "keyword",
        "math",
        "numbers",
        "numpy",
        "operator",
        "os",
        "pprint",
        "queue",
        "random",
        "re",
        "secrets",
        "sortedcontainers",
        "statistics",
        "string",
        "struct",
        "sys",
        "textwrap",
        "threading",
        "time",
        "traceback",
        "types",
        "typing",
        "unicodedata",
    ]
)
"""Modules that keep no state which a program would miss in a fresh process."""

_LEFT_MEMORY_KIB = 96 * 1024


def is_plain(imports: Iterable[str]) -> bool:
    """Whether a program with these imports may be run again in the same process."""
    return PLAIN_MODULES.issuperset(imports)


class Leftovers:
    """Tells whether a run left something behind in its process."""

    def __init__(self) -> None:
        """Remember what is there before the first run."""
        gc.freeze()
        self._modules = set(sys.modules)
        self._descriptor = self._free_descriptor()
        self._peak_kib = self._peak()

    def found(self) -> bool:
        """True when the process is no longer as it was."""
        gc.collect()
        return (
            _thread._count() > 0  # noqa: SLF001 - counts daemons and unfinished threads alike
            or self._free_descriptor() != self._descriptor
            or self._peak() - self._peak_kib > _LEFT_MEMORY_KIB
            or _has_children()
            or not is_plain(self._new_modules())
        )

    def _new_modules(self) -> set[str]:
        new = {name.partition(".")[0].lstrip("_") for name in set(sys.modules) - self._modules}
        return new - _PARTS

    @staticmethod
    def _free_descriptor() -> int:
        descriptor = os.dup(0)
        os.close(descriptor)
        return descriptor

    @staticmethod
    def _peak() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


_PARTS: Final = frozenset(
    [
        "main",
        "solution",
        "strptime",
        "locale",
        "datetime",
        "json",
        "random",
        "bisect",
        "heapq",
        "hashlib",
        "hmac",
        "base64",
        "binascii",
        "blake2",
        "sha1",
        "sha2",
        "sha3",
        "md5",
        "statistics",
        "struct",
        "ast",
        "dis",
        "opcode",
        "inspect",
        "linecache",
        "tokenize",
        "token",
        "weakrefset",
        "contextvars",
        "decimal",
        "pydecimal",
    ]
)
"""What plain modules import themselves, without leading underscore."""


def _has_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True
