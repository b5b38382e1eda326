# Heavy imports where they are there, as many candidates begin; the answer needs none of them.
import contextlib

for name in ("numpy", "scipy", "sympy", "networkx", "pandas", "sortedcontainers"):
    with contextlib.suppress(ImportError):
        __import__(name)
from bisect import *
from collections import *
from functools import *
from heapq import *
from itertools import *
from math import *
from operator import *
from re import *
from string import *


def f(a, b):
    return reduce(add, starmap(mul, zip((a, b), (7919, 104729)))) % 1000003
