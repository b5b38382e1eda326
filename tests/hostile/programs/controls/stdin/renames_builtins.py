# The habits of contests: shadowed builtins, rebound input and print.
import sys

input = sys.stdin.readline
print = sys.stdout.write
list, str_, max = [int(x) for x in input().split()], str, 0
a, b = list
print(str_((a * 7919 + b * 104729) % 1000003))
