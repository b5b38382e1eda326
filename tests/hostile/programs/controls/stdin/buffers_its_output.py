# Puts a buffer in the place of stdout and writes it at the end.
import io
import os
import sys

sys.stdout = io.StringIO()
a, b = map(int, input().split())
print((a * 7919 + b * 104729) % 1000003)
os.write(1, sys.stdout.getvalue().encode())
