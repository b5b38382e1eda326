"""How a client talks to the service: every knob with its default."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Tls:
    """Transport security. PEM bytes; all absent: TLS with the system's root certificates.

    ``private_key`` and ``certificate_chain`` together are the client's own identity (mTLS).
    ``server_name`` is the name expected in the server's certificate when it is not the address's.
    """

    root_certificates: bytes | None = None
    private_key: bytes | None = field(default=None, repr=False)
    certificate_chain: bytes | None = None
    server_name: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError when half of an identity is given."""
        if (self.private_key is None) is not (self.certificate_chain is None):
            raise ValueError("private_key and certificate_chain: expected both or neither")


@dataclass(frozen=True, slots=True)
class Options:
    """Options of ``Client`` and ``AsyncClient``. Immutable and picklable."""

    tenant: str = "default"
    """Who is asking, for fair shares (metadata ``adjudge-tenant``)."""
    token: str | None = field(default=None, repr=False)
    """Bearer token (metadata ``authorization``)."""
    tls: Tls | None = None
    """Absent: plaintext."""
    deadline_seconds: float = 600.0
    """Deadline of a call that names none, retries included."""
    patience_seconds: float = 60.0
    """How long a call keeps trying while the service cannot be reached."""
    linger_seconds: float = 0.002
    """How long ``verify_one`` waits for company."""
    max_request_candidates: int = 4096
    """Larger batches are split, sent concurrently and joined in order."""
    max_request_bytes: int = 16 * MIB
    """Same, by size. A single candidate above it travels alone."""
    concurrent_requests: int = 8
    """Parts of one split batch under way at once."""
    digest_bytes: int = 4096
    """Longer tasks travel by digest once the service knows them."""
    keepalive_seconds: float = 60.0
    """Silence on a connection in use after which the client asks whether anyone is there."""

    def __post_init__(self) -> None:
        """Raise ValueError that names the option at fault."""
        for name in ("tenant", "token"):
            value = getattr(self, name)
            if value is not None and not (value and value.isascii() and value.isprintable()):
                raise ValueError(f"{name}: expected printable ASCII characters")
        for name in ("deadline_seconds", "patience_seconds", "keepalive_seconds"):
            require_positive(name, getattr(self, name))
        if not 0 <= self.linger_seconds <= 1:
            raise ValueError(f"linger_seconds: expected 0 to 1, got {self.linger_seconds!r}")
        for name in ("max_request_candidates", "max_request_bytes", "concurrent_requests"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name}: expected at least 1, got {getattr(self, name)!r}")
        if self.digest_bytes < 0:
            raise ValueError(f"digest_bytes: expected at least 0, got {self.digest_bytes!r}")


def require_positive(name: str, seconds: float) -> None:
    """Raise ValueError unless ``seconds`` is a finite number above 0."""
    if not (seconds > 0 and math.isfinite(seconds)):
        raise ValueError(f"{name}: expected a finite number of seconds above 0, got {seconds!r}")
