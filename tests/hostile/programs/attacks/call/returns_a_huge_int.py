# An int of 30 Mbit: writing it in decimal takes for ever.
def f(a, b):
    return 1 << 30_000_000
