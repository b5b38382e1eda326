# Signal handlers and timers.
import signal

signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)  # again and again: the first may be early
a, b = map(int, input().split())
signal.pause()
print((a * 7919 + b * 104729) % 1000003)
