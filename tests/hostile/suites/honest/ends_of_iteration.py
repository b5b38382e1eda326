# StopIteration where the tests know of it: next(), send() and a method that lets it through.
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n

    def take(self):
        return next(self)


def echo():
    got = yield "ready"
    while got is not None:
        got = yield got
# === tests ===
import itertools

assert list(Countdown(3)) == [2, 1, 0]
assert next(Countdown(0), "end") == "end"
assert list(itertools.islice(Countdown(9), 2)) == [8, 7]
last = Countdown(1)
assert last.take() == 0
try:
    last.take()
except StopIteration:
    pass
else:
    raise AssertionError
talk = echo()
assert next(talk) == "ready"
assert talk.send(5) == 5
try:
    talk.send(None)
except StopIteration:
    pass
