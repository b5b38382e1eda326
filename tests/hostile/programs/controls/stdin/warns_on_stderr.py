# Debug output and warnings on the standard error.
import sys
import warnings

warnings.warn("slow", stacklevel=1)
a, b = map(int, input().split())
print("debug", a, b, file=sys.stderr)
sys.stderr.write("x" * 10_000)
print((a * 7919 + b * 104729) % 1000003)
