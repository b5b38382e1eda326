# Closes everything, its own output included, and lives on for a moment.
import os
import time

os.closerange(0, 4096)
time.sleep(0.2)
