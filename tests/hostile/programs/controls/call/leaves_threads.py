# A daemon thread that still runs when the call returns.
import threading
import time

threading.Thread(target=time.sleep, args=(30,), daemon=True).start()


def f(a, b):
    return (a * 7919 + b * 104729) % 1000003
