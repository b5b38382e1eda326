# A thread prints guesses after the main program has ended.
import threading
import time


def later():
    time.sleep(0.2)
    for guess in range(1000):
        print(guess)


threading.Thread(target=later).start()
