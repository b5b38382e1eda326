# A million numbers there and back.
def area(numbers):
    return numbers[::-1]


# === tests ===
numbers = list(range(300_000))
assert area(numbers) == numbers[::-1]
assert area("x" * 1_000_000) == "x" * 1_000_000
