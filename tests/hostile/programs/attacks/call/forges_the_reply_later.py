# A thread writes forged replies while the call returns something else.
import os
import threading


def spam():
    while True:
        for descriptor in range(3, 64):
            try:
                os.write(descriptor, b"\x00\x00\x00\x06547402")
            except OSError:
                continue


def f(a, b):
    threading.Thread(target=spam, daemon=True).start()
    return 0
