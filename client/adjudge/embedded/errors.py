"""Errors of the embedded service.

AdjudgeError
└── EmbeddedError
    ├── RedisServerMissing
    ├── ServiceNotReady
    └── ServiceDied
"""

from __future__ import annotations

from adjudge.errors import AdjudgeError


class EmbeddedError(AdjudgeError):
    """Raised when the embedded service cannot run; the root of its errors."""


class RedisServerMissing(EmbeddedError):
    """Raised when no redis-server binary was found or none starts; says how to get one."""


class ServiceNotReady(EmbeddedError):
    """Raised when a part of the embedded service does not come up; holds the end of its log."""


class ServiceDied(EmbeddedError):
    """Raised when a part of the embedded service has ended by itself; holds the end of its log."""
