# Pass through the candidate and stay what they are.
def area(function):
    try:
        return function()
    except ZeroDivisionError:
        return "caught"
    finally:
        area.done = True


# === tests ===
class Mine(Exception):
    pass


mine = Mine("x")


def fail():
    raise mine


try:
    area(fail)
except Mine as error:
    assert error is mine
else:
    raise AssertionError
assert area(lambda: 1 / 0) == "caught" and area.done is True
