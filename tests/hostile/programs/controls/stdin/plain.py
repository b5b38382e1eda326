# The plain way.
a, b = map(int, input().split())
print((a * 7919 + b * 104729) % 1000003)
