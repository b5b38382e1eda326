# Leaves a tree of children that nobody waits for.
import os

for _ in range(40):
    try:
        if os.fork() == 0:
            os.fork()
            os._exit(0)
    except OSError:
        break
