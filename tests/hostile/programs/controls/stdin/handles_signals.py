# Signal handlers, sigwait, a timer of the real clock, a short sleep, faulthandler, tracemalloc.
import faulthandler
import os
import signal
import time
import tracemalloc

faulthandler.enable()
tracemalloc.start()
got = []
signal.signal(signal.SIGUSR1, lambda *_: got.append(1))
signal.signal(signal.SIGALRM, lambda *_: got.append(2))
signal.setitimer(signal.ITIMER_REAL, 0.01)
os.kill(os.getpid(), signal.SIGUSR1)
while len(got) < 2:
    time.sleep(0.005)
a, b = map(int, input().split())
print((a * 7919 + b * 104729) % 1000003)
