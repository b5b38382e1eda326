# Enter, exit, swallowed exceptions, contextlib.
from contextlib import contextmanager


class Guard:
    def __enter__(self):
        self.log = ["in"]
        return self

    def __exit__(self, kind, error, trace):
        self.log.append(kind.__name__ if kind else "out")
        return kind is KeyError


@contextmanager
def area(name):
    events = [name]
    yield events


# === tests ===
with Guard() as guard:
    pass
assert guard.log == ["in", "out"]
with guard as same:
    raise KeyError(1)
assert same is guard and guard.log == ["in", "KeyError"]
try:
    with guard:
        raise ValueError("x")
except ValueError:
    assert guard.log[-1] == "ValueError"
else:
    raise AssertionError
with area("a") as events:
    assert events == ["a"]
