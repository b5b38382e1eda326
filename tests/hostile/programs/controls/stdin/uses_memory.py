# Forty megabytes, legally.
a, b = map(int, input().split())
table = bytearray(40 << 20)
table[-1] = 1
print((a * 7919 + b * 104729 + table[-1] - 1) % 1000003)
