# Coroutines, callbacks, context managers, generators.
import asyncio


async def area(x):
    await asyncio.sleep(0)
    return x + 1


async def apply(function, x):
    return await function(x)


class Pool:
    async def __aenter__(self):
        self.open = True
        return self

    async def __aexit__(self, *what):
        self.open = False

    async def fetch(self, x):
        return await area(x)


async def count(n):
    for i in range(n):
        yield i


async def fails():
    raise KeyError("k")


# === tests ===
import asyncio
import inspect

assert asyncio.run(area(1)) == 2 and inspect.iscoroutinefunction(area)


async def main():
    async def tenfold(x):
        await asyncio.sleep(0)
        return x * 10

    assert await apply(tenfold, 2) == 20
    assert await asyncio.gather(area(1), area(2)) == [2, 3]
    assert await asyncio.wait_for(area(5), 5) == 6
    async with Pool() as pool:
        assert pool.open and await pool.fetch(1) == 2
    assert not pool.open and [x async for x in count(3)] == [0, 1, 2]
    try:
        await fails()
    except KeyError:
        return "done"


assert asyncio.run(main()) == "done"
