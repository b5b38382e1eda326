# A thread goes on when the test is over.
import threading


def spin():
    while True:
        pass


def area(x):
    threading.Thread(target=spin).start()
    return 0


# === tests ===
assert area(3) == 9
