# Reads and writes bytes.
import sys

a, b = map(int, sys.stdin.buffer.read().split())
sys.stdout.buffer.write(b"%d\n" % ((a * 7919 + b * 104729) % 1000003))
