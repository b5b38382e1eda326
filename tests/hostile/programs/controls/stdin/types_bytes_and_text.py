# Line buffering by hand, print to stderr and stdout by turns, binary output, a new text wrapper.
import io
import sys

sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", line_buffering=True)
sys.stdin = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig")
print("…", file=sys.stderr)
a, b = map(int, sys.stdin.read().split())
sys.stdout.buffer.write(b"")
print((a * 7919 + b * 104729) % 1000003, end="\r\n")
print("done", file=sys.stderr, flush=True)
