# Deep recursion.
import sys

sys.setrecursionlimit(200_000)


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


def f(a, b):
    return (a * 7919 + b * 104729 + down(20_000) - 20_000) % 1000003
