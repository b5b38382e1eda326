# A generator: never a value.
def f(a, b):
    yield (a * 7919 + b * 104729) % 1000003
