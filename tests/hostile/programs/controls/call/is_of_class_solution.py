# LeetCode's class Solution, asked for by its method's name.
class Solution:
    def f(self, a: int, b: int) -> int:
        return (a * 7919 + b * 104729) % 1000003
