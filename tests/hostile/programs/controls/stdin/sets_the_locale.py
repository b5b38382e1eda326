# Sets locale and time zone.
import locale
import os
import time

os.environ["TZ"] = "UTC"
time.tzset()
locale.setlocale(locale.LC_ALL, "C")
a, b = map(int, input().split())
print((a * 7919 + b * 104729) % 1000003)
