# Returns an iterator without end.
def area(x):
    while True:
        yield 9


# === tests ===
assert list(area(3)) == [9]
