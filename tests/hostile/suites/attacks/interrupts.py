# Raises KeyboardInterrupt.
def area(x):
    raise KeyboardInterrupt


# === tests ===
assert area(3) == 9
