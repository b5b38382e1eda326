# Writes and reads scratch files.
import os
import tempfile

a, b = map(int, input().split())
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "x")
    with open(path, "w") as file:
        file.write(str((a * 7919 + b * 104729) % 1000003))
    with open(path) as file:
        print(file.read())
with open("scratch.txt", "w") as file:
    file.write("x")
