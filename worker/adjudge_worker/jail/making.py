"""Making a program ready in its keeper: compiled, or taken from what was compiled before."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING

from adjudge_worker.guest.orders import Compiled
from adjudge_worker.jail import compile_cache
from adjudge_worker.jail.compile_cache import MOST_PROGRAM_BYTES, CompileCache, Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from adjudge_worker.guest.orders import Compile
    from adjudge_worker.jail.keeper import Keeper

_WOULD_FAIL_AGAIN = "syntax"
"""The only reason that does not depend on how busy the machine is."""


def make(
    start_keeper: Callable[[], Keeper],
    order: Compile,
    source: bytes,
    files: Mapping[str, bytes],
    cache: CompileCache | None,
) -> tuple[Keeper | None, Compiled]:
    """Start a keeper and make the program ready in it.

    Args:
        start_keeper: may raise SandboxUnavailable.
        order: what to make.
        source: the program.
        files: what lies beside it, by name.
        cache: where binaries are kept; None: everything is compiled.

    Returns:
        The keeper, and how it went; no keeper when it is known that the program does not compile.

    Raises:
        KeeperLost: the keeper, which has been ended then, did not answer properly.
    """
    if cache is None or not order.recipe.binary:
        return _compile(start_keeper(), order, source, files)[:2]
    name = compile_cache.key(order.recipe, source, files)
    known = cache.find(name)
    if isinstance(known, Failure):
        return None, Compiled(_WOULD_FAIL_AGAIN, known.message)
    if known is not None:
        try:
            taken = dataclasses.replace(order, is_made=True)
            return _compile(start_keeper(), taken, source, files, known)[:2]
        finally:
            os.close(known)
    kept = dataclasses.replace(order, told_bytes=MOST_PROGRAM_BYTES)
    keeper, compiled, program = _compile(start_keeper(), kept, source, files)
    if compiled.reason == _WOULD_FAIL_AGAIN:
        cache.put_failure(name, Failure(compiled.message))
    elif program and not compiled.reason:
        cache.put_program(name, program)
    return keeper, compiled


def _compile(
    keeper: Keeper,
    order: Compile,
    source: bytes,
    files: Mapping[str, bytes],
    *descriptors: int,
) -> tuple[Keeper, Compiled, bytes]:
    try:
        return keeper, *keeper.compile(order, source, [*files.values()], descriptors)
    except BaseException:
        keeper.end()
        raise
