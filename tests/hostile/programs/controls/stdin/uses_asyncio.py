# asyncio.
import asyncio


async def main():
    a, b = map(int, input().split())
    parts = await asyncio.gather(asyncio.sleep(0.001, a * 7919), asyncio.sleep(0, b * 104729))
    print(sum(parts) % 1000003)


asyncio.run(main())
