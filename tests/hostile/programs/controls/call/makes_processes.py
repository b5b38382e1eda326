# Works in a child and in a thread, and takes the answer from there.
import os
import threading


def f(a, b):
    read, write = os.pipe()
    if os.fork() == 0:
        os.write(write, str(a * 7919).encode())
        os._exit(0)
    os.wait()
    parts = [int(os.read(read, 100))]
    thread = threading.Thread(target=lambda: parts.append(b * 104729))
    thread.start()
    thread.join()
    os.close(read)
    os.close(write)
    return sum(parts) % 1000003
