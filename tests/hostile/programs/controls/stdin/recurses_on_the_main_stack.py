# Recursion of 20,000 on the main stack.
import sys

sys.setrecursionlimit(100_000)


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


a, b = map(int, input().split())
print((a * 7919 + b * 104729 + down(20_000) - 20_000) % 1000003)
