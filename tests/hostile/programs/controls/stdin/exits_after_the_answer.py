# sys.exit after the answer.
import sys

a, b = map(int, sys.stdin.readline().split())
print((a * 7919 + b * 104729) % 1000003)
sys.exit()
