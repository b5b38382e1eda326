"""A process that holds a workshop until it is killed."""

import sys
import time

from adjudge_worker.jail.workshop import our_workshop

if __name__ == "__main__":
    with our_workshop():
        sys.stdout.write("held\n")
        sys.stdout.flush()
        time.sleep(60)
