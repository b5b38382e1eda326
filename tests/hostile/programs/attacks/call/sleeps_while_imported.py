# Sleeps before there is anything to call.
import time

time.sleep(3600)


def f(a, b):
    return 0
