# What was changed before an exception is changed.
def area(numbers):
    numbers.append(1)
    raise ValueError("late")


# === tests ===
numbers = []
try:
    area(numbers)
except ValueError as error:
    assert str(error) == "late"
else:
    raise AssertionError
assert numbers == [1]
