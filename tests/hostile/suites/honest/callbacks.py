# Functions of the test, nested, with keywords, as methods.
def area(function, *arguments, **named):
    return function(*arguments, **named)


def compose(f, g):
    return lambda x: f(g(x))


def ordered(items, key):
    return sorted(items, key=key)


class Bus:
    def __init__(self):
        self.handlers = {}

    def on(self, name, handler):
        self.handlers.setdefault(name, []).append(handler)
        return handler

    def emit(self, name, *values):
        return [handler(*values) for handler in self.handlers.get(name, [])]


# === tests ===
assert area(lambda a, b=1: a + b, 2, b=5) == 7
assert compose(lambda x: x + 1, lambda x: x * 2)(5) == 11
assert ordered(["bb", "a", "ccc"], key=len) == ["a", "bb", "ccc"]
assert ordered([3, 1, 2], key=lambda x: -x) == [3, 2, 1]


def again(n):
    return 0 if n == 0 else 1 + area(again, n - 1)


assert area(again, 20) == 20
bus, seen = Bus(), []
assert bus.on("x", seen.append) is not None
bus.on("x", lambda value: value * 2)
assert bus.emit("x", 4) == [None, 8] and seen == [4]
assert area(int, "12") == 12 and area(max, [1, 3]) == 3
