# Sleeps instead of working: limits of processor time alone never end it.
import time

time.sleep(3600)
