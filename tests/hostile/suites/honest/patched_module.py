# Names of the module are replaced and put back.
import random

LIMIT = 3


def helper():
    return 1


def area():
    return helper() + LIMIT


def dice():
    return random.randint(1, 6)


# === tests ===
from unittest.mock import patch

import solution

with patch("solution.helper", return_value=10):
    assert solution.area() == 13 and area() == 13
with patch.object(solution, "LIMIT", 5):
    assert area() == 6
assert area() == 4 and solution.helper() == 1
solution.LIMIT = 0
assert area() == 1
