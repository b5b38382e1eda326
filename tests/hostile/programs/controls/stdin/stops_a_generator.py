# Coroutines by hand, async generators, a task group, contextvars, weak references, gc turned off.
import asyncio
import contextvars
import gc
import weakref

gc.disable()
factor = contextvars.ContextVar("factor")


def averager():
    total = 0
    while (n := (yield total)) is not None:
        total += n
    return total


async def numbers():
    for word in input().split():
        await asyncio.sleep(0)
        yield int(word)


async def main():
    adds = averager()
    next(adds)
    factors = iter([7919, 104729])
    async for n in numbers():
        factor.set(next(factors))
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.to_thread(lambda part=n * factor.get(): adds.send(part)))
    weakref.finalize(adds, lambda: None)
    try:
        adds.send(None)
    except StopIteration as end:
        print(end.value % 1000003)


asyncio.run(main())
