"""`adjudge serve`: everything in one place, until it is told to stop."""

from __future__ import annotations

import argparse
import signal
import threading

from adjudge.embedded.service import EmbeddedService


def main(argv: list[str]) -> int:
    """Serve until SIGINT or SIGTERM, then drain and take everything down."""
    parser = argparse.ArgumentParser(
        prog="adjudge serve",
        description="Run gateway and workers here, with a private Redis unless one is named.",
    )
    parser.add_argument(
        "--listen", default="127.0.0.1:50051", help="HOST:PORT (default %(default)s)"
    )
    parser.add_argument("--redis", metavar="URL", help="use this Redis instead of a private one")
    parser.add_argument("--slots", type=int, help="worker slots (default: one per core)")
    options = parser.parse_args(argv)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    service = EmbeddedService(listen=options.listen, redis_url=options.redis, slots=options.slots)
    with service:
        print(f"adjudge serves at {service.address}; stop with Ctrl-C", flush=True)  # noqa: T201 - the command's output
        while not stop.wait(0.5):
            service.check()
    return 0
