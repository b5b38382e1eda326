# Blanks behind the answer and empty lines at the end.
a, b = map(int, input().split())
print((a * 7919 + b * 104729) % 1000003, "  \t\r\n\n")
