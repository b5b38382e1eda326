# class Solution with helpers outside, a static method, an inner class, a decorator, type hints.
from collections import defaultdict
from functools import cached_property, wraps
from typing import List, Optional


def twice(function):
    @wraps(function)
    def wrapped(*arguments):
        assert function(*arguments) == function(*arguments)
        return function(*arguments)

    return wrapped


class Solution:
    memory: "defaultdict[int, int]" = defaultdict(int)

    class Node:
        def __init__(self, value: int, after: Optional["Solution.Node"] = None):
            self.value, self.after = value, after

    @cached_property
    def modulus(self) -> int:
        return 1000003

    @staticmethod
    def _times(numbers: List[int]) -> int:
        node = Solution.Node(numbers[0] * 7919, Solution.Node(numbers[1] * 104729))
        return node.value + node.after.value

    @twice
    def f(self, a: int, b: int) -> int:
        self.memory[a] += 1
        return self._times([a, b]) % self.modulus
