"""Proves at start, from inside, that the walls hold; see ``guest/walls.py`` for the attempts."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import secrets
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import adjudge_worker
from adjudge_verifiers.sandbox import (
    CaseRun,
    CompileFailure,
    Limits,
    Program,
    RunStatus,
    SandboxUnavailable,
    StdinCase,
)
from adjudge_worker.guest import confinement
from adjudge_worker.jail.errors import WallBroken
from adjudge_worker.jail.evaluator import EvaluatorProcess
from adjudge_worker.jail.launch import CANARY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from adjudge_verifiers.sandbox import Sandbox
    from adjudge_worker.jail.launch import Running
    from adjudge_worker.jail.settings import JailSettings

MIB = 1024 * 1024
_SECONDS = 15.0
_SCRATCH_BYTES = 64 * MIB
_LIMITS = Limits(
    cpu_seconds=5.0,
    wall_seconds=10.0,
    memory_bytes=128 * MIB,
    output_bytes=MIB,
    processes=16,
)
_NEVER_WRITTEN = ("/", "/usr", "/etc", "/dev", "/proc", "/proc/self")
_HIDDEN = (
    "/etc/passwd",
    "/etc/shadow",
    "/root/.ssh",
    "/run/docker.sock",
    "/var/log",
    "/var/run",
    "/sys/fs",
)


@dataclasses.dataclass(frozen=True, slots=True)
class Wall:
    """One wall as seen by one kind of process; ``breaches`` is empty when it holds."""

    name: str
    who: str
    breaches: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class ProbeReport:
    """What the probe found."""

    walls: tuple[Wall, ...]
    memory_by: str
    """What limits memory and processes of the jail as a whole."""
    outer_uid: int
    """The user outside as whom everything in the jail runs."""
    seconds: float

    @property
    def broken(self) -> tuple[Wall, ...]:
        """The walls that do not hold."""
        return tuple(wall for wall in self.walls if wall.breaches)

    def text(self) -> str:
        """One line for each wall."""
        lines = [
            f"{wall.who:<10} {wall.name:<18} {'; '.join(wall.breaches) or 'holds'}"
            for wall in self.walls
        ]
        return "\n".join([*lines, f"limits of the whole jail: {self.memory_by}"])


def prove_walls(running: Running, sandbox: Sandbox, settings: JailSettings) -> ProbeReport:
    """Attack the walls as an evaluator and as a candidate.

    Raises:
        WallBroken: names each wall that does not hold, and what to do.
    """
    started = time.monotonic()
    with _baits(running, settings) as brief:
        uid, found = _as_evaluator(running, brief)
        walls = [Wall(name, "evaluator", tuple(breaches)) for name, breaches in found.items()]
        walls += _as_candidate(sandbox, brief)
        walls += _as_script(sandbox, brief)
    if uid == 0:
        walls.append(Wall("privileges", "outside", ("everything in the jail runs as root",)))
    report = ProbeReport(tuple(walls), _described(running), uid, seconds=time.monotonic() - started)
    if report.broken:
        raise WallBroken(
            "the jail has holes; no work is taken.\n"
            + "\n".join(
                f"  {wall.name} ({wall.who}): {'; '.join(wall.breaches)}" for wall in report.broken
            )
            + "\nRun `adjudge doctor`; see docs/security.md for what each wall needs of the kernel "
            "and the container. There is no mode without walls."
        )
    return report


@contextlib.contextmanager
def _baits(running: Running, settings: JailSettings) -> Iterator[dict[str, Any]]:
    """Things outside that must be out of reach, and the brief that names them."""
    name = f"adjudge-probe-{secrets.token_hex(8)}"
    with (
        socket.create_server(("127.0.0.1", 0)) as loopback,
        socket.socket(socket.AF_UNIX) as abstract,
        tempfile.NamedTemporaryFile(prefix="adjudge-probe-") as bait,
    ):
        abstract.bind("\0" + name)
        abstract.listen()
        package = Path(adjudge_worker.__file__).parent
        yield {
            "port": loopback.getsockname()[1],
            "socket": name,
            "pids": [os.getpid(), running.process.pid],
            "folders": [*_NEVER_WRITTEN, sys.prefix, str(package), str(package / "guest")]
            + [str(path) for path in settings.extra_paths],
            "hidden": [bait.name, *(path for path in _HIDDEN if os.path.exists(path))],  # noqa: PTH110 - False, no error, where we may not look
            "secrets": [CANARY],
            "memory_bytes": settings.memory_bytes,
            "file_bytes": confinement.FILE_BYTES,
        }


def _as_evaluator(running: Running, brief: Mapping[str, Any]) -> tuple[int, dict[str, list[str]]]:
    """What an evaluator gets through, and the user outside that it runs as."""
    process = EvaluatorProcess(running.nursery, "walls", **brief)
    try:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        uid = next(int(line.split()[1]) for line in status.splitlines() if line[:4] == "Uid:")
        told = process.read_to_end(_SECONDS)
        if not told:
            raise WallBroken(f"the probe died in the evaluator: {process.last_words() or 'silent'}")
        return uid, json.loads(told)
    except (OSError, ValueError) as error:
        raise WallBroken(f"the probe could not be run in an evaluator: {error}") from error
    finally:
        process.kill()


def _as_candidate(sandbox: Sandbox, brief: Mapping[str, Any]) -> list[Wall]:
    """What a candidate program gets through."""
    source = (Path(adjudge_worker.__file__).parent / "guest" / "walls.py").read_text("utf-8")
    attacks = ("walls", "memory", "processes", "file", "output")
    scale = {
        "memory_bytes": _LIMITS.memory_bytes,
        "processes": _LIMITS.processes,
        "file_bytes": _SCRATCH_BYTES,
        "output_bytes": _LIMITS.output_bytes,
    }
    cases = [StdinCase(json.dumps({**brief, **scale, "attack": name}).encode()) for name in attacks]
    try:
        runs = sandbox.run(Program("python", source), cases, _LIMITS)
        if isinstance(runs, CompileFailure):
            raise WallBroken(f"the probe does not compile in the sandbox: {runs.message}")
        found = dict(zip(attacks, runs, strict=True))
    except SandboxUnavailable as error:
        raise WallBroken(f"the probe could not be run in the sandbox: {error}") from error
    return [
        *(
            Wall(name, "candidate", tuple(breaches))
            for name, breaches in _told(found["walls"]).items()
        ),
        _size_wall("memory limit", found["memory"], _LIMITS.memory_bytes),
        _size_wall("process limit", found["processes"], _LIMITS.processes),
        _size_wall("file limit", found["file"], _SCRATCH_BYTES),
        Wall(
            "output limit",
            "candidate",
            ("more output than allowed",)
            if found["output"].status is RunStatus.EXITED
            or len(found["output"].stdout) > _LIMITS.output_bytes
            else (),
        ),
    ]


def _as_script(sandbox: Sandbox, brief: Mapping[str, Any]) -> list[Wall]:
    """What a program gets through that sees processes, as those of some languages do."""
    if sandbox.missing("bash") is not None:
        return []
    source = (Path(adjudge_worker.__file__).parent / "guest" / "walls.sh").read_text("utf-8")
    case = StdinCase(f"{brief['port']}\n".encode())
    try:
        runs = sandbox.run(Program("bash", source), [case], _LIMITS)
        if isinstance(runs, CompileFailure):
            raise WallBroken(f"the probe's script does not run in the sandbox: {runs.message}")
        (run,) = runs
    except SandboxUnavailable as error:
        raise WallBroken(f"the probe's script could not be run in the sandbox: {error}") from error
    if run.status is not RunStatus.EXITED or run.exit_code != 0:
        raise WallBroken(f"the probe's script did not end well: {run.status.value}")
    return [Wall("own processes", "script", tuple(run.stdout.decode().splitlines()))]


def _told(run: CaseRun) -> Any:
    """What an attack wrote. Raises WallBroken when it did not come to its end."""
    if run.status is not RunStatus.EXITED or run.exit_code != 0:
        words = run.stderr_tail.decode("utf-8", "replace")
        raise WallBroken(f"the probe did not end well in the sandbox ({run.status.value}): {words}")
    return json.loads(run.stdout)


def _size_wall(name: str, run: CaseRun, allowed: int) -> Wall:
    """The wall that a number must not pass; an attack that a limit has stopped did not."""
    if run.status in {RunStatus.MEMORY_LIMIT, RunStatus.TIME_LIMIT, RunStatus.OUTPUT_LIMIT}:
        return Wall(name, "candidate")
    got = _told(run)
    breaches = (f"{got} where {allowed} are allowed",) if got > allowed else ()
    return Wall(name, "candidate", breaches)


def _described(running: Running) -> str:
    if running.groups is None:
        return "process (no control group can be made here)"
    return f"control group (version {running.groups.version})"
