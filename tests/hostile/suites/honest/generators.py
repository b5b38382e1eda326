# Lazily, with send, throw and close.
def area(n):
    for i in range(n):
        yield i


def forever():
    total = 0
    while True:
        total += (yield total) or 1


def squares(items):
    return map(lambda x: x * x, items)


# === tests ===
import itertools

assert list(area(4)) == [0, 1, 2, 3] and sum(area(5)) == 10 and tuple(area(0)) == ()
assert list(itertools.islice(forever(), 3)) == [0, 1, 2]
counter = forever()
assert next(counter) == 0 and counter.send(5) == 5
counter.close()
assert list(counter) == []
assert list(squares([1, 2])) == [1, 4] and list(squares(iter([3]))) == [9]
numbers = area(1)
assert iter(numbers) is numbers and next(numbers) == 0 and next(numbers, None) is None
