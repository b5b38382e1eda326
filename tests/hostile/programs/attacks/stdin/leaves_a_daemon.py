# A daemon in its own session goes on writing to the standard output after the program has ended.
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            os.write(1, b"0\n")
            time.sleep(0.01)
    os._exit(0)
