# Sleeps and lets the test wait.
import time


def area(x):
    time.sleep(60)


# === tests ===
assert area(3) == 9
