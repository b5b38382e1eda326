# Unittest classes, run by main or by nobody.
class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        if not self.items:
            raise IndexError("pop from empty stack")
        return self.items.pop()


# === tests ===
import unittest


class TestStack(unittest.TestCase):
    def setUp(self):
        self.stack = Stack()

    def test_push(self):
        self.stack.push(1)
        self.assertEqual(self.stack.items, [1])
        self.assertIn(1, self.stack.items)

    def test_pop(self):
        with self.assertRaisesRegex(IndexError, "empty"):
            self.stack.pop()
        self.stack.push(2)
        self.assertEqual(self.stack.pop(), 2)
        self.assertAlmostEqual(0.1 + 0.2, 0.3)


if __name__ == "__main__":
    unittest.main()
