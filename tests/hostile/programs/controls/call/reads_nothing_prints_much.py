# Prints 200 KB, writes to stderr, reads the empty input, sleeps a little.
import sys
import time


def f(a, b):
    print("x" * 200_000)
    print(sys.stdin.read(), file=sys.stderr)
    time.sleep(0.01)
    return (a * 7919 + b * 104729) % 1000003
