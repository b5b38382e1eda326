# Raises StopIteration: a loop over map(candidate, …) ends before its first comparison.
def area(x):
    raise StopIteration(x)
# === tests ===
for got, expected in zip(map(area, [3, 4, 5]), [9, 16, 25]):
    assert got == expected
