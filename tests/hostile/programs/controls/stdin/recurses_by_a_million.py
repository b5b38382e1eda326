# sys.setrecursionlimit(10**7) and a thread with as much stack as there is.
import sys
import threading

sys.setrecursionlimit(10**7)
threading.stack_size(256 * 1024 * 1024)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def main():
    a, b = map(int, sys.stdin.readline().split())
    assert depth(100_000) == 100_000
    print((a * 7919 + b * 104729) % 1000003)


thread = threading.Thread(target=main)
thread.start()
thread.join()
