# Changes what an assertion in a callback says.
def area(function):
    try:
        function(1)
    except BaseException:
        pass
    return 0


# === tests ===
called = []


def callback(value):
    called.append(value)
    assert value == 3


area(callback)
assert called == [3]
