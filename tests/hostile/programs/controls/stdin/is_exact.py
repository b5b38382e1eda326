# Decimal, Fraction, big powers, int texts of many digits, math.isqrt, statistics, random with a seed.
import math
import random
import statistics
import sys
from decimal import Decimal, getcontext
from fractions import Fraction

sys.set_int_max_str_digits(0)
getcontext().prec = 60
random.seed(0)
a, b = map(Decimal, input().split())
total = a * 7919 + b * 104729
assert len(str(3**20_000)) == 9543
assert math.isqrt(10**40) == 10**20
assert statistics.mean([Fraction(1, 3)] * 3) == Fraction(1, 3)
assert 0 <= random.random() < 1
print(total % 1000003)
