# os.read of descriptor 0, os.write of descriptor 1, past the end of the input too.
import os

text = b""
while part := os.read(0, 3):
    text += part
assert os.read(0, 10) == b""
a, b = map(int, text.split())
os.write(1, str((a * 7919 + b * 104729) % 1000003).encode() + b"\n")
