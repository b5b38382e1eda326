# Returns a value nested too deeply.
def area(x):
    value = []
    for _ in range(100_000):
        value = [value]
    return value


# === tests ===
assert area(3) == 9
