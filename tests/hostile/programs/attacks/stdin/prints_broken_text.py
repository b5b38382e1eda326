# Output that is no UTF-8 and would clear a terminal.
import sys

sys.stdout.buffer.write(bytes(range(256)) * 4 + b"\xed\xa0\x80\x1b[2J")
sys.stderr.buffer.write(bytes(range(256)) * 4)
