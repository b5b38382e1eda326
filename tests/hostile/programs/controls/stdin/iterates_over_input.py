# iter(input, ''), a for loop over what is left of sys.stdin, EOFError at the end.
import sys

try:
    lines = list(iter(input, ""))
except EOFError:
    lines = []
sys.stdin.seek(0)
for line in sys.stdin:
    a, b = (int(word) for word in line.split())
try:
    input()
except EOFError:
    print((a * 7919 + b * 104729) % 1000003, flush=True)
