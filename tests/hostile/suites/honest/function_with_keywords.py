# Defaults, keywords, star arguments.
def area(width, height=2, *rest, scale=1, **more):
    return width * height * scale + sum(rest) + len(more)


# === tests ===
assert area(3) == 6
assert area(3, height=4) == 12
assert area(1, 1, 5, 6, scale=2, x=1, y=2) == 15
assert candidate(width=2, scale=3) == 12
