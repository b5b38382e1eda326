# A coroutine: never a value.
async def f(a, b):
    return (a * 7919 + b * 104729) % 1000003
