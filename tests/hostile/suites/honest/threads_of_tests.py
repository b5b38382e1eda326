# Several threads call at once.
class Counter:
    def __init__(self):
        self.value = 0

    def increment(self):
        self.value += 1


# === tests ===
import threading

counter = Counter()
threads = [threading.Thread(target=lambda: [counter.increment() for _ in range(20)]) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert counter.value == 80
