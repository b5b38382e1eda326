# Arrays go over exactly, and are changed in place.
import numpy as np


def area(array):
    return array * 2


def order(array):
    array.sort()


def norm(rows):
    return np.linalg.norm(np.array(rows))


# === tests ===
import numpy as np

numbers = np.array([[3, 1], [2, 0]])
np.testing.assert_array_equal(area(numbers), [[6, 2], [4, 0]])
assert area(numbers).shape == (2, 2) and area(numbers).dtype == numbers.dtype
flat = np.array([3.0, 1.0])
order(flat)
assert flat.tolist() == [1.0, 3.0]
assert np.isclose(norm([[3, 4]]), 5.0) and isinstance(norm([[1]]), float)
assert np.allclose(area(np.array([0.1, np.nan])), [0.2, np.nan], equal_nan=True)
