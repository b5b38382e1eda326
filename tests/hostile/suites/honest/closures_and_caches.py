# Counters, memoized functions, partials.
import functools


def make_counter():
    count = 0

    def counter():
        nonlocal count
        count += 1
        return count

    return counter


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def area(n):
    return functools.partial(pow, n)


# === tests ===
one, other = make_counter(), make_counter()
assert [one(), one(), other()] == [1, 2, 1]
assert fib(80) == 23416728348467685 and fib.cache_info().misses == 81
fib.cache_clear()
assert area(2)(10) == 1024 and callable(area)
