# Replaces every clock that Python has and runs for ever.
import time

time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0.0
for name in ("clock_settime", "clock_settime_ns"):
    try:
        getattr(time, name)(time.CLOCK_REALTIME, 0)
    except (OSError, AttributeError):
        pass
while True:
    pass
