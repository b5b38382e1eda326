# Waits for an answer that it has already.
def area(function):
    import threading

    lock = threading.Lock()
    lock.acquire()
    thread = threading.Thread(target=lambda: (function(1), lock.acquire()))
    thread.start()
    thread.join()


# === tests ===
assert area(lambda x: x) == 9
