"""The program that becomes nsjail: ties its life to the slot, makes closed folders reachable.

Run as `python -I -S launcher.py PLAN`, where PLAN is one JSON object:

    {"slot": pid, "carry": [[source, place], ...], "stage": folder, "command": [nsjail, ...]}

As root, the jail's user may read only what every user may reach, and the interpreter can lie under
a folder that is closed (/root). Each ``carry`` binds such a source to a place on a small tmpfs over
``stage``, in a mount namespace of its own: nobody else sees it, and it dies with nsjail.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_MS_BIND, _MS_REC, _MS_PRIVATE = 4096, 16384, 1 << 18
_libc = ctypes.CDLL(None, use_errno=True)


def main(plan_json: str) -> None:
    """Become nsjail. Only returns by an exception, whose text the slot shows."""
    plan = json.loads(plan_json)
    # SIGTERM, not SIGKILL: nsjail then ends the jail and removes its control groups.
    if _libc.prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGTERM), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != plan["slot"]:
        sys.exit("the slot has ended meanwhile")
    if plan["carry"]:
        _carry(plan["carry"], plan["stage"])
    os.execv(plan["command"][0], plan["command"])  # noqa: S606 - there is no shell on purpose


def _carry(pairs: list[list[str]], stage: str) -> None:
    os.unshare(os.CLONE_NEWNS)
    _mount("none", "/", None, _MS_REC | _MS_PRIVATE)
    held = [os.open(source, os.O_PATH) for source, _ in pairs]  # the tmpfs may cover a source
    _mount("adjudge", stage, "tmpfs", 0, "size=1m,mode=755")
    for descriptor, (source, place) in zip(held, pairs, strict=True):
        if os.path.isdir(source):  # noqa: PTH112 - pathlib takes too long to import
            os.makedirs(place, mode=0o755)  # noqa: PTH103
        else:
            os.makedirs(os.path.dirname(place), mode=0o755, exist_ok=True)  # noqa: PTH103, PTH120
            os.close(os.open(place, os.O_CREAT | os.O_WRONLY, 0o444))
        _mount(f"/proc/self/fd/{descriptor}", place, None, _MS_BIND | _MS_REC)
        os.close(descriptor)


def _mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    result = _libc.mount(
        source.encode(),
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        options.encode() or None,
    )
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"mount {source} on {target}: {os.strerror(code)}")


if __name__ == "__main__":
    os.umask(0o022)
    main(sys.argv[1])
