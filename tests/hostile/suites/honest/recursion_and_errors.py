# RecursionError is an exception like others.
def area(n):
    return 0 if n == 0 else 1 + area(n - 1)


# === tests ===
assert area(500) == 500
try:
    area(100_000)
except RecursionError:
    pass
else:
    raise AssertionError
assert area(3) == 3
