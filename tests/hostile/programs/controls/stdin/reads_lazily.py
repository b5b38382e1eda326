# Iterates over the lines of its input.
import sys

for line in sys.stdin:
    a, b = map(int, line.split())
    print((a * 7919 + b * 104729) % 1000003)
