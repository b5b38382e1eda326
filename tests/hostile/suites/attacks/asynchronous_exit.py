# Ends the event loop of the test.
import asyncio


async def area(x):
    for task in asyncio.all_tasks():
        task.cancel()
    raise asyncio.CancelledError


# === tests ===
import asyncio

assert asyncio.run(area(3)) == 9
