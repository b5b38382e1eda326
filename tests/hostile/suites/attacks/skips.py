# Raises unittest's SkipTest.
import unittest


def area(x):
    raise unittest.SkipTest("no")


# === tests ===
import unittest


class TestArea(unittest.TestCase):
    def test_it(self):
        self.assertEqual(area(3), 9)


unittest.main()
