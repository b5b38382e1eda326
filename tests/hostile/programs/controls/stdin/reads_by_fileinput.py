# The module fileinput.
import fileinput

for line in fileinput.input():
    a, b = map(int, line.split())
print((a * 7919 + b * 104729) % 1000003)
