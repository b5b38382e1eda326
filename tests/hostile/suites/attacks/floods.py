# Prints without end.
def area(x):
    while True:
        print("x" * 10_000)


# === tests ===
assert area(3) == 9
