# Random numbers that the test has seeded.
import random


def area(n):
    return [random.random() for _ in range(n)]


# === tests ===
import random

random.seed(7)
expected = [random.random() for _ in range(3)]
random.seed(7)
assert area(3) == expected
