# Reads lines until EOFError.
lines = []
try:
    while True:
        lines.append(input())
except EOFError:
    pass
a, b = map(int, " ".join(lines).split())
print((a * 7919 + b * 104729) % 1000003)
