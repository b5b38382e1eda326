"""The keeper: first process of one candidate program's namespaces.

It puts up the walls, compiles, runs each case in a fresh process, watches it from outside and
reports bytes. The candidate can neither signal nor trace it, and when it ends, the kernel ends
everything else in the namespace. It never parses what a candidate made.
"""

from __future__ import annotations

import functools
import gc
import os
import signal
import traceback
from typing import TYPE_CHECKING, NoReturn

from adjudge_worker.guest import favourites, limits, linux, messages, namespaces, seccomp, starter
from adjudge_worker.guest.cell import Become, Cell
from adjudge_worker.guest.scratch import SCRATCH
from adjudge_worker.guest.service import serve
from adjudge_worker.guest.supervision import SlotGone

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": SCRATCH,
    "TMPDIR": SCRATCH,
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def spawn(channel: socket.socket, library: str = "") -> int:
    """Start a keeper that serves ``channel``; called by the zygote.

    Args:
        channel: a socket whose other end the slot has.
        library: the compiled starter (see ``starter.c``); "" where there is none.

    Returns:
        A pidfd of the keeper, in the zygote. In the keeper it never returns.

    Raises:
        OSError: the kernel refused the new namespaces.
    """
    loaded = _prepare(library)
    pid, pidfd, identity = namespaces.split()
    if pid == 0:
        _end(lambda: _live(channel, identity, loaded))
    return pidfd


@functools.cache
def _prepare(library: str) -> starter.Starter | None:
    """In the zygote, once: what every keeper or candidate would have to do otherwise."""
    os.environ.clear()
    os.environ.update(_ENVIRONMENT)
    linux.default_thread_stack(limits.THREAD_STACK_BYTES)
    seccomp.prepare()
    favourites.load()
    loaded = starter.load(library) if library else None
    gc.collect()
    gc.freeze()  # a collection in a keeper would write to, and so copy, every page it shares
    return loaded


def _end(life: Callable[[], NoReturn]) -> NoReturn:
    """Live, then never come back to the zygote's code, whatever happens."""
    try:
        try:
            life()
        except Become as candidate:
            become = candidate.what
        become()
    except (SlotGone, EOFError, ConnectionError):
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a bug of ours: into the slot's log, and the end
        traceback.print_exc()
    finally:
        os._exit(1)


def _live(
    channel: socket.socket, identity: namespaces.Identity, loaded: starter.Starter | None
) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # pid 1 ignores what it has no handler for
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        processes, scratch = namespaces.furnish(identity)
    except OSError as error:
        messages.send(channel, {"error": str(error)})
        os._exit(1)
    _keep_only(channel.fileno(), processes, *scratch.descriptors)
    cell = Cell(channel, processes, scratch, loaded)
    messages.send(channel, {"error": ""})
    serve(channel, cell)


def _keep_only(*descriptors: int) -> None:
    """Close what was inherited from the zygote, but for the standard streams."""
    first = 3
    for descriptor in sorted(descriptors):
        os.closerange(first, descriptor)
        first = descriptor + 1
    os.closerange(first, 1 << 30)
