# Floods the standard error.
import sys

while True:
    sys.stderr.write("0" * 4096)
