"""Runs what is awaitable to its end, for those who cannot wait themselves."""

from __future__ import annotations

import threading
from typing import Any


def finished(awaitable: Any) -> Any:
    """Run something awaitable to its end, also where an event loop is running already."""
    import asyncio  # noqa: PLC0415 - most tests have nothing to wait for

    async def finish() -> Any:
        return await awaitable

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(finish())
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append((True, asyncio.run(finish())))
        except BaseException as error:  # noqa: BLE001 - raised below, in the thread that waits
            outcome.append((False, error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    ((good, value),) = outcome
    if not good:
        raise value
    return value
