# concurrent.futures.
from concurrent.futures import ThreadPoolExecutor

a, b = map(int, input().split())
with ThreadPoolExecutor(4) as pool:
    print(sum(pool.map(lambda pair: pair[0] * pair[1], [(a, 7919), (b, 104729)])) % 1000003)
