# Does not end when the test has gone.
import os
import signal


def area(x):
    if os.fork() == 0:
        signal.pause()
    return 0


# === tests ===
assert area(3) == 9
