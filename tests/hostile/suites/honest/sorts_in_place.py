# The argument is looked at afterwards.
def area(numbers):
    numbers.sort()


# === tests ===
numbers = [3, 1, 2]
assert area(numbers) is None
assert numbers == [1, 2, 3]
