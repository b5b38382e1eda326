# From, import, as, star, importlib.
def area(x):
    return x + 1


class Thing:
    size = 4


# === tests ===
import importlib

import solution
import solution as other
from solution import *
from solution import Thing as Other
from solution import area as renamed

assert solution.area(1) == other.area(1) == renamed(1) == area(1) == 2
assert importlib.import_module("solution").Thing is Other is Thing and Other.size == 4
try:
    solution.missing
except AttributeError:
    pass
else:
    raise AssertionError
