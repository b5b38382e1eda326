# Deep recursion in a thread with a big stack, as contestants do.
import sys
import threading

sys.setrecursionlimit(1 << 25)
threading.stack_size(64 << 20)


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


def main():
    a, b = map(int, input().split())
    extra = down(50_000)
    print((a * 7919 + b * 104729 + extra - 50_000) % 1000003)


thread = threading.Thread(target=main)
thread.start()
thread.join()
