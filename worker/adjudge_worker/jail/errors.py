"""What can go wrong with the walls; each error says what to do about it."""

from __future__ import annotations

from adjudge_worker.errors import WorkerError


class JailError(WorkerError):
    """Raised when the jail cannot be built, proved or kept; the worker must not take work then."""


class NsjailMissing(JailError):
    """Raised when no usable nsjail binary is found."""


class NamespacesRefused(JailError):
    """Raised when the kernel or the container refuses the namespaces and mounts a jail needs."""


class WallBroken(JailError):
    """Raised when the probe got through a wall, or could not be run at all."""


class JailLost(JailError):
    """Raised when the jail ended under our hands; it is started anew where possible."""
