# Applied to functions of the test.
import functools


def retry(times):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return function(*args, **kwargs)
                except ValueError:
                    wrapper.failures += 1
            raise RuntimeError("gave up")

        wrapper.failures = 0
        return wrapper

    return decorate


# === tests ===
calls = []


@retry(3)
def shaky(x):
    calls.append(x)
    if len(calls) < 3:
        raise ValueError("again")
    return x


assert shaky(7) == 7 and calls == [7, 7, 7] and shaky.failures == 2 and shaky.__name__ == "shaky"


@retry(2)
def never():
    raise ValueError


try:
    never()
except RuntimeError as error:
    assert str(error) == "gave up"
else:
    raise AssertionError
