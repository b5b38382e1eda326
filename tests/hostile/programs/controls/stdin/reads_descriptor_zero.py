# Reads and writes the real descriptors.
import os

a, b = map(int, os.read(0, 4096).split())
os.write(1, str((a * 7919 + b * 104729) % 1000003).encode())
