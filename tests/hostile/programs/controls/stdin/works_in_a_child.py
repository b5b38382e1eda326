# Forks, computes in the child and reads the answer through a pipe.
import os

reader, writer = os.pipe()
a, b = map(int, input().split())
if os.fork() == 0:
    os.close(reader)
    os.write(writer, str((a * 7919 + b * 104729) % 1000003).encode())
    os._exit(0)
os.close(writer)
with os.fdopen(reader) as source:
    print(source.read())
os.wait()
