# A generator of the test is read as far as needed.
def area(items):
    for item in items:
        if item > 2:
            return item


# === tests ===
taken = []


def items():
    for i in range(100):
        taken.append(i)
        yield i


assert area(items()) == 3 and taken == [0, 1, 2, 3]
