"""`python -m adjudge_gateway` and `adjudge gateway`: reads settings, serves until told to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
import tomllib
from typing import TYPE_CHECKING

from pydantic import ValidationError

from adjudge_gateway.identity import BadTokensFile
from adjudge_gateway.parent import die_with_parent
from adjudge_gateway.server import GatewayServer, fresh_gateway_id
from adjudge_gateway.settings import Settings
from adjudge_worker.queue import QueueError, RedisDispatcher

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE_STATUS = 2

_log = logging.getLogger("adjudge_gateway")


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT. 0 after a drain, 1 when cut short, 2 for bad settings."""
    parent = os.getppid()
    try:
        settings = Settings.read(sys.argv[1:] if argv is None else argv)
    except (ValidationError, tomllib.TOMLDecodeError, OSError) as error:
        sys.stderr.write(f"adjudge gateway: {_readable(error)}\n")
        return USAGE_STATUS
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    if settings.die_with_parent:
        die_with_parent(parent)
    try:
        return asyncio.run(serve(settings))
    except (OSError, BadTokensFile, QueueError, ValueError) as error:
        sys.stderr.write(f"adjudge gateway: {error}\n")
        return 1


async def serve(settings: Settings) -> int:
    """Run one gateway. The first signal drains, the second ends it at once."""
    gateway_id = fresh_gateway_id()
    dispatcher = RedisDispatcher(
        settings.redis_address(), gateway_id, signing_key=settings.signing_key()
    )
    server = GatewayServer(settings, dispatcher, gateway_id=gateway_id)
    stop = asyncio.Event()
    hurry = asyncio.Event()

    def on_signal() -> None:
        (hurry if stop.is_set() else stop).set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, on_signal)
    await server.start()
    gc.freeze()  # what is here now stays; a batch's many small objects are freed by counting
    gc.set_threshold(50_000, 20, 20)
    working = asyncio.create_task(server.run(stop))
    hurrying = asyncio.create_task(hurry.wait())
    await asyncio.wait([working, hurrying], return_when=asyncio.FIRST_COMPLETED)
    hurrying.cancel()
    if not working.done():
        _log.warning("told twice to stop: %d candidates are dropped", server.quota.total.items)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        return 1
    working.result()
    return 0


def _readable(error: Exception) -> str:
    """One line for each setting at fault, without its value, which may be a secret."""
    if not isinstance(error, ValidationError):
        return str(error)
    return "\n".join(
        f"{'.'.join(map(str, each['loc'])) or 'settings'}: {each['msg']}"
        for each in error.errors(include_url=False, include_input=False)
    )


if __name__ == "__main__":
    raise SystemExit(main())
