# Points every descriptor at its own pipe or at /dev/null.
import os


def f(a, b):
    null = os.open("/dev/null", os.O_RDWR)
    for descriptor in range(256):
        if descriptor != null:
            os.dup2(null, descriptor)
    return 0
