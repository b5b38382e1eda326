# Says that its own assertion failed.
def area(x):
    raise AssertionError("test passed")


# === tests ===
assert area(3) == 9
