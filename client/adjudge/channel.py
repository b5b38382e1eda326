"""The gRPC channel: one for each process, safe to use from its threads and event loops.

After a fork the child opens its own. ``grpc.use_local_subchannel_pool`` keeps gRPC from handing it
the parent's connections; without it one child in a few fails with "Wrong file descriptor
generation". ``GRPC_ENABLE_FORK_SUPPORT`` need not be set and had better not be: with it a fork
beside a running call can wait for ever. What gRPC cannot promise is a fork while *another thread*
is inside a call; where that may happen, use the spawn or forkserver start method.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Generic, TypeVar

import grpc

if TYPE_CHECKING:
    from collections.abc import Callable

    from adjudge.options import Options

_SERVICE_CONFIG = json.dumps(
    {
        "loadBalancingConfig": [{"round_robin": {}}],
        # A gateway that drains says NOT_SERVING first: no call is sent to it in vain.
        "healthCheckConfig": {"serviceName": ""},
    }
)
T = TypeVar("T")


def require_address(address: str) -> None:
    """Raise ValueError for what is no address, above all a URL."""
    scheme, separator, _ = address.partition("://")
    foreign = separator and scheme not in {"dns", "unix"}
    if not address or foreign or not address.isprintable():
        raise ValueError(
            f'address: expected "host:port", "dns:///host:port" or "unix:/path", got {address!r} '
            "(for TLS use Options(tls=Tls()))"
        )


def open_channel(address: str, options: Options) -> grpc.Channel:
    """Open a channel; it connects at the first call."""
    arguments: list[tuple[str, int | str]] = [
        ("grpc.use_local_subchannel_pool", 1),
        ("grpc.max_send_message_length", -1),
        ("grpc.max_receive_message_length", -1),
        ("grpc.max_metadata_size", 64 * 1024),
        ("grpc.keepalive_time_ms", round(options.keepalive_seconds * 1000)),
        ("grpc.keepalive_timeout_ms", 20_000),
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.max_reconnect_backoff_ms", 2_000),
        ("grpc.enable_retries", 0),  # ours know the deadline, RetryInfo and digests
        ("grpc.service_config", _SERVICE_CONFIG),
    ]
    if options.tls is None:
        return grpc.insecure_channel(address, arguments)
    tls = options.tls
    if tls.server_name is not None:
        arguments.append(("grpc.ssl_target_name_override", tls.server_name))
    credentials = grpc.ssl_channel_credentials(
        tls.root_certificates, tls.private_key, tls.certificate_chain
    )
    return grpc.secure_channel(address, credentials, arguments)


def metadata(options: Options) -> tuple[tuple[str, str], ...]:
    """What every call says of its caller."""
    pairs = (("adjudge-tenant", options.tenant),)
    if options.token is None:
        return pairs
    return (*pairs, ("authorization", f"Bearer {options.token}"))


class PerProcess(Generic[T]):
    """One ``T`` for each process, made at its first use there.

    A forked child makes its own and never touches (nor frees) the parent's. No lock is held, so
    none can be inherited locked: of two threads that make the first one at once, one wins.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: dict[int, T] = {}

    def get(self) -> T:
        """This process's own."""
        pid = os.getpid()
        try:
            return self._made[pid]
        except KeyError:
            return self._made.setdefault(pid, self._make())

    def pop(self) -> T | None:
        """Take this process's own out, if it was ever made."""
        return self._made.pop(os.getpid(), None)
