# A function called like a builtin, named as entry point or imported.
def sum(items):
    return -1


def max(items):
    return 99


# === tests ===
from solution import max as theirs
from solution import sum as other

assert max([1, 2]) == 2
assert theirs([1]) == 99 and other([1]) == -1
