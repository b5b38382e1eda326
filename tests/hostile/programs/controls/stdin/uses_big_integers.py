# Integers of thousands of digits, printed and read.
import sys

sys.set_int_max_str_digits(0)
a, b = map(int, input().split())
big = 7**20_000
print((a * 7919 + b * 104729 + int(str(big)) - big) % 1000003)
