# Closes the streams when done.
import sys

a, b = map(int, input().split())
print((a * 7919 + b * 104729) % 1000003)
sys.stdout.close()
sys.stderr.close()
