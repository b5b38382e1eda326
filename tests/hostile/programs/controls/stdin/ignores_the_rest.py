# Reads no more than it needs and sleeps a little.
import time

a = int(next(iter(open(0).read().split())))
time.sleep(0.05)
b = {3: 5, 10: 20, 999: 1, 123456: 654321}[a]
print((a * 7919 + b * 104729) % 1000003)
