# Fills every place it may write to.
import os

for folder in ("/tmp", ".", "/dev/shm", "/var/tmp", "/run"):
    try:
        with open(os.path.join(folder, "filler"), "wb", 0) as file:
            for _ in range(4096):
                file.write(b"x" * (1 << 20))
    except OSError:
        continue
