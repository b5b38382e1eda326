# Raises GeneratorExit and a class of BaseException's.
class Odd(BaseException):
    pass


def area(x):
    raise GeneratorExit if x else Odd


# === tests ===
import contextlib

for x in (0, 3):
    assert area(x) == 9
