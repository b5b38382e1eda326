# os._exit after a flush, to skip slow destructors.
import os
import sys

a, b = map(int, sys.stdin.read().split())
print((a * 7919 + b * 104729) % 1000003)
sys.stdout.flush()
os._exit(0)
