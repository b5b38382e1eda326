# Threads that share a queue; the last one prints.
import queue
import threading

results = queue.Queue()
a, b = map(int, input().split())
threads = [threading.Thread(target=results.put, args=(part,)) for part in (a * 7919, b * 104729)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
threading.Thread(target=lambda: print((results.get() + results.get()) % 1000003)).start()
