# main() behind a guard that ends by sys.exit(main()), which returns None; argparse of nothing.
import argparse
import functools
import heapq
import itertools
import logging
import sys


@functools.lru_cache(maxsize=None)
def value(n, factor):
    return 0 if n == 0 else factor + value(n - 1, factor) if n < 500 else n * factor


def main(arguments=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--verbose", action="store_true")
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    logging.info("%s", parser.parse_args(arguments))
    heap = [value(n, f) for n, f in zip(map(int, input().split()), itertools.cycle([7919, 104729]))]
    heapq.heapify(heap)
    print(*[sum(heap) % 1000003], sep=" ")


if __name__ == "__main__":
    sys.exit(main())
